"""Ordinary returns, in the dress that offices give them: nothing here deserves a warning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import starmap

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from benchmarks.kinds import files, forms
from benchmarks.kinds.forms import FIRM_A, HEAD3, HEAD4, HEAD5, TOP3, TOP4, TOP5, body4
from benchmarks.kinds.make import FOLDER, four
from benchmarks.kinds.truth import Case

ALL = forms.true4() | forms.true5() | forms.true3()
LISTS = {"sampling": 3, "enterprises": 2}
Edit = Callable[[Workbook], object]


def dressed(name: str, edit: Edit) -> Case:
    """All three forms in one workbook, the same edit on each sheet."""
    sheets = {"附件3": forms.form3(), "附件4": forms.form4(), "附件5": forms.form5()}

    def each(book: Workbook) -> None:
        for page in book.worksheets:
            book.active = book.index(page)
            edit(book)
        book.active = 0

    return Case("ordinary", name, {f"{FOLDER}亭湖区报表.xlsx": files.xlsx(sheets, each)}, ALL, LISTS, clean=True)


def rows(
    name: str, four_rows: forms.Rows, ext: str = "xlsx", write: Callable[[forms.Rows], bytes] = files.xlsx
) -> Case:
    return four("ordinary", name, write(four_rows), ext=ext, clean=True)


def _fonts(book: Workbook) -> None:
    for row in book.active.iter_rows():
        for cell in row:
            cell.font = Font(name="仿宋_GB2312", size=12, color="FF000000")


def _borders(book: Workbook) -> None:
    side = Side(style="thin")
    for row in book.active.iter_rows(min_row=4, max_col=20, max_row=40):
        for cell in row:
            cell.border = Border(left=side, right=side, top=side, bottom=side)


def _heads(book: Workbook) -> None:
    for cell in book.active[4]:
        cell.fill = PatternFill("solid", fgColor="FFD9E1F2")
        cell.font = Font(bold=True, color="FF1F4E79")
        cell.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")


def _reversed_head(book: Workbook) -> None:
    for cell in book.active[4]:
        cell.fill = PatternFill("solid", fgColor="FF1F4E79")
        cell.font = Font(bold=True, color="FFFFFFFF")


def _zebra(book: Workbook) -> None:
    for number, row in enumerate(book.active.iter_rows(min_row=5)):
        for cell in row:
            cell.fill = PatternFill("solid", fgColor="FFF2F2F2" if number % 2 else "FFFFFFFF")


def _page(book: Workbook) -> None:
    page = book.active
    page.print_title_rows = "1:4"
    page.print_area = "A1:O30"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9
    page.oddFooter.center.text = "第 &P 页，共 &N 页"
    page.freeze_panes = "B5"
    page.sheet_view.zoomScale = 85


def _header(book: Workbook) -> None:
    book.active.oddHeader.center.text = "盐城市亭湖区市场监督管理局"
    book.active.oddFooter.right.text = "打印时间：&D"


def _wide(book: Workbook) -> None:
    for letter in "ABCDEFGHIJKLMNO":
        book.active.column_dimensions[letter].width = 18
    for number in range(1, 15):
        book.active.row_dimensions[number].height = 28


def _merged_title(book: Workbook) -> None:
    book.active.merge_cells("A1:J1")
    book.active.merge_cells("A2:J2")


def _filter(book: Workbook) -> None:
    book.active.auto_filter.ref = f"A4:{book.active.cell(4, book.active.max_column).column_letter}{book.active.max_row}"


def _protect(book: Workbook) -> None:
    book.active.protection.sheet = True
    book.active["B6"].protection = Protection(locked=False)


def _validation(book: Workbook) -> None:
    check = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0", showErrorMessage=True)
    check.error, check.prompt = "请填写整数", "请填写整数"
    book.active.add_data_validation(check)
    check.add("B5:E12")


def _tab(book: Workbook) -> None:
    book.active.sheet_properties.tabColor = "FF0000"
    book.active.sheet_view.showGridLines = False


def _seal_row(book: Workbook) -> None:
    book.active.cell(
        book.active.max_row + 2, 1, "审核人：某甲　　填表人：某乙　　联系电话：0515-00000003　　填报日期：2021年5月31日"
    )


def _sum_rows(formula: bool) -> forms.Rows:
    return (
        forms.form4({f"{letter}12": f"=SUM({letter}5:{letter}11)" for letter in "BCDEFGHIJ"})
        if formula
        else forms.form4()
    )


def _empty_sheets(book: Workbook) -> None:
    if "Sheet2" not in book.sheetnames:
        book.create_sheet("Sheet2")
        book.create_sheet("Sheet3")


DRESSES: Mapping[str, Edit] = {
    "official fonts": _fonts, "borders far beyond the table": _borders, "coloured headings": _heads, "white on blue headings": _reversed_head,
    "striped rows": _zebra, "print titles, frozen panes, page numbers": _page, "the office's name in the page header": _header,
    "wide columns": _wide, "title merged": _merged_title, "autofilter without a filter": _filter, "protected sheet": _protect,
    "data validation": _validation, "coloured tab, no grid": _tab, "signatures below": _seal_row, "empty Sheet2 and Sheet3": _empty_sheets,
}  # fmt: skip


def _below(*lines: list) -> forms.Rows:
    return [*forms.form4(), *lines]


def _zeros(text: object) -> forms.Rows:
    grid = forms.form4()
    return [[text if value == 0 and r >= 4 else value for value in row] for r, row in enumerate(grid)]


def _heading(changes: Mapping[str, object]) -> forms.Rows:
    return forms.form4(changes)


FORM4: tuple[tuple[str, forms.Rows], ...] = (
    ("note: how the form is filled", _below(["注：本表由县（市、区）市场监管局填报。"])),
    ("notes numbered", _below(["填表说明：1.本表一式两份。"], ["2.请于每月5日前报送。"])),
    ("signatures in three cells", _below(["审核人：某甲", None, None, "填表人：某乙", None, None, "联系电话：0515-00000003"])),
    ("blank rows, then the seal line", _below([], [], ["（盖章）"], ["2021年5月31日"])),
    ("zeros as 0", _zeros(0)),
    ("column of numbers", [*TOP4, HEAD4, ["甲", *range(1, 10)], *body4()]),
    ("row numbers as first column", [*TOP4, ["序号", *HEAD4], *[[n, *row] for n, row in enumerate(body4(), 1)]]),
    ("heading with line breaks", _heading({"D4": "查办案件\n（件）", "E4": "其中：\n立案（件）", "F4": "结 案（件）"})),
    ("heading in half-width brackets", _heading({"B4": "出动执法人员(人次)累计", "D4": "查办案件(件)", "G4": "罚没(万元)"})),
    ("labels with 案件", _heading({"A5": "价格类案件", "A6": "质量类案件", "A7": "不正当竞争类案件", "A11": "其他案件"})),
    ("labels numbered", _heading({"A5": "1.价格类", "A6": "2.质量类", "A7": "3.不正当竞争类", "A8": "4.知识产权类"})),
    ("total spaced", _heading({"A12": "合　计"})), ("total as 总计", _heading({"A12": "总计"})),
    ("period in the title", _heading({"A2": "口罩案件查处情况统计表（2021年5月）"})),
    ("period line", _heading({"A3": "填报单位：亭湖区市场监督管理局", "J3": "填报时间：2021年6月2日"})),
    ("date as a date", _heading({"J3": datetime(2021, 5, 31)})),
    ("year and month apart", _heading({"A3": "填报单位：亭湖区市场监管局（盖章）", "J3": "2021 年 5 月 31 日"})),
    ("contact line above", _heading({"A3": "填报单位（盖章）：亭湖区市场监督管理局", "D3": "填表人：某乙", "G3": "联系电话：0515-00000003"})),
    ("unit line", _heading({"A3": "填报单位（盖章）：亭湖区市场监督管理局", "I3": "单位：人次、户、件、万元、万只"})),
    ("title with the campaign", _heading({"A2": "口罩产品质量提升专项整治行动口罩案件查处情况统计表"})),
    ("annex with a colon", _heading({"A1": "附件 4："})),
    ("remarks column empty", _heading({"K4": "备注"})), ("remarks column with 无", _heading({"K4": "备注", "K6": "无"})),
    ("figures as text", [[str(v) if isinstance(v, (int, float)) else v for v in row] for row in forms.form4()]),
    ("total row first", [*TOP4, HEAD4, body4()[-1], *body4()[:-1]]),
    ("totals by formula", _sum_rows(False)),
)  # fmt: skip

LIST_ROWS: tuple[tuple[str, str, forms.Rows], ...] = (
    ("form 5: blank rows numbered on", "附件5", [*forms.form5(), [4], [5], [6]]),
    ("form 5: note below", "附件5", [*forms.form5(), [], ["注：抽查结果填写合格或不合格。"], ["填表人：某乙", None, None, "联系电话：0515-00000003"]]),
    ("form 5: heading variants", "附件5", forms.form5({"D4": "被抽查企业名称", "E4": "抽查结果（合格/不合格）", "G4": "不合格产品批次数量(只)"})),
    ("form 5: empty cells as /", "附件5", [*TOP5, HEAD5, *[["/" if v is None else v for v in row] for row in forms.BATCHES]]),
    ("form 3: note below", "附件3", [*forms.form3(), [], ["注：企业规模按国家统计局划型标准填写。"]]),
    ("form 3: remarks with 无", "附件3", forms.form3({"O5": "无", "O6": "无"})),
    ("form 3: empty lines", "附件3", [*TOP3, HEAD3, *forms.FIRMS, [3], [4]]),
    ("form 3: no spaces kept", "附件3", forms.form3({"B5": f"{FIRM_A} "})),
)  # fmt: skip


def without(sign: str) -> Case:
    """Nothing to report, said by a sign: that is another thing than zero, and stays so."""
    true = {key: None if value == 0 else value for key, value in forms.true4().items()}
    return Case("ordinary", f"zeros as {sign}", {f"{FOLDER}附件4.xlsx": files.xlsx(_zeros(sign))}, true, clean=True)


def listed(name: str, title: str, grid: forms.Rows) -> Case:
    form = "sampling" if title == "附件5" else "enterprises"
    true = forms.true5() if form == "sampling" else forms.true3()
    return Case("ordinary", name, {f"{FOLDER}{title}.xlsx": files.xlsx(grid)}, true, {form: LISTS[form]}, clean=True)


CASES = (
    *starmap(dressed, DRESSES.items()),
    *starmap(rows, FORM4),
    *starmap(listed, LIST_ROWS),
    *map(without, ("/", "无", "—", "-", "")),
    rows("plain .csv", forms.form4(), "csv", files.text),
    rows("plain .docx", forms.form4(), "docx", files.docx),
    rows("plain .html", forms.form4(), "html", files.html),
    rows("plain .xls", forms.form4(), "xls", files.xls),
    rows("plain .ods", forms.form4(), "ods", files.ods),
    rows("plain XML 2003", forms.form4(), "xls", files.xml2003),
)
