"""The file that goes back, for every unit of both sample periods: nothing is missed, every link leads somewhere."""

from __future__ import annotations

import io
import re
import zipfile
from copy import copy
from dataclasses import replace

import openpyxl
import pytest
from matplotlib.figure import Figure

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.catalogue import SEVERITIES
from tally.catalogue.audience import concerns_units
from tally.intake.survey import survey
from tally.locate.imprint import HINTS_SHEET, LIST_SHEET, RECORD_SHEET
from tally.paths import Paths
from tally.readers import read
from tally.render.feedback.book import workbook
from tally.render.feedback.notices import at
from tally.render.feedback.original import COLOURS
from tally.store.tables import load_period
from tests.unit import processed
from tests.unit.render.returned import WHEN, feedback, of_sample

UNITS = [u.code for u in CAMPAIGN.units]
EVERY = pytest.mark.parametrize(("period", "unit"), [(p, u) for p in processed.PERIODS for u in UNITS])


def pages(returned) -> dict[tuple[str, str], str]:
    """(file, sheet as received) -> sheet of the workbook, as the list itself tells it."""
    rows = [[c.value for c in row] for row in returned.book[RECORD_SHEET].iter_rows()]
    start = next((i for i, row in enumerate(rows) if row[0] == "工作表"), len(rows))
    return {(r[1], r[3] if r[3] != "—" else ""): r[0] for r in rows[start + 1 :] if r[1]}


def anchor(sheet, cell: str) -> str:
    """The first cell of the merged range that covers `cell`."""
    return next((str(m).split(":")[0] for m in sheet.merged_cells.ranges if cell in m), cell)


@EVERY
def test_every_error_and_warning_with_a_cell_is_coloured_and_explained_there(period, unit):
    returned = of_sample(period, unit)
    where, comments = pages(returned), returned.comments()
    for f in returned.findings.itertuples():
        if f.severity == "note" or not f.cell or f.rule.startswith("carried."):  # its cell is in an earlier return
            continue
        sheet = returned.book[where[f.file, f.sheet]]
        cell = sheet[anchor(sheet, f.cell)]
        text = comments[sheet.title, cell.coordinate]
        assert f"【{SEVERITIES[f.severity]}】{f.message}" in text and f"规则：{f.rule}" in text
        assert not f.suggestion or f"怎么办：{f.suggestion}" in text
        assert cell.fill.fgColor.rgb in (COLOURS["error"], COLOURS[f.severity])


@EVERY
def test_every_finding_stands_in_the_list(period, unit):
    returned = of_sample(period, unit)
    text = "\n".join(returned.texts)
    for f in filter(lambda f: concerns_units(f.rule), returned.findings.itertuples()):
        assert f.message in text or (f.severity == "note" and re.search(rf"\b{f.cell}\b|:", text)), f.message


@EVERY
def test_every_link_leads_to_a_visible_cell_of_a_visible_sheet(period, unit):
    returned = of_sample(period, unit)
    for sheet, cell in returned.links():
        target = returned.book[sheet]
        row, col = at(cell)
        assert row < target.max_row and col < target.max_column
        assert target.sheet_state == "visible"


@EVERY
def test_cells_say_what_was_read_at_the_same_address(period, unit):
    returned = of_sample(period, unit)
    for (file, name), title in pages(returned).items():
        if file.lower().endswith(".xlsx"):
            continue  # kept as it came: compared in its own test
        grid = next(
            g
            for d in read(returned.paths.raw / file.split("!")[0], file.split("!")[0])
            for g in d.grids
            if (g.file, g.sheet) == (file, name)
        )
        for r, line in enumerate(grid.rows, 1):
            for c, value in enumerate(line, 1):
                shown = returned.book[title].cell(r, c).value
                assert shown == value or str(shown).startswith(str(value)), (title, r, c)


def test_the_same_period_gives_the_same_bytes():
    for unit in ("320904", "320922", "320924"):
        assert feedback(processed.root(), "2021-05", unit).data == of_sample("2021-05", unit).data


def test_the_list_comes_first_and_alone_is_selected():
    for unit in UNITS:
        book = of_sample("2021-05", unit).book
        assert book.sheetnames[0] == LIST_SHEET and book.active.title == LIST_SHEET
        assert [s.title for s in book if s.sheet_view.tabSelected] == [LIST_SHEET]


def test_a_unit_that_sent_nothing_gets_the_list_alone_with_what_is_due():
    returned = of_sample("2021-05", "320921")
    assert returned.book.sheetnames == [LIST_SHEET, RECORD_SHEET]
    assert sum("没有收到" in t for t in returned.texts) == 4  # three forms and the summary
    assert "未报材料 4 份，请补报。" in returned.texts
    assert "2021年6月5日前报送" in returned.texts and returned.texts.count("未报") == 4


def test_a_unit_without_faults_is_told_that_nothing_is_to_be_done():
    assert "没有发现差错和疑点，不必修改。" in of_sample("2021-05", "320903").texts


def test_errors_stand_before_warnings_and_these_before_notes():
    for unit in UNITS:
        rows = [row for sheet in of_sample("2021-05", unit).lists for row in sheet.iter_rows()]
        column = [row[1].value for row in rows if row[0].value and row[1].value]
        told = [list(SEVERITIES.values()).index(v) for v in column if v in SEVERITIES.values()]
        assert told == sorted(told)


def test_hints_stand_on_a_sheet_of_their_own():
    for unit in UNITS:
        returned = of_sample("2021-05", unit)
        words = [row[1].value for row in returned.front.iter_rows()]
        assert SEVERITIES["note"] not in words
        assert (HINTS_SHEET in returned.book.sheetnames) == any(n == "note" for n in returned.told)


