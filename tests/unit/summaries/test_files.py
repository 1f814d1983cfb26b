"""Summaries as files: whatever the format, the figures are compared and the passages sorted."""

from io import BytesIO

import docx
import pytest

from tally.check.explanations import load_explanations
from tests.unit.county.conftest import Folder, cases_sheet

TEXT = """亭湖区口罩产品质量提升专项整治行动工作总结
一、基本情况
截至5月31日，共出动执法人员32人次，检查经营者48户次，查办案件{handled}件，其中立案2件，结案1件，罚没1.5万元。
二、主要做法
（一）加强组织领导。成立工作专班，制定实施方案，召开部署会，压实属地监管责任，明确各股室职责和完成时限。
"""


def word(text: str) -> bytes:
    document, content = docx.Document(), BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(content)
    return content.getvalue()


FORMATS = {
    "总结.txt": lambda text: text.encode("gb18030"),
    "总结.md": lambda text: text.replace("一、", "## 一、").replace("二、", "## 二、").encode(),
    "总结.docx": word,
}


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def read(folder, name, handled, sheet=None):
    folder.put("亭湖区/附件4.xlsx", {"附件4": sheet or cases_sheet()})
    folder.put(f"亭湖区/{name}", FORMATS[name](TEXT.format(handled=handled)))
    return folder.read()


@pytest.mark.parametrize("name", FORMATS)
def test_a_summary_that_agrees_raises_nothing_and_gives_its_passages(folder, name):
    got = read(folder, name, handled=3)
    assert [f for f in got.all_findings if f.form == "summary"] == []
    assert [p.duty for p in got.passages] == ["1-1"]


@pytest.mark.parametrize("name", FORMATS)
def test_a_figure_that_differs_is_found_in_every_format(folder, name):
    (finding,) = (f for f in read(folder, name, handled=5).all_findings if f.form == "summary")
    assert (finding.field, finding.severity, finding.file) == ("cases_handled", "warning", f"亭湖区/{name}")
    assert "附件4!D12" in finding.expected and "查办案件5件" in finding.found


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("亭湖区口罩专项整治工作总结\n成立工作专班。检查经营者48户次。", True),
        ("工作总结已另行寄出，请查收。", False),
    ],
)
def test_a_short_text_is_a_summary_where_it_says_so_and_tells_something(folder, text, counts):
    folder.put("亭湖区/总结.txt", text.encode())
    assert (folder.read().summary is not None) == counts


def test_of_two_texts_the_one_that_calls_itself_a_summary_counts_and_the_other_is_named(folder):
    text = "本局查办口罩案件的几点体会：" + "办理口罩质量违法案件，要先排查底数，再抓抽检，对不合格的从快立案查处。" * 6
    folder.put("亭湖区/体会.txt", text)
    got = read(folder, "总结.txt", handled=3)
    assert got.summary.name == "亭湖区/总结.txt"
    (note,) = (f for f in got.all_findings if f.rule == "summary.several")
    assert note.severity == "note" and "体会.txt" in note.message


def test_a_disagreement_with_a_summary_can_be_explained(folder):
    path = folder.paths.explanations
    path.parent.mkdir(parents=True)
    line = "亭湖区,summary,,cases_handled,summary.disagrees,总结含上年结转案件2件,某甲,2021-06-03"
    path.write_text(f"unit,form,row,field,rule,explanation,who,when\n{line}\n", encoding="utf-8")
    (kept,), refused = load_explanations(path, folder.campaign)
    assert (kept.unit, kept.form, kept.field) == ("320902", "summary", "cases_handled") and refused == ()
