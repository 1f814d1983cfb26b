"""One blank form on a sheet: the official layout, the cells to fill in, the total, last period's figures beside it.

Rows: 附件 number and version, title, 填报单位 / period / 填报时间, header, body, who filled it in, notes. What stands beside the
form for reference is set apart by an empty column and by headings that are no form's, so that a reader never
takes it for data; the texts below the form carry no figures for the same reason.
"""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from tally.declare import Field, Form
from tally.locate.guidance import is_shared, note
from tally.locate.imprint import HOW_TO_ADD, HOW_TO_FILL, HOW_TO_RENEW, HOW_TO_SUM, PERIOD, PRINTED
from tally.render.blank_forms.blank import HEAD, Blank
from tally.render.blank_forms.carried import carried, write_record
from tally.render.blank_forms.checks import check, date_rule
from tally.render.blank_forms.past import past_list, past_matrix
from tally.render.workbook.sheet import heading, height, set_page, sheet_name, width
from tally.report.tables.lists import shown
from tally.writing.periods import month

LIST_ROWS = 30
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SPARE = 10  # lines beyond those of the last list
_BROAD, _HEADED, _DAY = 20.0, 12.0, 13.0  # at most for names and for a heading; at least where a date has to fit below
_WIDE = {"count": 11, "quantity": 11, "credit_code": 21}  # widths of columns, in digits


def write_form(blank: Blank) -> None:
    """Writes one form on a sheet of its own."""
    form = blank.form
    sheet = blank.file.add_worksheet(sheet_name(form.number))
    _top(blank, sheet)
    _header(blank, sheet)
    end = (_matrix if form.layout == "matrix" else _list)(blank, sheet)
    last = _below(blank, sheet, end + 1)
    sheet.set_default_row(20)
    sheet.freeze_panes(HEAD + 1, 1 if form.layout == "matrix" else 2)
    sheet.repeat_rows(HEAD)
    set_page(sheet)
    sheet.print_area(0, 0, last, blank.right)
    allowed = ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter")
    sheet.protect("", dict.fromkeys(allowed, True))


def _top(blank: Blank, sheet: Worksheet) -> None:
    right, period = blank.right, blank.period
    span = f"{PERIOD}：{month(period.name)}（{period.start:%Y-%m-%d}至{period.end:%Y-%m-%d}）"
    version = f"{PRINTED} {blank.version}"
    sheet.write_string(0, 0, blank.form.number, blank.style("annex"))
    sheet.set_row(1, 34)
    sheet.merge_range(1, 0, 1, right, blank.form.title, blank.style("title"))
    sheet.set_row(2, 22)
    left = max(min(3 - blank.first, right - 4), 1)  # the last column of 填报单位
    sheet.merge_range(2, 0, 2, left, f"填报单位（盖章）：{blank.unit.office or blank.unit.name}", blank.style("line"))
    if right - 2 > left + 1 and sum(_all_widths(blank)[left + 1 : right - 1]) >= width([span]):
        sheet.merge_range(2, left + 1, 2, right - 2, span, blank.style("line_centre"))
    else:
        version = f"{span}　{version}"
    sheet.write_string(0, right, version, blank.style("version"))
    sheet.write_string(2, right - 1, "填报时间：", blank.style("line_right"))
    sheet.write_blank(2, right, None, blank.style("day"))
    wrong = {"error_title": "填报时间", "error_message": "请填写完整的日期，不晚于今天"}
    sheet.data_validation(2, right, 2, right, {**date_rule(), **wrong, "error_type": "warning"})


def _header(blank: Blank, sheet: Worksheet) -> None:
    form = blank.form
    sheet.set_row(HEAD, 52)
    if form.layout == "matrix":
        corner = form.row_header or "类别"
        sheet.write_string(HEAD, 0, corner, blank.style("head"))
        sheet.set_column(0, 0, _label_width(form))
    for c, f in blank.columns():
        sheet.write_string(HEAD, c, heading(f), blank.style("head"))
        text = note(form, f)
        sheet.write_comment(
            HEAD,
            c,
            text,
            {"author": blank.campaign.issuer, "x_scale": 1.6, "y_scale": 0.6 + 0.2 * len(text.split("\n"))},
        )
    for c, wide in enumerate(_widths(blank), blank.first):
        sheet.set_column(c, c, wide)


def _widths(blank: Blank) -> list[float]:
    """The columns' widths: what the records to begin with take, within bounds; the last two hold 填报时间 too."""
    known = carried(blank)
    last = len(blank.form.fields) - 2
    headed = _HEADED if blank.form.layout == "list" else width(["　" * 40])  # a list has many columns
    widths = []
    for at, (_, f) in enumerate(blank.columns()):
        texts = [shown(value) for value in known[f.name]] if f.name in known else []
        usual = 14 if blank.form.layout == "matrix" or not texts else 8  # a list's empty columns are to be written in
        wide = max(_WIDE.get(f.kind, usual), min(width([f.label]), headed), min(width(texts), _BROAD) if texts else 0.0)
        widths.append(6.0 if f.kind == "seq" else max(wide, _DAY) if at >= last else wide)
    return widths


