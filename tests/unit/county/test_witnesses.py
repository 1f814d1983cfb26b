"""Figures from a picture count only where a witness agrees; beside a workbook the picture is held against it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import cv2
import numpy as np
import pytest

from benchmarks.scans.forms import FORM, printed
from benchmarks.scans.spoil import SPOILS
from tally.campaigns.masks_2021 import CAMPAIGN
from tally.locate import find_tables
from tally.locate.view import address
from tally.model import Document, Grid, ReceivedFile, Return
from tally.readers import scan as scanning
from tally.returns.scans import CellSeen, Scan
from tally.returns.values import clean_tables
from tally.returns.witnesses import facts, held_against, witnessed
from tests.unit.county.conftest import Folder, cases_sheet

SHEET = "第1页表1"


def seen(rows: list[list], name: str = "亭湖区/盖章件.jpg", **readings: tuple[str, float]) -> Scan:
    """A scan of a form whose cells say `rows`, read alike twice; `readings`: A1 -> (second reading, how sure)."""
    cells, lines = {}, []
    for r, row in enumerate(rows):
        lines.append([None if v is None else str(v) for v in row])
        for c, value in enumerate(lines[-1]):
            second, sure = readings.get(address(r, c), (value or "", 1.0))
            cells[SHEET, address(r, c)] = CellSeen(value or "", second, sure)
    file = ReceivedFile(name, "", 1, date(2021, 6, 3))
    document = Document(name, "scan", (Grid(name, SHEET, lines),), "填报单位（盖章）：亭湖区  审核人：某甲")
    return Scan(file, document, cells, stamp=True, black=False)


def read(document: Document) -> Return:
    (table,) = find_tables(document, CAMPAIGN.forms)
    frame, cells, findings = clean_tables("320902", FORM, [table])
    return Return("320902", "cases", "on time", frame, cells, tuple(findings))


def of(scan: Scan) -> Return:
    return witnessed(FORM, read(scan.document), scan)


ROWS = cases_sheet()[3:]


def states(ret: Return, field: str) -> set[str]:
    return set(ret.cells[ret.cells["field"] == field]["state"])


def test_columns_whose_sum_is_right_count_and_each_other_figure_waits_for_a_person():
    rows = [list(row) for row in ROWS]
    rows[2][3] = "8"  # 查办案件 of one row, where 合计 says otherwise
    ret = of(seen(rows))
    assert states(ret, "cases_handled") == {"scanned"} and ret.frame["cases_handled"].isna().all()
    assert states(ret, "cases_closed") == {"read"} and ret.frame.loc["total", "cases_closed"] == 1
    waiting = [f for f in ret.findings if f.rule == "scan.unconfirmed"]
    assert {f.field for f in waiting} == {"cases_handled"} and all(f.severity == "error" and f.cell for f in waiting)


@pytest.mark.parametrize(("second", "sure", "counts"), [("3", 0.4, True), ("8", 1.0, False), ("", 1.0, False)])
def test_two_readings_must_agree_and_then_a_sum_outweighs_faint_ink(second, sure, counts):
    ret = of(seen(ROWS, D3=(second, sure)))
    assert states(ret, "cases_handled") == ({"read"} if counts else {"scanned"})
    assert [f.cell for f in ret.findings if f.rule == "scan.unsure"] == ([] if counts else ["D3"])


def test_a_cell_that_was_not_found_on_the_picture_is_not_taken_for_blank():
    scan = seen(ROWS)
    cells = {at: cell for at, cell in scan.cells.items() if at != (SHEET, "D4")}
    assert states(of(replace(scan, cells=cells)), "cases_handled") == {"scanned"}


def test_a_picture_beside_the_workbook_is_held_against_it_cell_by_cell():
    rows = [list(row) for row in ROWS]
    rows[2][3], rows[8][3] = "4", "4"
    workbook = read(Document("亭湖区/附件4.xlsx", "xlsx", (Grid("亭湖区/附件4.xlsx", "附件4", ROWS),)))
    scan = seen(rows, J9=("7", 1.0))
    found = list(held_against(FORM, workbook, read(scan.document), scan))
    errors = [f for f in found if f.severity == "error"]
    assert [(f.rule, f.row, f.field, f.file) for f in errors] == [
        ("scan.disagrees", "quality", "cases_handled", "亭湖区/附件4.xlsx"),
        ("scan.disagrees", "total", "cases_handled", "亭湖区/附件4.xlsx"),
    ]
    assert "盖章件（亭湖区/盖章件.jpg 第1页表1 D3）为“4”，电子表为“3”" in errors[0].message
    (compared,) = (f for f in found if f.rule == "scan.compared")
    assert "69 格一致，1 格读不准" in compared.message


def test_faint_cells_that_differ_are_doubts_and_few_cells_compared_are_no_comparison():
    rows = [list(row) for row in ROWS]
    rows[2][3] = "4"
    workbook = read(Document("亭湖区/附件4.xlsx", "xlsx", (Grid("亭湖区/附件4.xlsx", "附件4", ROWS),)))
    faint = {address(r, c): (str(rows[r][c]), 0.5) for r in range(1, 9) for c in range(1, 9)}
    scan = seen(rows, **faint)
    found = list(held_against(FORM, workbook, read(scan.document), scan))
    assert [(f.severity, f.row, f.field) for f in found if f.rule == "scan.disagrees"] == [
        ("warning", "quality", "cases_handled")
    ]
    assert [(f.severity, "只核对了 8 格，64 格读不准" in f.message) for f in found if f.rule == "scan.compared"] == [
        ("warning", True)
    ]


def test_the_formalities_on_a_picture_are_noted():
    said = facts("320902", seen(ROWS)).message
    assert "有红色印章" in said and "亭湖区" in said and "审核人" in said


needs_scan = pytest.mark.skipif(not scanning.available(), reason="requirements-scan.txt is not installed")


def photo(spoil: str, seed: int = 3) -> tuple[str, dict, bytes]:
    page = printed(np.random.default_rng(seed))
    _, data = cv2.imencode(".jpg", SPOILS[spoil](page.picture, np.random.default_rng(5)))
    return page.unit, page.truth, data.tobytes()


@needs_scan
@pytest.mark.slow
def test_a_turned_and_stamped_photo_is_read_once_and_counts_where_sums_bear_it_out(tmp_path):
    folder = Folder(tmp_path)
    unit, truth, data = photo("turned")
    folder.put(f"{CAMPAIGN.unit(unit).name}/盖章件.jpg", data)
    ret = folder.read(unit).returns["cases"]
    counted = ret.cells[ret.cells["state"].isin(["read", "repaired"])]
    assert len(counted) > 40
    for cell in counted.to_dict("records"):
        assert float(cell["value"]) == float(truth[cell["row"], cell["field"]])
    assert list((folder.paths.processed / "scans").glob("*/seen.json"))


@needs_scan
@pytest.mark.slow
def test_a_black_page_is_said(tmp_path):
    folder = Folder(tmp_path)
    folder.put("亭湖区/盖章件.jpg", photo("black")[2])
    assert "scan.black" in {f.rule for f in folder.read().findings}
