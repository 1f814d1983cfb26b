"""Both languages at the command line: help, wrong usage, what stops a run, what is followed, a reader that goes away."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline
from tally.campaigns.masks_2021 import CAMPAIGN
from tally.cli.commands import COMMANDS
from tally.cli.language import catalogue, use
from tally.cli.parser import columns
from tally.paths import PROJECT
from tally.store.seals import write_sealed
from tests.unit import processed

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture
def asked(monkeypatch, capsys):
    """Calls the command line in this process with a locale: its exit code and what it printed."""

    def ask(*words: str | Path, locale: str = "") -> tuple[int, str]:
        for name in VARIABLES:
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("COLUMNS", "80")
        monkeypatch.setenv("LANG", locale)
        try:
            code = pipeline.main(list(map(str, words)))
        except SystemExit as e:
            code = e.code
        told = capsys.readouterr()
        return code, told.out + told.err

    yield ask
    use("zh")


def process(*words: str | Path, **environ: str) -> subprocess.CompletedProcess:
    neutral = {k: v for k, v in os.environ.items() if k not in VARIABLES}
    command = [sys.executable, PROJECT / "pipeline.py", *words]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env={**neutral, **environ}, timeout=120)


def commands() -> list[str]:
    listed = pipeline.parser()._subparsers._group_actions[0].choices
    assert {"run", "check", "trace", "lab"} <= set(listed)
    return sorted(listed)


def test_help_is_chinese_unless_the_locale_speaks_otherwise():
    assert process("--help").stdout.startswith("用法: ")
    assert process("--help", LC_ALL="C").stdout.startswith("用法: ")
    assert process("--help", LANG="en_US.UTF-8").stdout.startswith("usage: ")


def test_a_terminal_that_lacks_the_characters_gets_question_marks_and_no_traceback():
    answer = process("--help", PYTHONIOENCODING="ascii")
    assert answer.returncode == 0
    assert answer.stdout.startswith("??: pipeline.py")


def test_english_help_of_every_command_has_no_chinese_left(asked):
    for words in ([], *([c] for c in commands())):
        _, shown = asked(*words, "--lang", "en", "--help")
        assert shown.startswith("usage: ")
        assert not _CHINESE.search(shown.partition("Examples:")[0]), shown


def test_chinese_help_has_none_of_the_english_headings(asked):
    for words in ([], *([c] for c in commands())):
        _, shown = asked(*words, "--help")
        assert not re.search(r"usage|positional|options|show this", shown), shown


def test_chinese_help_fits_the_terminal_and_stands_in_columns(asked):
    lines = asked("run", "--help")[1].splitlines()
    assert max(map(columns, lines)) <= 80
    texts = [
        columns(line[: line.index(word)]) for line in lines for word in ("如 2021-05；", "全部重新运行") if word in line
    ]
    assert texts == [24, 24]


@pytest.mark.parametrize(
    ("language", "words", "said"),
    [
        ("zh", ("trace", "2021-05"), "错误：缺少参数：数字"),
        ("en", ("trace", "2021-05"), "Error: the following arguments are required: FIGURE"),
        ("zh", ("run", "--jobs", "x"), "错误：参数 --jobs：'x' 不是整数"),
        ("en", ("run", "--jobs", "x"), "Error: argument --jobs: invalid int value: 'x'"),
        ("zh", ("run", "--foo"), "错误：不认识的参数：--foo"),
        ("en", ("run", "--foo"), "Error: Unknown arguments: --foo"),
        ("zh", ("check", "2021-13"), "错误：没有名为 '2021-13' 的报送期\n办法：可用：2021-04、2021-05"),
        ("en", ("check", "2021-13"), "Error: There is no reporting period named '2021-13'\nRemedy: There are: 2021-04"),
        ("zh", ("run", "--lang", "fr"), "错误：参数 --lang：没有 'fr' 这一项"),
    ],
)
def test_wrong_usage_is_told_in_either_language(asked, language, words, said):
    code, told = asked(*words, locale=language)
    assert code == 2
    assert said in told


def test_a_name_that_is_a_message_is_quoted_and_not_translated(asked):
    code, told = asked("check", "2021-04", "--campaign", "报告", "--lang", "en")
    assert code == 2
    assert told.startswith("Error: There is no campaign named '报告'\n")


def test_what_stops_a_run_is_told_in_either_language(asked, tmp_path):
    assert "办法：请把各单位的文件放进该文件夹后重试" in asked("check", "2021-04", "--root", tmp_path)[1]
    code, told = asked("check", "2021-04", "--root", tmp_path, locale="en_US.UTF-8")
    assert code == 1
    assert "Remedy: Please put the units' files there and try again" in told


def test_an_error_whose_words_begin_with_what_is_filled_in_keeps_its_heading(asked, tmp_path):
    code, told = asked("trace", "2021-04", "cases.total.cases_handled", "--root", tmp_path, "--lang", "en")
    assert code == 1
    assert told.startswith(
        "Error: 2021-04 has not been processed yet\nRemedy: Please run python pipeline.py run 2021-04"
    )


def test_outputs_that_were_changed_are_told_in_english(asked, tmp_path):
    folder = tmp_path / "reports" / "masks_2021" / "2021-04"
    write_sealed(folder / "manifest.json", b'{"outputs": [{"file": "reports/x.pdf", "sha256": "0"}]}')
    code, told = asked("verify", "2021-04", "--root", tmp_path, "--lang", "en")
    assert code == 1
    assert told.startswith("reports/x.pdf: the file is missing\nOutputs differ from the manifest")


def test_following_a_number_speaks_both_languages_and_leaves_the_cells_words(asked):
    words = ("trace", "2021-04", "cases.total.cases_handled@320904", "--root", processed.root())
    assert "原文 “１０”　整理后读作 10" in asked(*words)[1]
    assert "as written: “１０”  repaired and read as 10" in asked(*words, "--lang", "en")[1]


def test_json_is_the_same_in_every_language(asked):
    words = ("trace", "2021-04", "cases.total.cases_handled", "--json", "--root", processed.root())
    assert asked(*words, "--lang", "zh") == asked(*words, "--lang", "en")


def test_where_a_period_stands_in_english_leaves_only_names_and_quotations_in_chinese(asked):
    code, told = asked("status", "2021-04", "--root", processed.root(), "--lang", "en")
    assert code == 0
    frame = [
        line for line in told.splitlines() if re.match(r"Unit|Period|Complete|On time|Next|Analyst|Reviewer", line)
    ]
    assert len(frame) >= 5, told
    assert not re.search(r"按时|逾期|未报|差错|疑点|下一步：|统计人员|审核人|编辑", told), told


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break differently there")
@pytest.mark.parametrize("words", [("--help",), ("trace", "2021-04", "cases.total.cases_handled")])
def test_a_reader_that_goes_away_leaves_no_traceback(words):
    where = ("--root", processed.root()) if "trace" in words else ()
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as nobody_reads:
        command = [sys.executable, PROJECT / "pipeline.py", *words, *where]
        ended = subprocess.run(command, stdout=nobody_reads, stderr=subprocess.PIPE, encoding="utf-8", timeout=120)
    assert ended.stderr == ""
    assert ended.returncode in (0, 141)  # 0: unbuffered, argparse itself passes over what it cannot write


def test_a_broken_pipe_elsewhere_is_no_reader_that_went_away(monkeypatch):
    def broken(args):
        raise BrokenPipeError("a worker's socket")

    monkeypatch.setitem(COMMANDS, "lab", COMMANDS["lab"]._replace(run=broken))
    with pytest.raises(BrokenPipeError, match="a worker's socket"):
        pipeline.main(["lab"])


@pytest.mark.slow
def test_a_check_from_beginning_to_end_in_english_leaves_only_names_in_chinese(tmp_path):
    raw = tmp_path / "data" / "raw" / "masks_2021" / "2021-04"
    raw.mkdir(parents=True)
    sent = "盐南高新区附件4.xlsx"
    (raw / sent).write_bytes((PROJECT / "data" / "raw" / "masks_2021" / "2021-04" / sent).read_bytes())
    answer = process("check", "2021-04", "--strict", "--root", tmp_path, LANG="en_US.UTF-8")
    assert answer.returncode == 3
    assert "11 units report, 1 have sent something" in answer.stdout
    names = "|".join(sorted((u.name for u in CAMPAIGN.units), key=len, reverse=True))
    quoted = r"“[^”]*”|\S+\.xlsx"  # what a form, a column or a file is called stays as it is
    left = re.sub(rf"附件\d|{quoted}|{names}|口罩产品质量提升专项整治行动", "", answer.stdout)
    assert not _CHINESE.search(left), left


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        (
            "“罚没”合计 2.87万元，各类之和 9001.97万元，相差 8999.1万元",
            "“罚没”: total 2.87万元, sum of the rows 9001.97万元, difference 8999.1万元",
        ),
        ("第3条没有填写“日产能”", "record 3: “日产能” is blank"),
        ("成立时间：“2021年2月30日”：没有这一天", "成立时间: “2021年2月30日”: there is no such day"),
        (
            "最可能填错的是质量类案件“罚没”（单元格 G8）：9000 应为 0.9，小数点错位或多（少）写了零，更正后罚没的合计与各类之和一致。请核实，系统未作改动",
            "Most likely wrong is 质量类案件“罚没” (cell G8): 9000 should be 0.9 (the decimal point is misplaced or a zero too many (or few); "
            "once corrected, the total of 罚没 agrees with its rows). Please check; the program changed nothing",
        ),
    ],
)
def test_a_finding_is_said_in_english_with_its_figures_in_place(chinese, english):
    assert catalogue("en").gettext(chinese) == english