def _all_widths(blank: Blank) -> list[float]:
    """The columns' widths with that of the categories before a matrix."""
    if blank.form.layout != "matrix":
        return _widths(blank)
    return [_label_width(blank.form), *_widths(blank)]


def _label_width(form: Form) -> float:
    return width([form.row_header or "类别", *(c.label for c in form.categories)]) + 2


def _style_of(f: Field) -> str:
    return f.kind if f.kind in ("count", "quantity", "seq", "date") else "text"


def _style_of_total(form: Form, f: Field) -> str:
    """A total is locked; of what cannot be told apart by category, a number may take the formula's place."""
    return "total_to_fill" if is_shared(form, f) else "total"


def _matrix(blank: Blank, sheet: Worksheet) -> int:
    """The categories' rows with the total as formulas; the last row's number."""
    form = blank.form
    at = {c.name: r for r, c in enumerate(form.categories, HEAD + 1)}
    for category in form.categories:
        added = category.of or (tuple(p.name for p in form.parts) if category.name == form.total else ())
        row, is_total = at[category.name], bool(added)
        sheet.set_row(row, 28)
        sheet.write_string(row, 0, category.label, blank.style("total" if is_total else "label"))
        for c, f in blank.columns():
            if is_total and f.summed:
                parts = [xl_rowcol_to_cell(at[name], c) for name in added]
                sheet.write_formula(row, c, _sum(parts), blank.style(_style_of_total(form, f)), "")
            else:
                sheet.write_blank(row, c, None, blank.style(_style_of(f)))
    stretches = _runs([at[p.name] for p in form.parts])
    for c, f in blank.columns():
        for first, last in stretches:
            sheet.data_validation(first, c, last, c, check(form, f))
    past_matrix(blank, sheet, at)
    return max(at.values())


def _sum(parts: list[str]) -> str:
    """A sum that stays empty as long as nothing is filled in: an empty form is no report of zero."""
    places = f"{parts[0]}:{parts[-1]}" if _unbroken(parts) else ",".join(parts)
    return f'=IF(COUNT({places})=0,"",SUM({places}))'


def _unbroken(parts: list[str]) -> bool:
    rows = [int(p.lstrip(_LETTERS)) for p in parts]
    return rows == list(range(rows[0], rows[0] + len(rows)))


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Row numbers as unbroken stretches: the total may stand between the categories."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs


def _list(blank: Blank, sheet: Worksheet) -> int:
    """Numbered lines to fill in; the last one's row number."""
    form, earlier, known = blank.form, blank.earlier(), carried(blank)
    lines = len(known) + _SPARE if len(known) else max(LIST_ROWS, len(earlier) + _SPARE)
    first, last = HEAD + 1, HEAD + lines
    for row in range(first, last + 1):  # no height: it grows with what is filled in
        for c, f in blank.columns():
            if f.kind == "seq":
                sheet.write_number(row, c, row - HEAD, blank.style("seq"))
            else:
                sheet.write_blank(row, c, None, blank.style(_style_of(f)))
    for c, f in blank.columns():
        sheet.data_validation(first, c, last, c, check(form, f))
    widths = _widths(blank)
    for row, record in enumerate(known.to_dict("records"), first):
        texts = [shown(record[f.name]) for _, f in blank.columns() if f.kind != "seq"]
        sheet.set_row(
            row, height(texts, [w for w, (_, f) in zip(widths, blank.columns(), strict=True) if f.kind != "seq"])
        )
        write_record(blank, sheet, row, record)
    if not len(known):
        past_list(blank, sheet, earlier)
    return last


_SIGNED = ("填表人：", "审核人：", "联系电话：")


def _below(blank: Blank, sheet: Worksheet, row: int) -> int:
    """Who filled it in, each with a cell to fill, on as many lines as a narrow form needs; then the notes. The last row's number."""
    right, label = blank.right, blank.style("foot")
    step = max((right + 1) // 3, 3)
    places = list(range(0, right, step))[: len(_SIGNED)]
    for line in range(0, len(_SIGNED), len(places)):
        sheet.set_row(row, 24)
        for at, text in zip(places, _SIGNED[line:], strict=False):
            wide = int(at == 0 and blank.first == 0)  # the column of running numbers is too narrow for a label
            if wide:
                sheet.merge_range(row, 0, row, 1, text, label)
            else:
                sheet.write_string(row, at, text, label)
            sheet.write_blank(row, at + wide + 1, None, blank.style("blank"))
        row += 1
    for at, text in enumerate(_notes(blank), row):
        sheet.set_row(at, 24 if at == row else 18)  # apart from the lines to sign on
        sheet.merge_range(at, 0, at, right, text, blank.style("note"))
    return row + len(_notes(blank)) - 1


def _notes(blank: Blank) -> list[str]:
    """Nothing here may look like a figure that corrects the table, or like a zero return."""
    form = blank.form
    due = blank.period.due.get(form.name)
    lines = [f"报送时限：{due.year}年{due.month}月{due.day}日前，逾期按迟报统计。"] if due else []
    lines += [HOW_TO_FILL, HOW_TO_SUM if form.layout == "matrix" else HOW_TO_ADD]
    return [*lines, HOW_TO_RENEW] if len(carried(blank)) else lines
