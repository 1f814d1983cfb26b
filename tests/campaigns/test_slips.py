"""A slip in a campaign's own files is refused when it is loaded: in Chinese, with the file and the line."""

import re
from dataclasses import MISSING, fields, replace
from datetime import date
from decimal import Decimal

import pytest

from tally import campaigns, rules
from tally.campaigns import masks_2021
from tally.campaigns._skeleton import CAMPAIGN as SKELETON
from tally.campaigns.new import new_campaign
from tally.campaigns.soundness import slips
from tally.catalogue import SAYINGS
from tally.check.findings import check_all, check_return, check_unit
from tally.declare import Campaign, Category, Choice, Field, Form, Period, Rule, Unit
from tally.errors import TallyError
from tests.forms.inline import _return, tables

EDITS = [
    # file, what stands there, what it becomes, the place told, what is told
    ("units.csv", "990002,乙区", "990001,乙区", "units.csv 第 3 行", "990001"),
    ("units.csv", "990002,乙区", "990002,", "units.csv 第 3 行", "name"),
    ("units.csv", "code,name", "kode,name", "units.csv 第 1 行", "code"),
    ("units.csv", "parent,office", "parent,ofice", "units.csv 第 1 行", "office"),
    ("units.csv", "乙,990000", "乙,980000", "__init__.py 第", "980000"),
    ("periods.csv", "2021-06-01", "2021-05-20", "periods.csv 第 3 行", "重叠"),
    ("periods.csv", "2021-06-30", "2021-04-30", "periods.csv 第 3 行", "早于"),
    ("periods.csv", "2021-07-05,2021-07-05", "2021-07-05,下月", "periods.csv 第 3 行", "下月"),
    ("periods.csv", "due_problems", "due_problem", "periods.csv 第 1 行", "due_problems"),
    ("periods.csv", "due_problems", "deu_problems", "periods.csv 第 1 行", "deu_problems"),
    ("inspections.py", 'lower="mended"', 'lower="mend"', "inspections.py 第", "mended"),
    ("inspections.py", 'basis=("visits",)', 'basis=("visit",)', "inspections.py 第", "visits"),
    ("inspections.py", 'total="total"', 'total=""', "inspections.py 第", "total"),
    ("inspections.py", 'Field("visits", "检查家数"', 'Field("unit", "检查家数"', "inspections.py 第", "unit"),
    ("inspections.py", '"完成整改"', '"发现问题"', "inspections.py 第", "发现问题"),
    ("inspections.py", 'number="附件1"', 'numero="附件1"', "inspections.py 第", "没有名为 numero 的设置"),
    ("problems.py", 'field="found_on"', 'field="state"', "problems.py 第", "日期"),
    ("problems.py", 'fields=("state",)', 'fields=("keeper",)', "problems.py 第", "选项"),
    ("__init__.py", 'form="inspections"', 'form="inspection"', "__init__.py 第", "inspections"),
    ("__init__.py", "NotCopied(", "NotCopid(", "__init__.py 第", "NotCopid"),
    ("__init__.py", '"990000"', '"990009"', "__init__.py 第", "990009"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "place", "told"), EDITS, ids=[f"{e[0]}-{e[2][:24]}" for e in EDITS])
def test_a_slip_is_refused_in_chinese_at_its_line(tmp_path, file, old, new, place, told):
    path = new_campaign("slips", tmp_path) / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(TallyError) as refused:
        campaigns.load("slips", tmp_path)
    said = str(refused.value)
    assert place in said and told in said
    assert not re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", said), "no English sentence"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_units_and_periods_may_come_from_excel(tmp_path, encoding):
    made = new_campaign("excel", tmp_path)
    for name in ("units.csv", "periods.csv"):
        text = (made / name).read_text("utf-8").replace("code,name", "代码,名称").replace("2021-05-01", "2021/5/1")
        (made / name).write_bytes(text.replace("2021-05-31", "2021年5月31日").encode(encoding))
    loaded = campaigns.load("excel", tmp_path)
    assert [u.name for u in loaded.units] == ["甲县", "乙区"]
    assert (loaded.periods[0].start, loaded.periods[0].end) == (date(2021, 5, 1), date(2021, 5, 31))


