"""Styles of Word documents: what is left out before they are parsed is nothing that anybody reads."""

import pytest

from tally.readers.package import parse_xml
from tally.readers.word_styles import without_parts

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRUCK = '<w:style w:styleId="a"><w:rPr><w:strike/></w:rPr></w:style>'
PART = '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>'


def styles(inside: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:styles xmlns:w="{W}">{inside}</w:styles>'.encode()


def table(*parts: str) -> str:
    return f'<w:style w:type="table" w:styleId="t"><w:pPr/>{"".join(parts)}</w:style>'


def test_the_looks_of_parts_of_tables_are_left_out():
    assert without_parts(styles(table(PART, PART) + STRUCK + table(PART))) == styles(table() + STRUCK + table())


@pytest.mark.parametrize(
    "inside",
    [
        table('<w:tblStylePr w:type="firstRow"/>') + STRUCK + table(PART),
        table('<w:tblStylePr w:type="first>Row"/>') + STRUCK + table(PART),
        '<!-- <w:tblStylePr w:type="firstRow"> -->' + STRUCK + table(PART),
        '<w:name><![CDATA[<w:tblStylePr w:type="firstRow">]]></w:name>' + STRUCK + table(PART),
        '<?note <w:tblStylePr w:type="firstRow">?>' + STRUCK + table(PART),
    ],
    ids=["closed at once", "odd type", "comment", "CDATA", "instruction"],
)
def test_no_style_is_lost_with_them(inside: str):
    root = parse_xml(without_parts(styles(inside)))
    assert [
        style.get(f"{{{W}}}styleId")
        for style in root.iterfind("{*}style")
        if style.find("{*}rPr/{*}strike") is not None
    ]


def test_a_part_within_a_part_is_still_xml():
    nested = '<w:tblStylePr w:type="firstRow">' + PART + "</w:tblStylePr>"
    assert len(parse_xml(without_parts(styles(table(nested) + STRUCK))))
