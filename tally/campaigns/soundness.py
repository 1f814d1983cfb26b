"""Whether a declaration can hold: slips that would otherwise switch a rule off, or stop every unit, are told when it is loaded.

Each slip is the fact, the remedy, and the words by which its line is found in the campaign's own files.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tally.declare import Campaign, Field, Form, Rule

WANTED: dict[str, tuple[str, frozenset[str]]] = {  # what a rule asks of a column: in words, and the kinds that will do
    "any": ("任一种栏目", frozenset()),
    "number": ("数字（count、quantity）", frozenset(("count", "quantity"))),
    "date": ("日期（date）", frozenset(("date",))),
    "choice": ("选项（choice、yesno）", frozenset(("choice", "yesno"))),
    "words": ("文字（text、choice、yesno、credit_code、phone）", frozenset(("text", "choice", "yesno", "credit_code", "phone"))),
    "order": ("序号（seq、count）", frozenset(("seq", "count"))),
}  # fmt: skip
TABLES = frozenset(
    ("cells", "findings", "returns", "passages", "texts", "totals", "figures", "periods", "units", "summary")
)
COLUMNS = frozenset(("unit", "category", "row", "period", "form", "reporter", "firm"))
_LAYOUTS = {"matrix": "类别表", "list": "清单"}


@dataclass(frozen=True, slots=True)
class Slip:
    """`near`: texts that stand on the line to mend, the surest first."""

    fact: str
    remedy: str
    near: tuple[str, ...] = ()


def slips(campaign: Campaign) -> Iterator[Slip]:
    """What of the declaration cannot be meant."""
    yield from _parties(campaign)
    yield from _forms(campaign)
    yield from _due(campaign)
    known = {rule.id for rule in _rules(campaign)}
    for form in campaign.forms:
        for rule in form.rules:
            yield from _rule(rule, form, known)
    for rule in campaign.rules:
        yield from _across(rule, campaign, known)


def _rules(campaign: Campaign) -> Iterator[Rule]:
    yield from campaign.rules
    for form in campaign.forms:
        yield from form.rules


def _parties(campaign: Campaign) -> Iterator[Slip]:
    if not campaign.units:
        yield Slip(
            "units.csv 第 2 行起没有一个报送单位", "请每行写一个报送单位：代码、名称", ("units_from_csv", "units=")
        )
    if not campaign.periods:
        yield Slip(
            "periods.csv 第 2 行起没有一个报送期", "请每行写一期：名称、起止日期", ("periods_from_csv", "periods=")
        )
    above = {"", campaign.top.code, *(a.code for a in campaign.areas)}
    for unit in campaign.units:
        if unit.parent not in above:
            yield Slip(
                f"{unit.name}（{unit.code}）的上级 parent 写的是 {unit.parent}，而汇总到的一级 top 是 {campaign.top.code}",
                f"请把 units.csv 的 parent 改为 {campaign.top.code}，或改正 top 的代码",
                (f'"{campaign.top.code}"', "top="),
            )
    known = ("summary", *(f.name for f in campaign.forms))
    for unit in campaign.units:
        for form in unit.forms:
            if form not in known:
                fact = f"{unit.name}（{unit.code}）须报的表 forms 写的是 {form}，没有这张表{_similar(form, known)}"
                yield Slip(fact, f"请在 units.csv 改正，几张表用 | 隔开；可用：{'、'.join(known)}", (f"{unit.code},",))
    for rule, count in Counter(r.id for r in _rules(campaign)).items():
        if count > 1:
            yield Slip(f"规则 {rule} 声明了 {count} 次", "请给每条规则另起编号", (f'"{rule}"',))


def _forms(campaign: Campaign) -> Iterator[Slip]:
    if not campaign.forms:
        yield Slip("没有声明任何统计表", "请在 forms 里写上至少一张表", ("forms=",))
    for name, count in Counter(f.name for f in campaign.forms).items():
        if count > 1:
            yield Slip(f"有 {count} 张表都叫 {name}", "请给每张表一个不同的 name", (f'"{name}"',))
    for form in campaign.forms:
        if form.name in TABLES:
            remedy = "请另起一个名称，如 problem_list；表上的标题不受影响"
            yield Slip(f"表的名称 {form.name} 是程序自己的一张数据表", remedy, (f'"{form.name}"',))
        for column in form.fields:
            if column.name in COLUMNS:
                remedy = f"请另起一个名称，如 {column.name}_name；表头不受影响"
                fact = f"《{form.title}》的栏目名称 {column.name} 是程序自己的一栏"
                yield Slip(fact, remedy, (f'Field("{column.name}"', f'"{column.name}"'))
        yield from _labels(form)
        yield from _ratios(form)
        yield from _subtotals(form)


def _subtotals(form: Form) -> Iterator[Slip]:
    """A subtotal is of rows that are none themselves."""
    parts = [c.name for c in form.parts]
    for category in form.categories:
        for name in category.of:
            if name not in parts:
                fact = f"《{form.title}》的小计行“{category.label}”写明含 {name!r}，没有这一类{_similar(name, parts)}"
                yield Slip(fact, "小计的 of 只写明细行，不写合计和别的小计", (f'"{name}"', f'"{category.name}"'))


def _ratios(form: Form) -> Iterator[Slip]:
    """What a ratio is of must be columns that are added up."""
    known = {f.name for f in form.fields if f.summed}
    for column in form.fields:
        for name in column.ratio_of:
            if name not in known:
                fact = f"《{form.title}》的“{column.label}”写明是 {name!r} 的比率，没有这个可相加的数字栏{_similar(name, known)}"
                yield Slip(fact, "请改正 ratio_of 的两栏：分子、分母", (f'"{name}"', f'"{column.name}"'))


def _labels(form: Form) -> Iterator[Slip]:
    """Two columns, or two rows, that are headed alike cannot be told apart in a return."""
    for what, things in (("栏目", form.fields), ("类别", form.categories)):
        for label, count in Counter(t.label for t in things).items():
            if count > 1:
                fact = f"《{form.title}》有 {count} 个{what}都写作“{label}”"
                yield Slip(fact, "请写成表上各不相同的字样", (f'"{label}"',))


def _due(campaign: Campaign) -> Iterator[Slip]:
    known = ["summary", *(f.name for f in campaign.forms)]
    for name in dict.fromkeys(name for period in campaign.periods for name in period.due):
        if name not in known:
            yield Slip(
                f"periods.csv 第 1 行的列 due_{name} 没有对应的统计表{_similar(name, known)}",
                f"可用：{'、'.join(f'due_{k}' for k in known)}",
                ("periods_from_csv",),
            )


def _similar(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), 1)
    return f"，是不是 {close[0]}" if close else ""


def _rule(rule: Rule, form: Form, known: set[str]) -> Iterator[Slip]:
    """What a rule asks of the form it judges."""
    name = f"规则 {rule.id}（{type(rule).__name__}）"
    near = (f'"{rule.id}"',)
    if form.layout not in rule.layouts:
        fits, has = _LAYOUTS[rule.layouts[0]], _LAYOUTS[form.layout]
        yield Slip(f"{name}只能用于{fits}，《{form.title}》是{has}", "请换一种规则，或删去这条", near)
        return
    for problem in (*_structure(rule, form), *_columns(rule, form), *_implied(rule, known)):
        yield Slip(f"{name}{problem}", "请改正后重试；各种规则见 docs/rules.md", near)


def _structure(rule: Rule, form: Form) -> Iterator[str]:
    kind = type(rule).__name__
    numbers = [f for f in form.fields if f.numeric]
    if kind in ("TotalIsSum", "NotCityTotal") and not form.total:
        yield f"要有合计行，《{form.title}》没有声明 total"
    if kind in ("TotalIsSum", "NotNegative", "NotStale", "NotCopied", "NotCityTotal") and not numbers:
        yield f"要有数字栏，《{form.title}》一栏也没有"
    if kind == "WholeNumbers" and not any(f.kind == "count" for f in form.fields):
        yield f"查的是整数栏（count），《{form.title}》一栏也没有"
    if kind == "NeverFalls" and not any(f.cumulative for f in form.fields):
        yield f"查的是累计栏，《{form.title}》没有一栏写明 cumulative=True"
    if kind in ("Duplicate", "NoOverlap", "NothingVanishes", "NotRewritten") and not form.key:
        yield f"要靠 key 认出同一条记录，《{form.title}》没有声明 key"
    if kind == "Filled" and not getattr(rule, "fields", ()) and not any(f.required for f in form.fields):
        yield f"没有写 fields，《{form.title}》也没有必填的栏目（required=True）"


def _columns(rule: Rule, form: Form) -> Iterator[str]:
    fields = {f.name: f for f in form.fields}
    for setting, wanted in rule.asks.items():
        value = getattr(rule, setting)
        for name in (value,) if isinstance(value, str) else value:
            if name:
                yield from _column(name, setting, wanted, fields, form)


def _column(name: str, setting: str, wanted: str, fields: dict[str, Field], form: Form) -> Iterator[str]:
    words, kinds = WANTED[wanted]
    if name not in fields:
        yield f"的 {setting} 写的是 {name!r}，《{form.title}》没有这一栏{_similar(name, fields)}"
    elif kinds and fields[name].kind not in kinds:
        yield f"的 {setting} 要的是{words}，{name}“{fields[name].label}”却是 {fields[name].kind}"


def _implied(rule: Rule, known: set[str]) -> Iterator[str]:
    for other in rule.implied_by:
        if other not in known:
            yield f"的 implied_by 写的是 {other!r}，没有这条规则{_similar(other, known)}"


def _across(rule: Rule, campaign: Campaign, known: set[str]) -> Iterator[Slip]:
    """What a rule over several forms, periods or units asks of the forms that it names."""
    name, near = f"规则 {rule.id}（{type(rule).__name__}）", (f'"{rule.id}"',)
    if rule.scope == "form":
        yield Slip(f"{name}只看一张表，不能写在专项的 rules 里", "请移到那张表的 rules 里", near)
        return
    forms = {f.name: f for f in campaign.forms}
    if form := getattr(rule, "form", ""):
        if form not in forms:
            yield Slip(
                f"{name}的 form 写的是 {form!r}，没有这张表{_similar(form, forms)}", f"可用：{'、'.join(forms)}", near
            )
        else:
            yield from _rule(rule, forms[form], known)
    for form, columns in rule.needs.items():
        wanted = [c for c in columns if form in forms and c not in forms[form].field_names]
        if form not in forms:
            yield Slip(f"{name}要看名为 {form} 的表，没有声明这张表", "请删去这条规则，或给表起这个名称", near)
        elif wanted:
            yield Slip(f"{name}要看表 {form} 的栏目 {'、'.join(wanted)}，没有声明", "请补上栏目，或删去这条规则", near)
