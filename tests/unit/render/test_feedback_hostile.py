"""What units send is data: nothing in it may run, reach outside, or break the file that goes back."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula

from tally.locate.imprint import LIST_SHEET, RECORD_SHEET
from tally.render.feedback.formulas import kept
from tests.unit.render.returned import CASES, Returned, cases_book, fill_cases, saved, sent

DDE = "=cmd|'/c calc'!A1"
OUTSIDE = (
    DDE,
    '=HYPERLINK("http://example.invalid","点我")',
    '=WEBSERVICE("http://example.invalid")',
    "=[1]Sheet1!A1",
    "='\\\\host\\share\\[x.xlsx]S'!A1",
    '=_xlfn._xlws.EVIL("a")',
    '=INDIRECT("[x.xlsx]S!A1")',
)


def formulas(returned: Returned) -> list[str]:
    return [c.value for s in returned.book for row in s.iter_rows() for c in row if c.data_type == "f"]


def own(returned: Returned) -> openpyxl.worksheet.worksheet.Worksheet:
    """The first sheet after the lists."""
    return returned.book.worksheets[len(returned.lists)]


@pytest.mark.parametrize("formula", [*OUTSIDE, "=SUM(", "=", '="', "=foo", "=SUM(A1)+NAME", "=" + "A1+" * 5000 + "1"])
def test_formulas_that_reach_outside_or_are_none_are_refused(formula):
    assert kept(formula, {}) is None


@pytest.mark.parametrize(
    "formula", ["=SUM(D5:D11)", "=D5+D6-D7", '=IF(A1>0,"a|b","[x]")', '=ROUND(B2/$C$3*100,2)&"%"', "=SUM(A:A)"]
)
def test_everyday_formulas_stay_as_they_are(formula):
    assert kept(formula, {}) == formula


def test_a_reference_to_another_sheet_follows_its_new_name():
    assert (
        kept("=SUM('附件 4'!D5:D11)+附件5!A1", {"附件 4": "O'k", "附件5": "附件5"}) == "=SUM('O''k'!D5:D11)+'附件5'!A1"
    )
    assert kept("=别处!A1", {"附件5": "附件5"}) is None


def test_hostile_formulas_of_a_workbook_become_text_and_good_ones_stay(tmp_path):
    book = cases_book()
    sheet = book["附件4"]
    sheet["D12"] = "=SUM(D5:D11)"
    for r, formula in enumerate(OUTSIDE, 20):
        sheet.cell(r, 1, formula)
    sheet["C30"] = ArrayFormula("C30:C31", DDE)
    returned = sent(tmp_path, {"亭湖区/附件4.xlsx": saved(book)})
    assert formulas(returned) == ["=SUM(D5:D11)"]
    assert all(own(returned).cell(r, 1).value == formula for r, formula in enumerate(OUTSIDE, 20))
    assert all(own(returned).cell(r, 1).quotePrefix for r in range(20, 20 + len(OUTSIDE)))
    assert any("8 个公式" in t for t in returned.texts)


def test_text_that_looks_like_a_formula_stays_text_in_rebuilt_sheets(tmp_path):
    lines = [CASES.title, f"填报单位,亭湖区,{DDE}", "", ",".join(["案件类别", *(f.label for f in CASES.fields)])]
    lines += [",".join([c.label, *["+1", "-2", "@SUM(1)", DDE, "0", "0", "0", "0", "0"]]) for c in CASES.categories]
    returned = sent(tmp_path, {"亭湖区/附件4.csv": "\n".join(lines).encode()})
    assert formulas(returned) == []
    assert own(returned)["C2"].value == DDE and own(returned)["C2"].quotePrefix
    assert own(returned)["E5"].value == DDE and DDE in "".join(returned.comments().values())


def test_links_names_rules_images_and_macros_do_not_come_along(tmp_path):
    book = cases_book(total=99)
    sheet = book["附件4"]
    sheet["A1"].hyperlink = "http://example.invalid/"
    book.defined_names["bad"] = DefinedName("bad", attr_text=DDE[1:])
    validation = DataValidation(type="list", formula1="[1]Sheet1!$A$1:$A$3")
    validation.add("B5")
    sheet.add_data_validation(validation)
    sheet.conditional_formatting.add(
        "B5:B9", FormulaRule(formula=[DDE[1:]], fill=PatternFill("solid", fgColor="00FF00"))
    )
    sheet.conditional_formatting.add(
        "C5:C9", FormulaRule(formula=["C5>9"], fill=PatternFill("solid", fgColor="00FF00"))
    )
    picture = io.BytesIO()
    from PIL import Image as Picture

    Picture.new("RGB", (4, 4), "red").save(picture, "PNG")
    sheet.add_image(Image(picture), "K1")
    returned = sent(tmp_path, {"亭湖区/附件4.xlsx": saved(book)})
    names = zipfile.ZipFile(io.BytesIO(returned.data)).namelist()
    assert not [n for n in names if "media" in n or "externalLink" in n]
    after = own(returned)
    assert after["A1"].hyperlink is None and not returned.book.defined_names
    assert not after.data_validations.dataValidation
    assert [str(a.sqref) for a in after.conditional_formatting] == ["C5:C9"]
    assert any("图片未能保留" in t for t in returned.texts)


@pytest.mark.parametrize(
    "title", ["O'Brien's 表", "'附件4'", "!A1", "x" * 31, "=SUM(A1)", "附件4 & <b>", "a" * 29 + "附件"]
)
def test_any_sheet_name_can_be_linked_to(tmp_path, title):
    book = cases_book(total=99)
    book.active.title = title.strip("'")
    returned = sent(tmp_path, {"亭湖区/附件4.xlsx": saved(book)})
    assert (book.active.title, "D12") in returned.links()


def test_file_and_sheet_names_longer_than_a_sheet_name_may_be_are_cut_and_kept_apart(tmp_path):
    books = {}
    for name in ("甲", "乙"):
        stem = f"亭湖区市场监督管理局二〇二一年四月口罩案件查处情况统计表[更正]最终版{name}"
        books[f"亭湖区/{stem}.csv"] = "".join(f"序号,联系人,科室\n{n},某某,{name}科\n" for n in range(9)).encode()
    returned = sent(tmp_path, books)
    names = returned.book.sheetnames
    assert len(set(n.casefold() for n in names)) == 4 and all(len(n) <= 31 for n in names)
    assert not any(set(n) & set("[]:*?/\\") for n in names)


def test_several_workbooks_become_one_with_every_look_copied(tmp_path):
    second = openpyxl.Workbook()
    sheet = second.active
    sheet.title = "附件4"
    for r in range(1, 6):
        sheet.append([f"联系人{r}", r, r * 2])
    sheet["B2"].fill, sheet["B2"].number_format = PatternFill("solid", fgColor="FF123456"), '0"人"'
    sheet.merge_cells("A7:C8")
    sheet.column_dimensions["C"].width = 33
    sheet["C6"] = "=SUM(附件4!C1:C5)"
    returned = sent(tmp_path, {"亭湖区/一.xlsx": saved(cases_book()), "亭湖区/名单（2）.xlsx": saved(second)})
    copied = returned.book["附件4（名单（2））"]
    assert (copied["B2"].fill.fgColor.rgb, copied["B2"].number_format) == ("FF123456", '0"人"')
    assert "A7:C8" in map(str, copied.merged_cells.ranges) and copied.column_dimensions["C"].width == 33
    assert copied["C6"].value == "=SUM('附件4（名单（2））'!C1:C5)"


def test_a_sheet_that_a_later_one_replaced_is_left_out_and_told(tmp_path):
    files = {"亭湖区/附件4.xlsx": saved(cases_book()), "亭湖区/附件4（更正）.xlsx": saved(cases_book(total=99))}
    returned = sent(tmp_path, files)
    assert returned.book.sheetnames == [LIST_SHEET, RECORD_SHEET, "附件4"] and own(returned)["D12"].value == 99
    assert any(t.startswith("未附：亭湖区/附件4.xlsx　附件4（已由后来报送的表替代") for t in returned.texts)


def test_several_findings_on_one_cell_share_its_comment_with_the_units_own(tmp_path):
    book = cases_book(total=-5)
    book["附件4"]["D12"].comment = Comment("待核实", "某某")
    returned = sent(tmp_path, {"亭湖区/附件4.xlsx": saved(book)})
    text = returned.comments()["附件4", "D12"]
    assert text.count("【差错】") >= 2 and text.endswith("（原有批注）待核实")


def test_a_fault_in_hidden_places_is_shown_and_what_was_hidden_is_told(tmp_path):
    book = cases_book(total=99)
    sheet = book["附件4"]
    sheet.row_dimensions[12].hidden = sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["D"].hidden = True
    book.create_sheet("说明")["A1"] = "内部说明"
    book["说明"].sheet_state = "hidden"
    after = sent(tmp_path, {"亭湖区/附件4.xlsx": saved(book)})
    assert not own(after).row_dimensions[12].hidden and not own(after).column_dimensions["D"].hidden
    assert any("2 个隐藏行" in t for t in after.texts) and any("工作表原为隐藏" in t for t in after.texts)


def test_a_comment_on_a_merged_cell_stands_at_its_first_cell(tmp_path):
    book = cases_book(total=99)
    book["附件4"].merge_cells("D12:D13")
    returned = sent(tmp_path, {"亭湖区/附件4.xlsx": saved(book)})
    assert ("附件4", "D12") in returned.comments() and ("附件4", "D12") in returned.links()


def test_files_that_cannot_be_opened_are_listed_without_a_link(tmp_path):
    returned = sent(tmp_path, {"亭湖区/坏.xlsx": b"PK\x03\x04nothing", "亭湖区/空.xls": b""})
    assert returned.book.sheetnames == [LIST_SHEET, RECORD_SHEET] and returned.links() == []
    assert "亭湖区/坏.xlsx" in returned.texts and "亭湖区/空.xls" in returned.texts


def test_another_units_sheets_are_not_handed_out(tmp_path):
    theirs = cases_book(total=99)
    theirs["附件4"]["A2"] = "填报单位：盐都区市场监管局"
    theirs["附件4"]["K1"] = "只属于盐都区"
    returned = sent(tmp_path, {"亭湖区/附件4.xlsx": saved(theirs)})
    assert not any(c.value == "只属于盐都区" for s in returned.book for row in s.iter_rows() for c in row)
    assert any(t.startswith("未附：") for t in returned.texts)


def test_strikes_and_odd_characters_survive(tmp_path):
    book = cases_book(total=99)
    struck = InlineFont(strike=True)
    book["附件4"]["A14"] = CellRichText("注：", TextBlock(struck, "作废"))
    book["附件4"]["A15"] = "=1+1"
    book["附件4"]["A15"].data_type = "s"
    returned = sent(tmp_path, {"亭湖区/附件4.xlsx": saved(book)})
    note = own(returned)["A14"].value
    assert isinstance(note, CellRichText) and note[1].font.strike
    assert own(returned)["A15"].data_type == "s" and own(returned)["A15"].value == "=1+1"


def test_control_characters_do_not_break_the_file(tmp_path):
    page = "<table><tr><td>案件类别</td><td>a&#1;b&#xD;c</td></tr><tr><td>1</td><td>&#x0B;2</td></tr><tr><td>3</td><td>4</td></tr></table>"
    returned = sent(tmp_path, {"亭湖区/附件4.xls": f"<html><body>{page}</body></html>".encode()})
    assert len(returned.book.sheetnames) - len(returned.lists) == 1


def test_two_sheets_side_by_side_in_one_book_keep_their_order(tmp_path):
    book = cases_book()
    fill_cases(book.create_sheet("附件4(3月)"), handled=2)
    book.create_sheet("空")
    returned = sent(tmp_path, {"亭湖区/附件4.xlsx": saved(book)})
    assert returned.book.sheetnames == [LIST_SHEET, RECORD_SHEET, "附件4", "附件4(3月)"]


@pytest.mark.parametrize("ref", ["A20:XFD1048576", "A:XFD"])
def test_a_few_words_that_stand_for_all_cells_of_a_sheet_do_not_fill_the_memory(tmp_path, ref):
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(cases_book(total=99)))) as source, zipfile.ZipFile(content, "w") as target:
        for name in source.namelist():
            xml = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                xml = xml.replace(
                    b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="%s"/></mergeCells>' % ref.encode()
                )
            target.writestr(name, xml)
    returned = sent(tmp_path, {"亭湖区/附件4.xlsx": content.getvalue()})
    assert ("附件4", "D12") in returned.comments() and any("重排" in t for t in returned.texts)