@EVERY
def test_the_heading_stays_in_sight_and_stands_on_every_printed_page(period, unit):
    for sheet in of_sample(period, unit).lists[:-1]:
        heads = [row for row in sheet.iter_rows() if row[0].value == "序号"]
        at = heads[0][0].row if heads else 0
        assert len(heads) <= 1 and sheet.freeze_panes == (f"A{at + 1}" if heads else None)
        assert sheet.print_title_rows == (f"${at}:${at}" if heads else None)


def test_the_list_says_by_when_to_answer_and_whom_to_ask(tmp_path):
    texts = of_sample("2021-05", "320922").texts
    assert "请于2021年6月15日前报回。对上述内容有疑问的，请与盐城市市场监督管理局联系。" in texts


@EVERY
def test_no_unit_is_told_of_our_own_slips_or_of_how_a_file_was_opened(period, unit):
    text = "\n".join(of_sample(period, unit).texts)
    assert "编码 utf-8" not in text and "分隔符" not in text and ".csv 第" not in text


def test_formats_of_an_original_workbook_are_kept():
    returned = of_sample("2021-05", "320902")
    ((file, _),) = {key for key in pages(returned) if key[1] == "附件4"}
    before = openpyxl.load_workbook(returned.paths.raw / file)["附件4"]
    after = returned.book["附件4"]
    assert sorted(map(str, before.merged_cells.ranges)) == sorted(map(str, after.merged_cells.ranges))
    assert {k: d.width for k, d in before.column_dimensions.items()} == {
        k: d.width for k, d in after.column_dimensions.items()
    }
    comments = returned.comments()
    for row in before.iter_rows():
        for cell in row:
            twin = after[cell.coordinate]
            assert (twin.value, twin.number_format) == (cell.value, cell.number_format)
            assert all(copy(getattr(twin, n)) == copy(getattr(cell, n)) for n in ("font", "border", "alignment"))
            assert ("附件4", cell.coordinate) in comments or copy(twin.fill) == copy(cell.fill)


def test_formulas_stay_formulas_and_carry_the_result_they_had():
    returned = of_sample("2021-05", "320902")
    formulas = [c for row in returned.book["附件4"].iter_rows() for c in row if c.data_type == "f"]
    values = openpyxl.load_workbook(io.BytesIO(returned.data), data_only=True)["附件4"]
    assert len(formulas) == 8 and all(values[c.coordinate].value is not None for c in formulas)


def test_old_workbooks_keep_fonts_widths_and_merges():
    sheet = of_sample("2021-05", "320903").book["Sheet1"]
    assert sheet.merged_cells.ranges and any(d.width > 13 for d in sheet.column_dimensions.values())
    assert len({(c.font.name, c.font.sz) for row in sheet.iter_rows() for c in row}) > 1


def test_sheets_of_the_same_name_say_which_file_they_came_from():
    names = of_sample("2021-05", "320903").book.sheetnames
    of_unit = [name for name in names if not name.startswith(LIST_SHEET)]
    assert of_unit[0] == "Sheet1" and all(re.fullmatch(r"Sheet1（盐都区附件\d（5月））", n) for n in of_unit[1:])


def test_nothing_in_any_file_reaches_outside():
    for period in processed.PERIODS:
        for unit in UNITS:
            with zipfile.ZipFile(io.BytesIO(of_sample(period, unit).data)) as archive:
                assert not [n for n in archive.namelist() if "externalLink" in n or "vba" in n.lower()]
                assert b'TargetMode="External"' not in b"".join(archive.read(n) for n in archive.namelist())


def test_words_between_two_word_tables_stand_once_below_the_first_or_above_the_second():
    first, second = (of_sample("2021-05", "320924").book[n] for n in ("表1", "表2"))
    below = [row[0].value for row in first.iter_rows(min_row=11) if row[0].value]
    assert len(below) == 1 and below[0].startswith("审核人")
    assert second.oddHeader.center.text.startswith("附件4 口罩案件查处情况统计表")


def test_what_is_said_of_a_scan_has_its_cut_out_beside_it_and_not_its_address(tmp_path):
    folder = tmp_path / "data/processed/masks_2021/2021-05/scans/ab"
    folder.mkdir(parents=True)
    Figure(figsize=(2, 0.5)).savefig(folder / "第1页_B5.png")
    (folder / "第1页_B6.png").write_bytes(b"no picture")
    address = "（原图：data/processed/masks_2021/2021-05/scans/ab/第1页_{}.png）"
    tables = load_period(Paths(processed.root(), CAMPAIGN.name, "2021-05"), CAMPAIGN)
    findings = tables.findings.copy()
    first, second = findings.index[(findings["unit"] == "320971") & (findings["severity"] == "error")][:2]
    findings.loc[first, "message"] += address.format("B5")
    findings.loc[second, "message"] += address.format("B6")
    paths, marked = Paths(tmp_path, CAMPAIGN.name, "2021-05"), replace(tables, findings=findings)
    paths.raw.mkdir(parents=True)
    content = workbook(CAMPAIGN, paths, "320971", survey(CAMPAIGN, paths), marked, timestamp=WHEN)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    (image,) = sheet._images
    row = image.anchor._from.row + 1
    assert findings.loc[first, "message"].removesuffix(address.format("B5")) in str(sheet.cell(row, 8).value)
    assert not any("原图" in str(c.value) for cells in sheet.iter_rows() for c in cells)
