"""What a summary can state that a form also gives, and the words in which people state it.

A pattern is written over narrow text (half-width, no white space). It holds `{n}`, the amount; `{is}`, the
words that may stand before it (共, 累计, 达, 为); and `{unit}`; `{n2}` and `{unit2}` where the figure is told in two parts.
One without `{n}` states 0. In a repeated group no word is made of others, so that no text makes matching slow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, reduce

from tally.declare import Campaign, Field, Form
from tally.returns.summaries.amounts import AFTER, AMOUNT

_IS = r"(?:总数|总量|总额|总计|合计|累计|数量|数|共|计|达到|达|为|是|有|了|约合|人民币|:|\(){0,12}"
_AMONG = r"(?:各类|全部|涉及|涉疫|疫情|防疫|防控|物资|用品|口罩|产品|质量|领域|专项|整治|违法|违规|相关|有关|制售|假冒|伪劣|行政|案件|案|类|涉|的|了){0,12}?"
_KIND_OF_MASK = r"(?:各类|问题|不合格|假冒|伪劣|涉案|涉嫌|违法|违规|三无|“三无”|\"三无\"|劣质|非医用|医用|一次性|防护|3M|K?N95|品牌|和|、|的|了|等){0,12}"
_OPERATOR = r"(?:市场经营主体|市场主体|生产经营单位|生产经营者|经营主体|经营业户|经营单位|经营企业|经营户|经营者|各类主体|相关主体|商户|主体)(?:\([^)\d]{1,12}\))?"
_SAMPLED = r"抽(?:查|检|取|样(?:检[验测])?)"
_OF_PRODUCTS = r"(?:了|各类|口罩|非医用|产品|样品|共|计|合计|累计|完成|检验|检测|送检|监督|:|的|和|、){0,12}"
_MAKERS = r"(?:非医用口罩|(?<!医用)口罩)(?:产品)?生产(?:企业|厂家)"
_BAD = r"不合格(?:产品|样品|口罩|批次|品){0,4}"
_NONE_SENT = r"(?:没有|无|未有|暂无|不存在|没)(?:一家|任何)?(?:在产的?)?"


@dataclass(frozen=True)
class Measure:
    """A figure of `form`: a field of a matrix form's total row, or what is counted in a list form.

    `unit` is the form's; `continuous` measures are converted to it (元 to 万元), the others are counts.
    """

    form: str
    field: str
    label: str
    unit: str
    written: tuple[str, ...]  # units of measure as people write them, as patterns
    patterns: tuple[str, ...]
    continuous: bool = False
    unit_needed: bool = False  # without its unit the number could be anything
    nil: tuple[str, ...] = ()  # patterns that state 0

    @property
    def key(self) -> tuple[str, str]:
        return self.form, self.field


_CASES = ("件", "起", "宗", "例")
_MONEY = ("万元", "亿元", "元")
_GAINS = r"(?:违法所得|非法所得|违法财物|非法财物|物品|款物|货值|金额|款){0,3}"
_FIRMS = ("家次", "家", "户", "个")

_NOT = r"(?:未|没有|尚未|暂未|从未)"
_ITS = r"(?:口罩|相关|有关|此类|该类|涉及|涉|违法|专项|的){0,12}"
MEASURES = (
    Measure("cases", "officers_dispatched", "出动执法人员", "人次", ("人次", "人·次", "名次", "人", "名"),
            (r"出动(?:[^,;。\d车辆]{0,14}?){is}{n}{unit}", r"出动{n}{unit}"), unit_needed=True),
    Measure("cases", "operators_inspected", "检查经营者", "户/人", ("户次", "家次", "户人", "户/人", "户", "家", "个"),
            (rf"(?:检查|巡查|排查)[^,;。\d]{{0,30}}?{_OPERATOR}{{is}}{{n}}{{unit}}",
             r"(?:检查|巡查)[^,;。\d]{2,30}?等(?:各类|相关)?(?:单位|场所|门店|企业)?{is}{n}{unit}",
             rf"检查了?{{n}}{{unit}}(?:口罩)?(?:的)?{_OPERATOR}", r"检查{is}{n}(?P<u2>户次)"), unit_needed=True),
    Measure("cases", "cases_handled", "查办案件", "件", (*_CASES, "个"),
            (rf"(?<!立案)(?:查办|查处|办理){_AMONG}{{is}}{{n}}{{unit}}", rf"(?:查办|查处|办理)了?{{n}}{{unit}}{_AMONG}案件?"),
            nil=(rf"{_NOT}(?:查办|查处|办理|发生){_ITS}案件", rf"(?<!有)无{_ITS}案件")),
    Measure("cases", "cases_filed", "立案", "件", _CASES,
            (r"(?<!公安)(?<!公安机关)(?:已|共|依法|予以|其中){0,12}(?<!未)立案(?:查处|调查|处理|件数|案件|的){0,12}{is}{n}{unit}",
             r"(?<!公安){n}{unit}(?:已|予以|依法){0,12}立案"),
            nil=(rf"{_NOT}立案(?:查处|调查)?(?:{_ITS}案件)?(?=[,;。]|$)",)),
    Measure("cases", "cases_closed", "结案", "件", _CASES,
            (r"(?<!未)(?:已|共){0,12}(?:结案|办结)(?:件数|案件|的){0,12}{is}{n}{unit}", r"{n}{unit}(?:已|均已)(?:结案|办结)")),
    Measure("cases", "fines_confiscations", "罚没", "万元", _MONEY,
            (r"罚没(?:金额|款项|款物|财物|收入|资金|入库|到位|款|金){0,12}{is}{n}{unit}",
             rf"罚款(?:金额|款项){{0,2}}{{is}}{{n}}{{unit}}[、,和及并;]{{0,2}}没收{_GAINS}{{is}}{{n2}}{{unit2}}",
             rf"没收{_GAINS}{{is}}{{n}}{{unit}}[、,和及并;]{{0,2}}(?:并?处)?罚款(?:金额|款项){{0,2}}{{is}}{{n2}}{{unit2}}"), True, True),
    Measure("cases", "case_value", "案值", "万元", _MONEY,
            (r"(?:涉案)?(?:案值|货值)(?:金额)?{is}{n}{unit}", r"涉案金额{is}{n}{unit}"), True, True),
    Measure("cases", "masks_seized", "查获口罩", "万只", (*(f"{m}{u}" for m in ("万", "千", "百", "亿", "") for u in "只个片枚"),),
            (rf"(?:查获|查扣|扣押|收缴|没收|查封){_KIND_OF_MASK}口罩{{is}}{{n}}{{unit}}",
             rf"(?:查获|查扣|扣押|收缴|没收|查封)了?{{n}}{{unit}}{_KIND_OF_MASK}口罩"), True, True),
    Measure("cases", "cases_transferred", "移送公安机关案件数", "件", _CASES,
            (r"移送(?:至|给)?(?:公安|司法)(?:机关|部门)?(?:的|案件|线索|处理|涉嫌|犯罪){0,12}{is}{n}{unit}",
             r"(?:向|往|给)公安(?:机关|部门)移送(?:案件|线索){0,12}{is}{n}{unit}")),
    Measure("sampling", "batches", "抽查批次", "批次", ("个批次", "批次", "批", "个样品"),
            (rf"{_SAMPLED}{_OF_PRODUCTS}{{n}}{{unit}}",
             rf"{_SAMPLED}[^,;。\d]{{0,16}}?\d+(?:余)?家(?:次)?[^,;。\d]{{0,24}}?{{n}}{{unit}}"), unit_needed=True),
    Measure("sampling", "firms", "抽查企业", "家", ("家",),
            (rf"{_SAMPLED}(?:了|到|涉及|覆盖|共|计|累计){{0,12}}{{n}}{{unit}}(?:口罩)?(?:企业|单位|主体|经营者|的)",
             rf"{_SAMPLED}(?:了|口罩|相关|各类){{0,12}}(?:企业|单位|主体){{is}}{{n}}{{unit}}"), unit_needed=True),
    Measure("sampling", "failing", "不合格批次", "批次", ("个批次", "批次", "批", "个样品"),
            (rf"{_BAD}{{is}}{{n}}{{unit}}", r"{n}{unit}(?:次)?(?:产品|样品|口罩|为|检出|的){0,12}(?<!经检验)不合格"),
            unit_needed=True, nil=(r"(?:未|没有)(?:发现|检出|出现)(?:有)?不合格", r"(?:全部|均|全|都)(?:为|检验|检测){0,12}合格")),
    Measure("sampling", "passing", "合格批次", "批次", ("个批次", "批次", "批"),
            (r"(?<!不)合格(?:产品|样品|口罩){0,12}{is}{n}{unit}", r"{n}{unit}(?:产品|样品|口罩|为|均|检验){0,12}(?<!不)合格"), unit_needed=True),
    Measure("sampling", "failing_rate", "不合格发现率", "%", ("%",),
            (r"不合格(?:产品)?(?:发现|检出)?率{is}{n}{unit}",), True, True),
    Measure("sampling", "passing_rate", "合格率", "%", ("%",), (r"(?<!不)合格率{is}{n}{unit}",), True, True),
    Measure("enterprises", "firms", "非医用口罩生产企业", "家", ("家", "户", "个"),
            (rf"{_MAKERS}{{is}}{{n}}{{unit}}", rf"(?:共有|现有|有|排查出|摸排出|登记在册的?|在册){{n}}{{unit}}{_MAKERS}"),
            unit_needed=True, nil=(rf"{_NONE_SENT}{_MAKERS}",)),
    Measure("enterprises", "producing", "在产企业", "家", ("家", "户", "个"),
            (r"(?:在产|正常生产|在生产|生产中)(?:企业|的|厂家){0,12}{is}{n}{unit}", r"{n}{unit}(?:企业)?(?:为|处于|仍)?(?:在产|正常生产)(?![企的])"),
            unit_needed=True),
    Measure("enterprises", "stopped", "停产企业", "家", ("家", "户", "个"),
            (r"(?<!转产、)停产(?:企业|的|厂家){0,12}{is}{n}{unit}", r"{n}{unit}(?:企业)?(?:为|处于|已)?停产(?![企的、])"), unit_needed=True),
)  # fmt: skip


LABELS = {
    **{m.field: m.label for m in MEASURES},
    "firms": "企业家数",  # of the roster or of the samples: the finding's text says which
}


def measures_of(campaign: Campaign) -> tuple[Measure, ...]:
    """The measures that the campaign's forms give: those of `MEASURES`, and the total row of any other matrix form."""
    forms = {f.name: f for f in campaign.forms}
    known = [m for m in MEASURES if m.form in forms and _gives(forms[m.form], m)]
    keys = {m.key for m in known}
    matrices = (f for f in campaign.forms if f.layout == "matrix" and f.total)
    return (
        *known,
        *(_declared(f, x) for f in matrices for x in f.fields if x.numeric and (f.name, x.name) not in keys),
    )


