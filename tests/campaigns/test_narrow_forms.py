"""A form of one or two columns is read where its title stands above it, and nowhere else."""

import openpyxl
import pytest

from tally.declare import Category, Field, Form
from tally.locate import find_tables
from tally.readers import read

LABELS = ("数量", "金额")
KINDS = ("count", "quantity")
UNITS = ("件", "万元")


def form(layout: str, columns: int) -> Form:
    fields = tuple(Field(f"f{n}", LABELS[n], KINDS[n], UNITS[n]) for n in range(columns))
    if layout == "list":
        fields = (Field("f0", "事项名称", required=True), *fields[1:])
        return Form("narrow", "附件1", "零星事项登记表", "list", fields, key=("f0",))
    rows = (Category("a", "甲类"), Category("b", "乙类"), Category("total", "合计"))
    return Form("narrow", "附件1", "零星事项登记表", "matrix", fields, rows, total="total", row_header="类别")


def rows_of(layout: str, columns: int) -> list[list]:
    if layout == "list":
        return [["事项名称", "金额（万元）"][:columns], *([f"样例{at}号", 1.5][:columns] for at in (1, 2, 3))]
    head = ["类别", *(f"{LABELS[n]}（{UNITS[n]}）" for n in range(columns))]
    return [head, *([name, *[3, 1.5][:columns]] for name in ("甲类", "乙类", "合计"))]


def tables(tmp_path, layout: str, columns: int, title: str):
    book = openpyxl.Workbook()
    for row in ([title], *rows_of(layout, columns)):
        book.active.append(row)
    book.save(tmp_path / "表.xlsx")
    [document] = read(tmp_path / "表.xlsx", "表.xlsx")
    return find_tables(document, (form(layout, columns),))


@pytest.mark.parametrize(("layout", "columns"), [("matrix", 2), ("matrix", 1), ("list", 2), ("list", 1)])
def test_a_narrow_form_is_read_under_its_title(tmp_path, layout, columns):
    [table] = tables(tmp_path, layout, columns, "零星事项登记表")
    assert [c.field for c in table.columns] == ["f0", "f1"][:columns]
    assert len(table.rows) == 3


@pytest.mark.parametrize(("layout", "columns"), [("matrix", 2), ("matrix", 1), ("list", 2), ("list", 1)])
def test_without_its_title_so_few_labels_tell_no_form(tmp_path, layout, columns):
    assert tables(tmp_path, layout, columns, "另一张表") == ()
