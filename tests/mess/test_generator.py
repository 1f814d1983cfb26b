"""The generator proves itself: what is recorded at an address stands there, and clean content breaks no rule."""

import io
from decimal import Decimal
from pathlib import Path
from random import Random

import docx
import openpyxl
import pytest
import python_calamine

from benchmarks.mess import delivery
from benchmarks.mess.compose import compose
from benchmarks.mess.content import CATEGORIES, CODE_CHARS, MEASURES, clean_content
from benchmarks.mess.figures import chinese
from benchmarks.mess.truth import Book
from samples.writers.sheet import Ink, Sheet, as_text

SHEET = Sheet(
    "表",
    inks={(0, 0): Ink("标 题"), (1, 0): Ink("名称"), (1, 1): Ink("数"), (2, 0): Ink("甲,\n乙"), (2, 1): Ink("１２件")},
    merges=[(0, 0, 0, 1)],
)


def test_the_same_seed_writes_the_same_return(tmp_path):
    one, two = compose(7, tmp_path / "a"), compose(7, tmp_path / "b")
    assert one == two


def test_seeds_go_round_through_the_levels(tmp_path):
    assert [compose(s, tmp_path / str(s)).level for s in range(3)] == ["clean", "messy", "planted"]


@pytest.mark.parametrize("seed", range(0, 40, 4))
def test_an_xlsx_file_holds_at_each_address_what_is_recorded(tmp_path, seed):
    messy = compose(seed, tmp_path)
    raw = tmp_path / "data/raw/masks_2021" / messy.period
    books = {
        f: openpyxl.load_workbook(raw / f, data_only=True)
        for f in {k.place.file for k in messy.known if k.place}
        if f.lower().endswith("xlsx") and "!" not in f and (raw / f).read_bytes()[:2] == b"PK"
    }
    for known in messy.known:
        if known.place and known.place.file in books and not known.writing.ink.gone:
            got = books[known.place.file][known.place.sheet][known.place.cell].value
            assert _alike(got, known.writing.ink.raw), known


def _alike(got, raw) -> bool:
    if isinstance(raw, (int, float)):
        return got == pytest.approx(raw)
    return (got or "") == (raw or "") or str(got).replace("_x000D_", "") == str(raw)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_workbook_says_what_was_drawn(kind):
    data = delivery.WRITERS[kind](Book("x", kind, (SHEET,)))
    rows = python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert rows == [["标 题", ""], ["名称", "数"], ["甲,\n乙", "１２件"]]


def test_a_word_table_says_what_was_drawn():
    table = docx.Document(io.BytesIO(delivery.WRITERS["docx"](Book("x", "docx", (SHEET,))))).tables[0]
    assert [[c.text for c in row.cells] for row in table.rows] == [
        ["标 题", "标 题"],
        ["名称", "数"],
        ["甲,\n乙", "１２件"],
    ]


@pytest.mark.parametrize("kind", [k for k in delivery.WRITERS if k.startswith(("csv", "tab", "html", "xml"))])
def test_a_text_file_holds_every_word(kind):
    data = delivery.WRITERS[kind](Book("x", kind, (SHEET,)))
    encoding = {"csv utf-16": "utf-16", "csv gbk": "gb18030", "tab text": "gb18030", "html": "gb18030"}
    text = data.decode(encoding.get(kind, "utf-8-sig"))
    assert all(part in text for ink in SHEET.inks.values() for part in as_text(ink.raw).split("\n"))


def test_a_zip_names_its_members_in_gbk(tmp_path):
    delivery.deliver([Book("附件4.csv", "csv gbk", (SHEET,))], tmp_path, "a.zip")
    assert "附件4.csv".encode("gbk") in (tmp_path / "a.zip").read_bytes()


@pytest.mark.parametrize("seed", range(20))
def test_clean_content_keeps_the_rules(seed):
    content = clean_content(Random(seed))
    cases = content["cases"]
    for field in MEASURES:
        assert cases["total"][field] == sum(cases[c][field] for c in CATEGORIES)
    for row in cases.values():
        assert row["cases_handled"] >= row["cases_filed"] >= row["cases_closed"] >= 0
    for firm in content["enterprises"].values():
        weights = (CODE_CHARS.index(c) * 3**i for i, c in enumerate(firm["credit_code"][:17]))
        assert (sum(weights) + CODE_CHARS.index(firm["credit_code"][17])) % 31 == 0
    for batch in content["sampling"].values():
        assert (batch["result"] == "不合格") == bool(batch["failed_items"]) == bool(batch["failed_quantity"])


@pytest.mark.parametrize(
    ("number", "plain", "formal"),
    [(0, "零", "零"), (12, "十二", "壹拾贰"), (105, "一百零五", "壹佰零伍"), (10005, "一万零五", "壹万零伍")],
)
def test_numbers_in_chinese(number, plain, formal):
    assert (chinese(number), chinese(number, formal=True)) == (plain, formal)


def test_every_cell_of_every_record_is_known_once(tmp_path):
    messy = compose(5, tmp_path)
    keys = [(k.form, k.row, k.field) for k in messy.known]
    assert len(keys) == len(set(keys))
    assert {(f, r) for f, r, _ in keys} == {(f, r) for f, rows in messy.records.items() for r in rows}


def test_a_planted_mistake_names_a_place_or_a_row(tmp_path):
    for seed in range(2, 32, 3):
        for planted in compose(seed, tmp_path / str(seed)).planted:
            assert planted.places or planted.scope != "cell"


def test_amounts_are_exact_to_four_digits():
    rows = clean_content(Random(3))["cases"].values()
    assert all(r["case_value"] == r["case_value"].quantize(Decimal("0.0001")) for r in rows)


def test_files_lie_below_the_units_folder(tmp_path):
    messy = compose(1, tmp_path)
    assert all((tmp_path / "data/raw/masks_2021" / messy.period / Path(f)).exists() for f in messy.files)