def _gives(form: Form, measure: Measure) -> bool:
    if form.layout == "matrix":
        return bool(form.total) and measure.field in {f.name for f in form.fields}
    return {"enterprise"} <= {f.name for f in form.fields}


def _declared(form: Form, field: Field) -> Measure:
    """A field by its own label and other names, with its unit."""
    names = "|".join(re.escape(n) for n in (field.noun, *field.aliases))
    units = tuple(re.escape(u) for u in {field.unit, *field.unit.split("/")} if u)
    return Measure(
        form.name, field.name, field.noun, field.unit, units or ("个",), (rf"(?:{names}){{is}}{{n}}{{unit}}",),
        continuous=field.kind == "quantity", unit_needed=True,
    )  # fmt: skip


@cache
def compiled(measure: Measure) -> tuple[re.Pattern[str], ...]:
    """The measure's patterns with the groups n, unit and after; those that state 0 have none."""
    units = "|".join(sorted(measure.written, key=len, reverse=True))
    unit = rf"(?P<unit>{units})(?P<after>{AFTER})"
    if not measure.unit_needed:
        unit = rf"(?:{unit}|(?=[,;。、)]|$))"
    macros = {"{is}": _IS, "{n}": f"(?P<n>{AMOUNT})", "{unit}": unit}
    macros |= {"{n2}": f"(?P<n2>{AMOUNT})", "{unit2}": f"(?P<unit2>{units})"}
    filled = [reduce(lambda text, macro: text.replace(macro, macros[macro]), macros, p) for p in measure.patterns]
    return tuple(re.compile(p) for p in (*filled, *measure.nil))


NIL = Decimal(0)
