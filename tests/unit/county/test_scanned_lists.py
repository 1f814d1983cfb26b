"""A list of which only a picture came: every cell waits for a witness or a person; beside a workbook it is the witness."""

from __future__ import annotations

import pytest

from tally.readers import scan as scanning
from tally.returns.unit import UnitReturn
from tests.unit.county.conftest import Folder
from tests.unit.county.scanned import FAILING, FIRMS, PICTURE, seen, sheet

pytestmark = pytest.mark.skipif(not scanning.available(), reason="requirements-scan.txt is not installed")


def found(read: UnitReturn, rule: str) -> list[tuple[str, str]]:
    return [(f.row, f.field) for f in read.all_findings if f.rule == rule]


def test_a_list_of_which_only_a_picture_came_has_its_records_and_not_one_value_without_a_witness(folder):
    folder.put("亭湖区/附件5.png", seen(folder.paths, sheet()))
    ret = folder.read().returns["sampling"]
    states = ret.cells.groupby("field")["state"].agg(set).to_dict()
    assert len(ret.frame) == 3 and states["seq"] == {"read"}  # the numbers follow one another
    assert states["enterprise"] == states["result"] == {"scanned"} and ret.frame["result"].isna().all()
    waiting = [f for f in ret.findings if f.rule == "scan.unconfirmed"]
    assert {(f.row, f.field) for f in waiting} == set(
        ret.cells.loc[ret.cells["state"] == "scanned", ["row", "field"]].itertuples(index=False, name=None)
    )
    assert all(f.severity == "error" and f.cell and f.sheet == "第1页表1" for f in waiting)


def test_a_firm_that_an_editable_list_of_the_unit_names_is_borne_out(folder):
    folder.put("亭湖区/附件5.png", seen(folder.paths, sheet()))
    head = ["序号", "企业名称", "地址", "证照情况", "企业生产状况"]
    firms = [[n, name, "某路1号", "齐全", "在产"] for n, name in enumerate((FIRMS[0], "别家口罩厂"), 1)]
    roster = [["非医用口罩生产企业情况统计表"], ["填报单位：亭湖区"], head, *firms]
    folder.put("亭湖区/附件3.xlsx", {"附件3": roster})
    ret = folder.read().returns["sampling"]
    assert ret.frame["enterprise"].dropna().to_dict() == {1: FIRMS[0]}


@pytest.mark.parametrize(
    ("second", "rule"), [("合格", "scan.unsure"), ("", "scan.unsure"), ("不合格", "scan.unconfirmed")]
)
def test_what_reads_differently_twice_is_said_so(folder, second, rule):
    folder.put("亭湖区/附件5.png", seen(folder.paths, sheet(), E3=second))
    assert ("2", "result") in found(folder.read(), rule)


def test_a_cell_in_which_only_the_second_reading_sees_something_is_not_blank(folder):
    folder.put("亭湖区/附件5.png", seen(folder.paths, sheet(), F2="标识"))
    read = folder.read()
    assert ("1", "failed_items") in found(read, "scan.unsure")


def confirm(folder: Folder, cells: list[tuple[str, str, str]]) -> None:
    lines = ["unit,form,row,field,old,new,reason,who,when"]
    lines += [f"320902,sampling,{row},{field},{v},{v},已对照原图逐格核对,某甲,2021-06-05" for row, field, v in cells]
    folder.paths.corrections.parent.mkdir(parents=True, exist_ok=True)
    folder.paths.corrections.write_text("\n".join(lines), encoding="utf-8")