@pytest.mark.parametrize("name", ["units.csv", "periods.csv"])
@pytest.mark.parametrize("left", ["", "heading"])
def test_an_empty_list_of_units_or_periods_is_refused(tmp_path, name, left):
    path = new_campaign("empty", tmp_path) / name
    path.write_text(path.read_text("utf-8").splitlines()[0] + "\n" if left else "", "utf-8")
    with pytest.raises(TallyError, match=f"{name} 第"):
        campaigns.load("empty", tmp_path)


def test_the_campaigns_that_ship_have_no_slip():
    assert [*slips(masks_2021.CAMPAIGN), *slips(SKELETON)] == []


KINDS = ("seq", "count", "quantity", "text", "choice", "yesno", "date", "credit_code", "phone")
VALUES = {"seq": "1", "count": "3", "quantity": "2.5", "choice": "甲", "yesno": "是", "date": "2021-05-06"}
OTHERS = {"steps": (("停业", ("停业",)),), "category": "a", "due": date(2021, 5, 1), "cap": Decimal(1), "usual": Decimal(1), "most": Decimal(1), "least": 1, "small": "元"}  # fmt: skip


def _form(kind: str, layout: str) -> Form:
    choices = (Choice("甲"), Choice("乙")) if kind == "choice" else ()
    columns = (Field("x", "某栏", kind, choices=choices, required=True), Field("n", "件数", "count", cumulative=True))
    if layout == "list":
        return Form("f", "附件1", "某表", "list", columns, key=("x",))
    rows = (Category("a", "甲类"), Category("b", "乙类"), Category("total", "合计"))
    return Form("f", "附件1", "某表", "matrix", columns, rows, total="total")


def _made(kind: type[Rule]) -> Rule:
    """A rule of that class, every column it asks for being the one that is tried."""
    settings: dict[str, object] = {"id": "f.tried"}
    for setting in fields(kind):
        if setting.name in kind.asks:
            settings[setting.name] = ("x",) if "tuple" in str(setting.type) else "x"
        elif setting.name in ("form", "fields", "field"):
            settings[setting.name] = {"form": "f", "fields": ("x",), "field": "x"}[setting.name]
        elif setting.name != "id" and setting.default is MISSING:
            settings[setting.name] = OTHERS[setting.name]
    return kind(**settings)


RULES = [getattr(rules, name) for name in dict.fromkeys(key.partition("/")[0] for key in SAYINGS)]


@pytest.mark.parametrize("layout", ["matrix", "list"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.__name__)
def test_every_rule_works_on_every_kind_of_column_or_is_refused(rule, kind, layout):
    made = _made(rule)
    form = replace(_form(kind, layout), rules=(made,) if made.scope == "form" else ())
    period = Period("2021-05", date(2021, 5, 1), date(2021, 5, 31))
    campaign = Campaign(
        "c", "某专项", "某局", "某号", Unit("99", "某市"), (Unit("01", "甲县"), Unit("02", "乙县"), Unit("03", "丙县")),
        (form,), (period,), rules=() if made.scope == "form" else (made,),
    )  # fmt: skip
    if list(slips(campaign)):
        return
    returns = [_filled(form, kind, unit.code) for unit in campaign.units]
    own = {"f": returns[0]}
    findings = [
        *check_return(form, returns[0], returns[0]),
        *check_unit(campaign, period, campaign.units[0], own, own),
        *check_all(campaign, period, tables(*returns, campaign=campaign), None),
    ]
    assert all(f.rule == "f.tried" and f.form == "f" for f in findings)


def _filled(form: Form, kind: str, unit: str):
    value = VALUES.get(kind, "某某")
    if form.layout == "list":
        return _return(form, f"x | n\n{value} | 5\n{value} | 5\n | ", unit)
    return _return(form, f"category | x | n\na | {value} | 5\nb | {value} | 5\ntotal | {value} | 9", unit)
