"""A CSV that people and the program both write: nobody's line is lost, nobody's writing is changed."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.errors import TallyError
from tally.store.lines import Columns, append, read, restore

COLUMNS = Columns(("unit", "new", "who"), {"单位": "unit", "新值": "new"})
LINE = {"unit": "320902", "new": "12，含“引号”, 逗号", "who": "李分析"}


def values(path: Path) -> list[dict[str, str]]:
    return [record for _, record in read(path, COLUMNS).records]


def test_a_fresh_file_opens_in_excel_and_reads_back(tmp_path):
    path = tmp_path / "x" / "a.csv"
    append(path, COLUMNS, [LINE])
    assert path.read_bytes().startswith(b"\xef\xbb\xbfunit,new,who\r\n")
    assert values(path) == [LINE]


@pytest.mark.parametrize(
    ("encoding", "head", "separator"),
    [
        ("gb18030", "unit,new,who", ","),
        ("utf-8", "who,单位,新值", ","),
        ("utf-8-sig", "单位\t新值\twho", "\t"),
        ("gb18030", "备注;单位;who;新值", ";"),
    ],
)
def test_what_people_made_of_the_file_stays_as_it_is(tmp_path, encoding, head, separator):
    path = tmp_path / "a.csv"
    before = f"{head}\r\n{separator.join(['张三'] * (head.count(separator) + 1))}\r\n".encode(encoding)
    path.write_bytes(before)
    append(path, COLUMNS, [LINE])
    assert path.read_bytes().startswith(before)
    assert {c: values(path)[-1][c] for c in LINE} == LINE


def test_a_last_line_without_an_end_is_ended_first(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("unit,new,who\n1,2,3", encoding="utf-8")
    append(path, COLUMNS, [LINE])
    assert [r["unit"] for r in values(path)] == ["1", "320902"]


def test_taking_back_leaves_the_file_as_it_was(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("unit,new,who\r\n1,2,王五\r\n".encode("gbk"))
    before = path.read_bytes()
    text = append(path, COLUMNS, [LINE])
    append(path, COLUMNS, [{"unit": "9"}])
    restore(path, COLUMNS, text)
    assert path.read_bytes() == before + b"9,,\r\n"
    with pytest.raises(TallyError, match="没有撤销"):
        restore(path, COLUMNS, text)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("unit,new\r\n1,2\r\n", "缺少列：who"),
        ('unit,new,who\r\n1,"2,3\r\n', "第 2 行的引号不成对"),
        ("unit,new,who\r\n1,2,3\r\n1,2,3,4\r\n", "第 3 行有 4 栏"),
    ],
)
def test_a_broken_file_is_told_by_its_line_and_not_touched(tmp_path, content, said):
    path = tmp_path / "a.csv"
    path.write_text(content, encoding="utf-8", newline="")
    with pytest.raises(TallyError, match=said):
        append(path, COLUMNS, [LINE])
    assert path.read_bytes() == content.encode()


def test_a_character_that_gbk_lacks_is_written_all_the_same_or_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("unit,new,who\r\n1,2,王五\r\n".encode("gb18030"))
    append(path, COLUMNS, [{**LINE, "who": "㙟堃"}])
    assert values(path)[-1]["who"] == "㙟堃"


def test_a_folder_that_may_not_be_written_is_told(tmp_path):
    path = tmp_path / "file" / "a.csv"
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(TallyError, match="无法写入"):
        append(path, COLUMNS, [LINE])


def test_two_desks_at_once_lose_no_line(tmp_path):
    """A thousand lines from four processes, one of which takes half of its own back."""
    path = tmp_path / "a.csv"
    context = multiprocessing.get_context("spawn")
    with context.Pool(4) as pool:
        pool.starmap(_writes, [(path, str(n)) for n in range(4)])
    left = values(path)
    for n in range(4):
        mine = [int(r["new"]) for r in left if r["unit"] == str(n)]
        assert mine == [i for i in range(250) if n or i % 2]


def _writes(path: Path, name: str) -> None:
    for i in range(250):
        text = append(path, COLUMNS, [{"unit": name, "new": str(i), "who": "某人"}])
        if name == "0" and i % 2 == 0:
            restore(path, COLUMNS, text)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8), max_size=3))
def test_any_text_reads_back_on_one_line(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("lines") / "a.csv"
    for text in texts:
        append(path, COLUMNS, [{"unit": "x", "new": text}])
    assert [r["new"] for r in values(path)] == [" ".join(t.split()) for t in texts]
