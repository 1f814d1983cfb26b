"""A workbook that takes figures from another one says so: what it holds is as old as its last saving."""

import io

import openpyxl
from openpyxl.packaging.relationship import Relationship
from openpyxl.workbook.external_link.external import ExternalBook, ExternalLink, ExternalSheetNames

from tally.readers import read_bytes


def linked(count: int) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = 12
    for n in range(count):
        link = ExternalLink(externalBook=ExternalBook(sheetNames=ExternalSheetNames(sheetName=["表"]), id="rId1"))
        link.file_link = Relationship(type="externalLinkPath", Target=f"上报{n}.xlsx", TargetMode="External", Id="rId1")
        book._external_links.append(link)
    book.save(out)
    return out.getvalue()


def test_links_to_other_workbooks_are_noted():
    (grid,) = read_bytes(linked(2), "x.xlsx")[0].grids
    assert grid.rows == [[12]] and any("其他 2 个工作簿" in note for note in grid.notes)
    assert read_bytes(linked(0), "x.xlsx")[0].grids[0].notes == ()
