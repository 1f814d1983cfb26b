"""Workbooks as other programs write them: XML by hand, for what no library at hand produces."""

import io
import zipfile

import pytest

from tally.errors import UnreadableFile
from tally.readers import read_bytes

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT, STRICT_RELS = (
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(
    sheet: str, *, strings="", styles="", main=MAIN, rels=RELS, target="worksheets/sheet1.xml", props="", prefix=""
):
    """A workbook of one sheet whose XML is `sheet` (without the worksheet element)."""
    p, ns = (f"{prefix}:", f"xmlns:{prefix}") if prefix else ("", "xmlns")
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{rels}/officeDocument" Target="/xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<{p}workbook {ns}="{main}" xmlns:r="{rels}">{props}<{p}sheets><{p}sheet name="表" sheetId="1" r:id="r1"/></{p}sheets></{p}workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{rels}/worksheet" Target="{target}"/>'
        + f'<Relationship Id="r2" Type="{rels}/sharedStrings" Target="sharedStrings.xml"/>' * bool(strings)
        + f'<Relationship Id="r3" Type="{rels}/styles" Target="styles.xml"/>' * bool(styles)
        + "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<{p}worksheet {ns}="{main}">{sheet}</{p}worksheet>',
    }
    if strings:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{strings}</sst>'
    if styles:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{main}">{styles}</styleSheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for name, xml in parts.items():
            z.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{xml}')
    return out.getvalue()


def grid_of(sheet: str, **facts):
    return read_bytes(workbook(sheet, **facts), "x")[0].grids[0]


def data(rows: str) -> str:
    return f"<sheetData>{rows}</sheetData>"


def test_phonetic_guides_are_no_text_and_runs_are_joined():
    strings = "<si><r><t>盐</t></r><r><rPr><b/></rPr><t>都</t></r><rPh sb='0' eb='2'><t>yandu</t></rPh></si>"
    assert grid_of(data('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), strings=strings).rows == [["盐都"]]


def test_inline_strings_and_cells_without_references():
    rows = '<row><c t="inlineStr"><is><t>甲</t></is></c><c/><c><v>3</v></c></row><row r="3"><c r="B3"><v>4</v></c><c><v>5</v></c></row>'
    assert grid_of(data(rows)).rows == [["甲", None, 3], [None] * 3, [None, 4, 5]]


@pytest.mark.parametrize(
    "target",
    ["/xl/worksheets/sheet1.xml", "worksheets/Sheet1.xml", "worksheets\\sheet1.xml", "../xl/worksheets/sheet1.xml"],
)
def test_part_names_in_any_spelling_are_found(target):
    assert grid_of(data('<row r="1"><c r="A1"><v>1</v></c></row>'), target=target).rows == [[1]]


def test_strict_files_and_iso_dates():
    rows = '<row r="1"><c r="A1" t="d"><v>2021-04-10</v></c><c r="B1"><v>12.50</v></c></row>'
    grid = grid_of(data(rows), main=STRICT, rels=STRICT_RELS)
    assert [str(v) for v in grid.rows[0]] == ["2021-04-10", "12.5"]


def test_a_namespace_prefix_changes_nothing():
    rows = '<x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:f>1</x:f><x:v>甲</x:v></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A1:B1"/></x:mergeCells>'
    assert grid_of(rows, prefix="x").rows == [["甲"]]


def test_chinese_builtin_date_formats_need_no_format_code():
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="31"/><xf numFmtId="57"/></cellXfs>'
    grid = grid_of(
        data('<row r="1"><c r="A1" s="1"><v>44296</v></c><c r="B1" s="2"><v>44296</v></c></row>'), styles=styles
    )
    assert [str(v) for v in grid.rows[0]] == ["2021-04-10"] * 2
    assert grid.marks[0, 1].number_format == 'yyyy"年"m"月"'


def test_shared_formulas_without_values_are_moved_to_their_row():
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><f t="shared" ref="C1:C2" si="0">A1+$B$1</f></c></row>'
        '<row r="2"><c r="A2"><v>5</v></c><c r="B2"/><c r="C2"><f t="shared" si="0"/></c></row>'
    )
    grid = grid_of(data(rows))
    assert [row[2] for row in grid.rows] == [3, 7]
    assert grid.marks[1, 2].formula == "=A2+$B$1"


def test_a_formula_whose_result_is_an_empty_text_is_blank_and_not_open():
    grid = grid_of(
        data('<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><f>IF(A1&gt;1,"x","")</f><v></v></c></row>')
    )
    assert (grid.rows, dict(grid.marks)) == ([[1]], {})


def test_the_fictional_day_of_1900_stays_a_number_and_days_before_it_are_right():
    styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="0"><v>{v}</v></c></row>' for n, v in enumerate((1, 59, 60, 61), 1))
    assert [str(r[0]) for r in grid_of(data(rows), styles=styles).rows] == [
        "1900-01-01",
        "1900-02-28",
        "60",
        "1900-03-01",
    ]


def test_entities_are_not_expanded():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    raw = workbook(data('<row r="1"><c r="A1" t="inlineStr"><is><t>PLACE</t></is></c></row>'))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            xml = old.read(info).decode()
            if "PLACE" in xml:
                xml = xml.replace("?>", "?>" + bomb, 1).replace("PLACE", "&b;")
            new.writestr(info.filename, xml)
    try:
        rows = read_bytes(out.getvalue(), "x")[0].grids[0].rows
    except UnreadableFile:
        return
    assert not rows or "aaaaaaaaaaaaaaaaaaaa" not in str(rows)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="0"><c r="A0"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>9</v></c></row>',
        '<row r="1"><c r="ABCDE1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>x</v></c></row>',
    ],
)
def test_impossible_cells_make_the_file_damaged(rows):
    with pytest.raises(UnreadableFile) as e:
        grid_of(data(rows))
    assert e.value.problem == "damaged"
