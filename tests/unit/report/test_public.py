"""The public edition lets no firm's name, code or contact through."""

import json
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pandas as pd
import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.report import Report, narrative, public
from tally.report.public import confidential
from tally.report.public.columns import Breakdown, Measure, Published
from tally.totals import Book, Figure, History, work_out
from tests.unit.totals.invented import firm, periods

BEFORE, NOW = periods()
NAME = firm("320902", 0)
SPACED = NAME.replace("样例", "样 例\u200b").replace("公司", " 公司")
PHONE = "13900000000"


def told_everywhere():
    """This period with a firm's name, a person and a phone in findings, file names and free text."""
    extra = {"message": f"{SPACED}联系人：示某某，电话{PHONE}", "found": NAME, "file": f"320902/{NAME}(示某甲).xlsx"}
    findings = pd.concat([NOW.findings, NOW.findings.iloc[[0]].assign(**extra)], ignore_index=True)
    sampling = NOW.forms["sampling"].copy()
    sampling.loc[0, "follow_up"] = f"责令{NAME}停售，{PHONE}"
    cells = NOW.cells.assign(file=NOW.cells["file"].str.replace("附件5", f"{NAME}附件5"))
    return replace(NOW, findings=findings, forms={**NOW.forms, "sampling": sampling}, cells=cells)


@cache
def written(edition):
    history = History(CAMPAIGN, (BEFORE, told_everywhere()))
    text = narrative.parse(f"# 取得成效\n{NAME}整改不到位。")
    report = Report(work_out(history), text, edition)
    bundles = [b._repr_mimebundle_() for b in report.blocks()]
    return json.dumps(bundles, ensure_ascii=False), report


def secrets():
    for tables in (BEFORE, NOW):
        for form in CAMPAIGN.forms:
            for field in form.fields:
                if field.confidential:
                    yield from tables.forms[form.name][field.name].dropna()


def test_no_hidden_string_survives_in_any_block():
    shown, _ = written("public")
    internal, _ = written("internal")
    found = [s for s in {*secrets(), SPACED, PHONE, "示某某"} if s in internal]
    assert len(found) > 100
    assert [s for s in found if s in shown] == []


def test_the_same_firm_has_the_same_letter_everywhere():
    _, report = written("public")
    assert "企业A整改不到位。" in report.results()[1].as_text()


def test_nothing_of_findings_files_or_single_firms_is_told():
    shown, report = written("public")
    assert not any(word in shown for word in ("数据质量", "差错", "疑点", "【待补充】", ".xlsx", "附件5"))
    assert report.provenance().figures == {} and report.forms() == () and report.quality() == ()


def test_small_numbers_are_left_out_and_totals_stand():
    _, report = written("public")
    tables = [block for block in report.cases() if block.kind == "table"]
    texts = {entry.text for table in tables for row in table.body for entry in row[1:]}

    assert tables and not {"1", "2"} & texts
    assert report.public.disclosure()["unique"] == 0


def test_what_a_part_leaves_of_its_whole_is_no_small_number_either():
    """查办案件15, 其中立案14 would tell of one case."""
    _, report = written("public")
    rests = []
    for table in (block for block in report.cases() if block.kind == "table"):
        heads = [head.text.partition("（")[0] for head in table.head[0]]
        if {"查办案件", "立案"} <= set(heads):
            at, of = heads.index("立案"), heads.index("查办案件")
            texts = [(row[of].text.rstrip("△"), row[at].text.rstrip("△")) for row in table.body]
            rests += [int(whole) - int(part) for whole, part in texts if whole.isdigit() and part.isdigit()]
    assert rests and not {1, 2} & set(rests)


def test_the_edition_has_no_mark_of_work():
    _, report = written("public")
    assert report.cover()[0].under == () if hasattr(report.cover()[0], "under") else report.cover()[0].lines == ()


def test_a_districts_own_name_or_a_small_number_in_a_contact_cell_hides_nothing():
    frame = NOW.forms["enterprises"].copy()
    frame.loc[0, ["address", "contact_phone", "legal_representative"]] = ["亭湖区", "12", "/"]
    mask = public.mask(CAMPAIGN, [replace(NOW, forms={**NOW.forms, "enterprises": frame})])
    assert mask.text("亭湖区12件/其中3件") == "亭湖区12件/其中3件"


def test_letters_go_on_after_z():
    assert [confidential.letters(n) for n in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]


def test_a_name_that_begins_a_longer_one_is_hidden_on_its_own_too():
    mask = public.Mask({"甲乙口罩厂": "企业A", "甲乙口罩厂分厂": "企业B"}, {"甲乙": (7, 5)})
    assert mask.text("查甲乙口罩厂分厂和甲乙口罩厂") == "查企业B和企业A"


def test_a_column_that_tells_hardly_anything_is_a_sentence_instead():
    _, report = written("public")
    blocks = report.cases()
    tables = [block for block in blocks if block.kind == "table"]
    for table in tables:
        for at in range(1, len(table.head[0])):
            column = [row[at].text for row in table.body[:-1]]
            assert 2 * column.count("※") <= len(column) - column.count("—"), table.caption
    said = "".join(block.as_text() for block in blocks if block.kind == "paragraph")
    assert "不予公布" in said and "全市共抽查企业" in said
    assert [table.caption[:2] for table in tables] == [f"表{n}" for n in range(1, len(tables) + 1)]


@pytest.mark.parametrize(("meant", "told"), [("900", "△"), ("9995", "9999△"), (None, "9999△")])
def test_a_number_suspected_to_be_far_off_is_told_when_it_is_checked(meant, told):
    book = Book()
    book.add(Figure("f.a.n.to_date", "", Decimal(9999), "件", "", doubt="疑", meant=meant and Decimal(meant)))
    measure = Measure("n", "数", "件")
    breakdown = Breakdown("f", "表", "类", {"a": "甲"}, (measure,), lambda key, name: f"f.{key or 'a'}.{name}.to_date")
    published = Published(breakdown, [book], CAMPAIGN)
    assert published.text("a", measure) + ("△" if published.uncertain("a", measure) else "") == told