def test_what_a_person_confirms_has_its_value_and_no_finding_but_a_note(folder):
    folder.put("亭湖区/附件5.png", seen(folder.paths, sheet()))
    confirm(folder, [("2", "enterprise", FIRMS[1]), ("2", "result", "不合格"), ("2", "product_name", "一次性口罩")])
    read = folder.read()
    ret = read.returns["sampling"]
    assert ret.frame["result"].dropna().to_dict() == {2: "不合格"}
    open_errors = {f.field for f in ret.findings if f.row == "2" and f.severity == "error"}
    assert not open_errors & {"enterprise", "result", "product_name"}
    notes = [f.message for f in ret.findings if f.rule == "corrections.applied" and f.row == "2"]
    assert len(notes) == 3 and all("经核对原图确认" in note for note in notes)


def test_a_picture_without_a_record_is_no_zero_return(folder):
    folder.put("亭湖区/附件5.png", seen(folder.paths, sheet(firms=[], changes={})))
    read = folder.read()
    assert read.returns["sampling"].state == "missing"
    assert [f.severity for f in read.all_findings if f.rule == "scan.list"] == ["error"]


def test_two_photos_are_two_pages_of_one_list(folder):
    folder.put("亭湖区/附件5-1.png", seen(folder.paths, sheet()))
    second = [*sheet(firms=["盐城样例丁口罩厂", "盐城样例戊口罩厂"], changes={0: {0: 4}, 1: {0: 5}})]
    folder.put("亭湖区/附件5-2.png", seen(folder.paths, second, data=PICTURE + b"2"))
    assert folder.read().returns["sampling"].frame["seq"].tolist() == [1, 2, 3, 4, 5]


BESIDE = [
    # what the picture says otherwise: record, column, text -> the cells that are errors
    ({}, set()),
    ({1: {6: "800"}}, {("2", "failed_quantity")}),
    ({1: {4: "合格"}}, {("2", "result")}),
    ({0: {3: "江苏样例甲卫土用品有限公司"}}, set()),  # one character of a long name, as a recogniser errs
    ({0: {3: "江苏样例丁劳保用品有限公司"}}, {("1", "enterprise")}),
    ({2: {9: "召回"}}, {("3", "follow_up")}),
    ({0: {3: "江苏样例甲卫土用品有限公司", 4: "不合格"}}, {("1", "enterprise"), ("1", "result")}),
]


@pytest.mark.parametrize(("differs", "errors"), BESIDE)
def test_beside_a_workbook_a_list_is_held_against_it_cell_by_cell(folder, differs, errors):
    merged = {n: FAILING.get(n, {}) | differs.get(n, {}) for n in {*FAILING, *differs}}
    folder.put("亭湖区/盖章件.png", seen(folder.paths, sheet(changes=merged)))
    folder.put("亭湖区/附件5.xlsx", {"附件5": sheet()})
    read = folder.read()
    told = [f for f in read.all_findings if f.rule == "scan.disagrees"]
    assert {(f.row, f.field) for f in told} == errors
    assert all(f.file == "亭湖区/附件5.xlsx" and "盖章件与电子表不一致" in f.message for f in told)
    assert len(read.returns["sampling"].frame["result"].dropna()) == 3


def test_a_record_that_only_the_picture_has_is_named_and_shifts_no_other(folder):
    folder.put("亭湖区/盖章件.png", seen(folder.paths, sheet()))
    rows = sheet()
    del rows[4]
    rows[4][0] = 2
    folder.put("亭湖区/附件5.xlsx", {"附件5": rows})
    read = folder.read()
    (said,) = (f for f in read.all_findings if f.rule == "scan.records")
    assert "只在盖章件的：第2条" in said.message
    assert not found(read, "scan.disagrees")


def test_a_figure_read_faintly_that_differs_is_a_doubt(folder):
    folder.put("亭湖区/盖章件.png", seen(folder.paths, sheet(changes={1: FAILING[1] | {6: "800"}}), sure=0.5))
    folder.put("亭湖区/附件5.xlsx", {"附件5": sheet()})
    told = [f for f in folder.read().all_findings if f.rule.startswith("scan.disagrees")]
    assert [(f.row, f.field, f.severity) for f in told] == [("2", "failed_quantity", "warning")]
