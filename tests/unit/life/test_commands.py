"""The commands of a period's life, as they are typed: exit codes, what is printed, refusals with fact and remedy."""

from __future__ import annotations

import json

import pytest

import pipeline
from tests.unit.life import clerk


def typed(*args, root) -> int:
    return pipeline.main([*map(str, args), "--root", str(root)])


def test_blank_form_filled_received_twice_and_asked_after(tmp_path, capsys):
    assert typed("templates", "2021-05", root=tmp_path) == 0
    blank = tmp_path / "reports" / "masks_2021" / "2021-05" / "templates" / "亭湖区-2021年5月-统计表.xlsx"
    sent = tmp_path / "报表.xlsx"
    sent.write_bytes(clerk.fill(blank.read_bytes()))
    assert typed("receive", sent, "--period", "2021-05", "--date", "2021-06-03", root=tmp_path) == 0
    sent.write_bytes(clerk.fill(blank.read_bytes(), batches=clerk.BATCHES[:1]))
    assert typed("receive", sent, "--date", "2021-06-04", root=tmp_path) == 0
    assert "第2条“示例乙口罩有限公司｜日常防护口罩｜M-2”：删去该条记录" in capsys.readouterr().out
    assert typed("status", root=tmp_path) == 0
    assert "亭湖区      2 个" in capsys.readouterr().out
    assert typed("status", "2021-05", "--json", root=tmp_path) == 0
    assert json.loads(capsys.readouterr().out)["units"][0]["files"] == 2


def test_a_refused_file_is_told_and_the_exit_code_says_so(tmp_path, capsys):
    assert typed("receive", "../没有这份报表.xlsx", "--period", "2021-05", root=tmp_path) == 2
    assert capsys.readouterr().out.startswith("未归档 ../没有这份报表.xlsx：没有找到文件")


@pytest.mark.parametrize(
    "command",
    [
        ("templates", "../x"),
        ("remind", "2021-13"),
        ("status", "../../etc"),
        ("receive", "a.xlsx", "--period", "../x"),
        ("receive", "a.xlsx", "--period", "2021-05", "--unit", "../x"),
        ("receive", "a.xlsx", "--period", "2021-05", "--date", "6月3日"),
        ("receive", "a.xlsx", "--period", "2021-05", "--date", "2999-01-01"),
    ],
)
def test_names_that_are_paths_and_what_does_not_exist_are_refused(command, tmp_path, capsys):
    assert typed(*command, root=tmp_path) == 2
    told = capsys.readouterr().err
    assert told.startswith("错误：") and "办法：" in told
    assert not list(tmp_path.iterdir())


def test_a_reminder_before_checking_names_the_command_that_is_due(tmp_path, capsys):
    assert typed("remind", "2021-05", root=tmp_path) == 1
    assert "python pipeline.py check 2021-05" in capsys.readouterr().err
