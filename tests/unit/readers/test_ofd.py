"""OFD, the fixed layout of official documents: text by its place, tables by their lines, as in a PDF."""

from __future__ import annotations

import io
import zipfile

import pytest

from benchmarks.parcels.packing import ofd
from tally.errors import UnreadableFile
from tally.readers import read_bytes

TABLE = [["类别", "查办案件", "结案"], ["价格类案件", "12", "3"], ["质量类案件", "", "1,204"], ["合计", "12", "1,207"]]
PAGE = ofd(TABLE, ["口罩案件查处情况统计表", "填报单位：亭湖区"], "审核人：某甲")
CONTENT = "Doc_0/Pages/Page_0/Content.xml"


def changed(data: bytes, old: str, new: str, more: dict[str, str] | None = None) -> bytes:
    """The file with words in its parts replaced, and parts added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).decode().replace(old, new))
        for name, text in (more or {}).items():
            after.writestr(name, text)
    return out.getvalue()


def test_a_ruled_table_is_read_with_what_stands_around_it():
    (document,) = read_bytes(PAGE, "附件4.ofd")
    (grid,) = document.grids
    assert [[v or "" for v in row] for row in grid.rows] == TABLE
    assert grid.before == ("口罩案件查处情况统计表", "填报单位：亭湖区") or list(grid.before) == [
        "口罩案件查处情况统计表", "填报单位：亭湖区",
    ]  # fmt: skip
    assert list(grid.after) == ["审核人：某甲"] and document.kind == "ofd"


def test_distances_of_characters_may_be_written_once_for_many():
    data = changed(PAGE, 'DeltaX="3.0 3.0 3.0 3.0"', 'DeltaX="g 4 3.0"')
    assert data != PAGE and read_bytes(data, "x")[0].grids[0].rows[1][0] == "价格类案件"


@pytest.mark.parametrize(
    "hidden", ['<ofd:TextObject Visible="false" ', '<ofd:PageBlock Visible="false"><ofd:TextObject ']
)
def test_what_is_not_shown_is_not_read(hidden):
    shown = '<ofd:TextObject Boundary="191.0 40.0'
    closing = "</ofd:TextObject></ofd:PageBlock>" if "PageBlock" in hidden else "</ofd:TextObject>"
    before, _, after = zipfile.ZipFile(io.BytesIO(PAGE)).read(CONTENT).decode().partition(shown)
    rest = after.replace("</ofd:TextObject>", closing, 1)
    data = changed(PAGE, shown + after, hidden + shown.removeprefix("<ofd:TextObject ") + rest)
    assert before and [r[2] or "" for r in read_bytes(data, "x")[0].grids[0].rows] == ["结案", "", "1,204", "1,207"]


def test_a_remark_put_over_the_page_is_said():
    note = '<a xmlns:ofd="x"><ofd:TextObject><ofd:TextCode>应为16</ofd:TextCode></ofd:TextObject></a>'
    (document,) = read_bytes(changed(PAGE, "", "", {"Doc_0/Annots/Page_0/Annotation.xml": note}), "x")
    assert any("应为16" in ink.text for ink in document.grids[0].ink)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("价格类案件", "\ue101\ue102", "unmapped"),
        ("</ofd:Layer>", '<ofd:ImageObject Boundary="0 0 297 210"/></ofd:Layer>', "picture"),
        ("Pages/Page_0/Content.xml", "Pages/Page_9/Content.xml", "damaged"),
        ('<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>', "", "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(old, new, problem):
    with pytest.raises(UnreadableFile) as e:
        read_bytes(changed(PAGE, old, new), "x")
    assert e.value.problem == problem
