"""Formats that LibreOffice writes or turns into others. Left out where it is not installed."""

import io
import subprocess

import docx
import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from tally.errors import UnreadableFile
from tally.readers import convert, read_bytes

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(convert.converter() is None, reason="LibreOffice is not installed"),
]


def written_by_libreoffice(data: bytes, source: str, to: str, folder) -> bytes:
    path = folder / f"a.{source}"
    path.write_bytes(data)
    profile = (folder / "profile").as_uri()
    command = [
        convert.converter(),
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        to,
        "--outdir",
        str(folder),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / f"a.{to}").read_bytes()


def workbook() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    ws = book.active
    ws.append(["题", None, None])
    ws.merge_cells("A1:C1")
    ws.append([12, 0.1, "=A2+B2"])
    ws.append([0.05, "甲", "=1/0"])
    ws["A3"].number_format = "0.0%"
    ws["B3"].font, ws["B3"].comment = Font(strike=True), Comment("注意", "某")
    ws.row_dimensions[2].hidden = True
    book.create_sheet("上期").sheet_state = "hidden"
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("to", ["xlsx", "xls", "ods", "fods"])
def test_workbooks_that_libreoffice_writes(to, tmp_path):
    if to == "xlsx":
        data = convert.converted(workbook(), "xlsm", "xlsx")
    else:
        data = written_by_libreoffice(workbook(), "xlsx", to, tmp_path)
    shown, hidden = read_bytes(data, "x")[0].grids
    assert shown.rows == [["题", None, None], [12, 0.1, 12.1], [0.05, "甲", None]]
    assert [tuple(m) for m in shown.merges] == [(0, 0, 0, 2)]
    assert (shown.hidden_rows, hidden.hidden) == ({1}, True)
    assert shown.marks[1, 2].problem == ""
    assert shown.marks[2, 2].problem == "#DIV/0!"
    assert (shown.marks[2, 1].struck, shown.marks[2, 1].comment) == (True, "注意")
    assert shown.marks[2, 0].number_format == "0.0%"


def document() -> bytes:
    made, out = docx.Document(), io.BytesIO()
    made.add_paragraph("填报单位：某某区")
    table = made.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "题"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "竖"
    table.cell(2, 2).text = "9"
    made.add_paragraph("注：某")
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize("to", ["doc", "rtf", "odt"])
def test_old_and_rare_documents_are_read_through_libreoffice(to, tmp_path):
    (found,) = read_bytes(written_by_libreoffice(document(), "docx", to, tmp_path), "总结.wps")
    grid = found.grids[0]
    assert (found.kind, found.file) == (to, "总结.wps")
    assert grid.rows == [["题", None, None], ["竖", None, None], [None, None, "9"]]
    assert (grid.before, grid.after) == (("填报单位：某某区",), ("注：某",))
    assert any("LibreOffice" in note for note in grid.notes)


def test_without_a_converter_the_problem_says_so(monkeypatch):
    monkeypatch.setattr(convert, "converter", lambda: None)
    with pytest.raises(UnreadableFile, match="needs_converter"):
        read_bytes(rb"{\rtf1 x}", "a.doc")
