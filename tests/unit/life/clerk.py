"""A clerk at work on a blank form: fills cells in as a spreadsheet program would, saves as, sends back."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.declare import Form
from tally.locate.labels import parse
from tally.paths import Paths
from tally.returns.unit import UnitReturn, read_unit
from tally.rules.credit_code import check_digit

HEAD = 4  # the row of the header, from 1


def code(number: int) -> str:
    """An invented credit code of a division that does not exist, its check digit right."""
    first = f"91999999MA{number:07d}"
    return first + check_digit(first)


FIRMS = [
    {
        "enterprise": f"示例{name}口罩有限公司", "credit_code": code(n), "address": f"示例路{n}号", "legal_representative": "某甲",
        "contact_person": "某乙", "contact_phone": f"1990000000{n}", "licences": "齐全", "product_name": "日常防护口罩",
        "standard": "GB/T 32610-2016", "production_status": "在产", "enterprise_size": size,
        "established": date(2018, 4, n), "daily_capacity": 1.5 * n, "remarks": "",
    }
    for n, (name, size) in enumerate((("甲", "小型"), ("乙", "微型")), 1)
]  # fmt: skip
STEPS = "责令停售，流向排查，整改，核查，行政处罚，召回，通报商务、海关，信用公示"
BATCHES = [
    {"product_name": "日常防护口罩", "model": "M-1", "enterprise": FIRMS[0]["enterprise"], "result": "合格",
     "assistance": "标准培训", "production_status": "在产", "enterprise_size": "小型", "established": date(2018, 4, 1)},
    {"product_name": "日常防护口罩", "model": "M-2", "enterprise": FIRMS[1]["enterprise"], "result": "不合格",
     "failed_items": "过滤效率", "failed_quantity": 1200, "entered_market": "是", "market_destination": "本地药店",
     "follow_up": STEPS, "assistance": "整改指导", "production_status": "在产", "enterprise_size": "微型",
     "established": date(2018, 4, 2)},
]  # fmt: skip
CASES = {
    category.name: {
        "officers_dispatched": 20 + n, "operators_inspected": 30 + n, "cases_handled": 3, "cases_filed": 2, "cases_closed": 2,
        "fines_confiscations": 2.5, "case_value": 3.25, "masks_seized": 1.5, "cases_transferred": 0,
    }
    for n, category in enumerate(CAMPAIGN.form("cases").parts)
}  # fmt: skip


def fill(
    blank: bytes, *, cases: Mapping = CASES, firms: Sequence = FIRMS, batches: Sequence = BATCHES, day=None
) -> bytes:
    """The forms filled in: cases by category, firms and batches line by line, 填报时间 and who filled it in."""
    book = load_workbook(io.BytesIO(blank))
    for form, records in (("enterprises", firms), ("sampling", batches)):
        declared = CAMPAIGN.form(form)
        clear(book[declared.number])
        for row, record in enumerate(records, HEAD + 1):
            write(book[declared.number], declared, row, record)
    matrix = CAMPAIGN.form("cases")
    for name, record in cases.items():
        row = HEAD + 1 + [c.name for c in matrix.categories].index(name)
        write(book[matrix.number], matrix, row, record)
    for sheet in book.worksheets:
        sign(sheet, day or datetime(2021, 6, 3))
    return saved(book)


def clear(sheet: Worksheet) -> None:
    """Strikes out what the list was handed out with."""
    labels = [c.column for c in sheet[HEAD] if c.value and parse(str(c.value)).core != "序号"]
    for row in range(HEAD + 1, sheet.max_row):
        for cell in (sheet.cell(row, column) for column in labels):
            if not isinstance(cell, MergedCell) and not cell.protection.locked:
                cell.value = None


def write(sheet: Worksheet, form: Form, row: int, record: Mapping, *, force: bool = False) -> None:
    labels = {parse(str(c.value)).core: c.column for c in sheet[HEAD] if c.value}
    for name, value in record.items():
        if value != "":
            cell = sheet.cell(row, labels[parse(form.field(name).label).core])
            assert force or not cell.protection.locked, cell.coordinate
            cell.value = value


def sign(sheet: Worksheet, day: datetime) -> None:
    for line in sheet.iter_rows():
        for cell in line:
            if cell.value in ("填报时间：", "填表人：", "审核人：", "联系电话："):
                said = day if cell.value == "填报时间：" else "1990000" if cell.value == "联系电话：" else "某丙"
                target = sheet.cell(cell.row, cell.column + 1)
                if isinstance(target, MergedCell):
                    target = sheet.cell(cell.row, cell.column + 2)
                assert not target.protection.locked, target.coordinate
                target.value = said


def saved(book) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def send(root: Path, period: str, unit: str, content: bytes, name: str = "报表.xlsx") -> Path:
    """Puts a file into the unit's folder as if it had come in, with its day of receipt noted."""
    paths = Paths(root, CAMPAIGN.name, period)
    target = paths.raw / CAMPAIGN.unit(unit).name / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    known = paths.register.read_text("utf-8") if paths.register.exists() else "file,received,unit,note\n"
    paths.register.write_text(f"{known}{target.relative_to(paths.raw).as_posix()},2021-06-03,,\n", "utf-8")
    return target


def read_back(root: Path, period: str, unit: str) -> UnitReturn:
    return read_unit(CAMPAIGN, period, unit, root)


def opened_without_unit(content: bytes) -> bytes:
    """The workbook with 填报单位 left empty."""
    book = load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        sheet["A3"] = "填报单位（盖章）："
    return saved(book)


def with_text(content: bytes, sheet: str, cell: str, text: str) -> bytes:
    """The workbook with one cell written over."""
    book = load_workbook(io.BytesIO(content))
    book[sheet][cell] = text
    return saved(book)
