"""For each declared rule one return that passes it and one that fails it, with the cells it must name.

`PASS` returns are the clean tables below; each failing one differs from them as written here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tally.model import Return
from tests.forms.inline import matrix, records

CODES = ("91320900MA1ABCDE0M", "91320900MA2FGHJK05", "91320900MA3LMNPQ0L")  # invented, right check digits

CASES = """
category|officers_dispatched|operators_inspected|cases_handled|cases_filed|cases_closed|fines_confiscations|case_value|masks_seized|cases_transferred
price|120|150|5|4|3|2.5|3.1|0.2|0
quality|320|410|12|11|9|11.6|20.4|13.5|1
unfair_competition|20|31|2|2|1|1.2|2.0|0|0
intellectual_property|35|40|3|3|2|4.06|3.2|1.1|0
drug_device_licensing|66|80|4|3|3|3.3|2.9|0.4|0
false_advertising|18|25|1|1|1|0.9|0|0|0
other|12|14|2|2|1|0.05|0|0|0
total|591|750|29|26|20|23.61|31.6|15.2|1
"""
ENTERPRISES = f"""
seq|enterprise|credit_code|licences|production_status|enterprise_size|established|daily_capacity
1|甲一口罩厂|{CODES[0]}|齐全|在产|小型|2019-05-01|12.5
2|乙二防护用品有限公司|{CODES[1]}|齐全|在产|微型|2020-03-10|3
3|丙三纺织（甲区）有限公司|{CODES[2]}|齐全|停产|中型|2015-01-01|40
"""
STEPS = "责令停售，排查流向，限期整改并复查，立案处罚，召回，通报商务和海关，信用公示"
SAMPLING = f"""
seq|product_name|model|enterprise|result|failed_items|failed_quantity|entered_market|market_destination|follow_up|production_status|enterprise_size|established
1|日常防护口罩|平面型|甲一口罩厂|合格||||||在产|小型|
2|日常防护口罩|立体型|甲一口罩厂|不合格|过滤效率|2000|是|邻市甲商场|{STEPS}|在产|小型|
3|儿童口罩|S|乙二防护用品有限公司|不合格|标识|500|否||{STEPS}||微型|2020-03-10
"""


@dataclass(frozen=True)
class Example:
    """`bad` breaks the rule at `at` (rows and cells); `severity` as the finding must have."""

    bad: Return
    at: tuple[tuple[str, str], ...]
    severity: str = "error"
    good: Return | None = None  # where the clean table does not show that the rule can pass


@dataclass(frozen=True)
class UnitExample:
    """Returns of one unit and of its last period, that pass or fail a rule across forms or periods."""

    bad: tuple[Return, ...]
    at: tuple[tuple[str, str], ...]
    before: tuple[Return, ...] = ()
    good: tuple[Return, ...] = ()
    severity: str = "warning"
    settings: Mapping[str, str] = field(default_factory=dict)


def changed(text: str, changes: Mapping[tuple[str, str], str], without: tuple[str, ...] = ()) -> str:
    """An inline table with some cells written anew: keyed by (row key or record number, field)."""
    head, *lines = [line.split("|") for line in text.strip().splitlines()]
    keyed = head[0] == "category"
    rows = {line[0] if keyed else str(i): line for i, line in enumerate(lines, 1)}
    for (row, name), value in changes.items():
        rows[row][head.index(name)] = value
    return "\n".join("|".join(line) for line in (head, *(v for k, v in rows.items() if k not in without)))


def cases(changes=None, without=(), **kw) -> Return:
    return matrix(changed(CASES, changes or {}, without), **kw)


def enterprises(changes=None, without=(), **kw) -> Return:
    return records("enterprises", changed(ENTERPRISES, changes or {}, without), reported=date(2021, 5, 31), **kw)


def sampling(changes=None, without=(), **kw) -> Return:
    return records("sampling", changed(SAMPLING, changes or {}, without), reported=date(2021, 5, 31), **kw)


def column(name: str, value: str, total: str) -> dict[tuple[str, str], str]:
    """A column of form 4 with the same text in every part row."""
    keys = [line.split("|")[0] for line in CASES.strip().splitlines()[1:]]
    return {(k, name): total if k == "total" else value for k in keys}


CLEAN = {"cases": cases(), "enterprises": enterprises(), "sampling": sampling()}

FORM_EXAMPLES: dict[str, Example] = {
    "cases.rows_present": Example(cases(without=("other",)), (("other", ""),)),
    "cases.not_negative": Example(cases({("quality", "masks_seized"): "-13.5"}), (("quality", "I3"),)),
    "cases.whole_number": Example(cases({("price", "cases_handled"): "5.5→"}), (("price", "D2"),)),
    "cases.total_equals_sum": Example(cases({("total", "cases_handled"): "30"}), (("total", "D9"),)),
    "cases.shared_column": Example(cases(column("officers_dispatched", "", "591")), (("total", "B9"),), "warning"),
    "cases.repeated_sum": Example(cases(column("officers_dispatched", "100", "700")), (("total", "B9"),), "warning"),
    "cases.filed_at_most_handled": Example(cases({("quality", "cases_filed"): "13"}), (("quality", "E3"),)),
    "cases.closed_at_most_handled": Example(cases({("quality", "cases_closed"): "13"}), (("quality", "F3"),)),
    "cases.transferred_at_most_handled": Example(cases({("quality", "cases_transferred"): "13"}), (("quality", "J3"),)),
    "cases.closed_at_most_filed": Example(
        cases({("quality", "cases_closed"): "12", ("quality", "cases_handled"): ""}), (("quality", "F3"),), "warning"
    ),
    "cases.transferred_at_most_filed": Example(
        cases({("quality", "cases_transferred"): "12"}), (("quality", "J3"),), "warning"
    ),
    "cases.fines_without_case": Example(
        cases({("other", "cases_handled"): "0", ("other", "cases_filed"): "0", ("other", "cases_closed"): "0"}),
        (("other", "G8"),),
        "warning",
    ),
    "cases.value_without_case": Example(cases({("price", "cases_handled"): ""}), (("price", "H2"),), "warning"),
    "cases.masks_without_case": Example(cases({("price", "cases_handled"): "0"}), (("price", "I2"),), "warning"),
    "cases.transfer_without_case": Example(cases({("quality", "cases_handled"): ""}), (("quality", "J3"),), "warning"),
    "cases.case_without_inspection": Example(
        cases({("price", "operators_inspected"): "0"}), (("price", "D2"),), "warning"
    ),
    "cases.case_without_officers": Example(
        cases({("price", "officers_dispatched"): "0"}), (("price", "D2"),), "warning"
    ),
    "cases.officers_without_inspection": Example(
        cases({("price", "operators_inspected"): "0"}), (("price", "B2"),), "warning"
    ),
    "cases.fines_without_closed": Example(cases({("price", "cases_closed"): "0"}), (("price", "G2"),), "warning"),
    "cases.simple_cases_cap": Example(cases({("price", "cases_filed"): "0"}), (("price", "G2"),), "warning"),
    "cases.fines_scale": Example(cases({("price", "fines_confiscations"): "25000"}), (("price", "G2"),), "warning"),
    "cases.value_scale": Example(cases({("price", "case_value"): "31000"}), (("price", "H2"),), "warning"),
    "cases.masks_scale": Example(cases({("quality", "masks_seized"): "135000"}), (("quality", "I3"),), "warning"),
    "cases.inspections_scale": Example(
        cases({("price", "operators_inspected"): "150000"}), (("price", "C2"),), "warning"
    ),
    "enterprises.required": Example(enterprises({("2", "enterprise"): ""}), (("2", "C3"),)),
    "enterprises.licences_filled": Example(enterprises({("2", "licences"): "/"}), (("2", "I3"),), "warning"),
    "enterprises.facts_filled": Example(enterprises({("2", "enterprise_size"): ""}), (("2", "M3"),), "warning"),
    "enterprises.capacity_filled": Example(enterprises({("1", "daily_capacity"): ""}), (("1", "O2"),), "warning"),
    "enterprises.credit_code": Example(enterprises({("2", "credit_code"): CODES[1][:-1] + "3"}), (("2", "D3"),)),
    "enterprises.name_unique": Example(enterprises({("1", "enterprise"): "丙三纺织(甲区) 有限公司"}), (("3", "C4"),)),
    "enterprises.code_unique": Example(enterprises({("3", "credit_code"): CODES[0]}), (("3", "D4"),)),
    "enterprises.choices": Example(
        enterprises({("1", "production_status"): "不清楚", ("2", "enterprise_size"): "特大"}),
        (("1", "L2"), ("2", "M3")),
    ),
    "enterprises.established": Example(enterprises({("2", "established"): "2021-06-01"}), (("2", "N3"),)),
    "enterprises.not_negative": Example(enterprises({("2", "daily_capacity"): "-3"}), (("2", "O3"),)),
    "enterprises.capacity_scale": Example(enterprises({("1", "daily_capacity"): "125000"}), (("1", "O2"),), "warning"),
    "enterprises.seq": Example(enterprises({("3", "seq"): "4"}), (("3", "B4"),), "warning"),
    "sampling.required": Example(sampling({("1", "result"): ""}), (("1", "F2"),)),
    "sampling.choices": Example(sampling({("1", "enterprise_size"): "特大"}), (("1", "N2"),)),
    "sampling.result_agrees": Example(sampling({("1", "failed_items"): "过滤效率"}), (("1", "G2"),)),
    "sampling.destination_agrees": Example(
        sampling({("2", "market_destination"): "", ("3", "market_destination"): "邻县"}), (("2", "J3"), ("3", "J4"))
    ),
    "sampling.not_negative": Example(sampling({("2", "failed_quantity"): "-5"}), (("2", "H3"),)),
    "sampling.whole_number": Example(sampling({("2", "failed_quantity"): "0.2→"}), (("2", "H3"),)),
    "sampling.product_is_a_firm": Example(
        sampling({("2", "product_name"): "乙二防护用品有限公司"}), (("2", "C3"),), "warning"
    ),
    "sampling.pieces_not_batches": Example(sampling({("2", "failed_quantity"): "1"}), (("2", "H3"),), "warning"),
    "sampling.established": Example(sampling({("3", "established"): "2022-03-10"}), (("3", "O4"),)),
    "sampling.seq": Example(sampling({("2", "seq"): "7"}), (("2", "B3"),), "warning"),
    "sampling.model_filled": Example(sampling({("2", "model"): ""}), (("2", "D3"),), "warning"),
    "sampling.duplicate": Example(sampling({("2", "model"): "平面型"}), (("2", "E3"),), "warning"),
    "sampling.stopped_firm": Example(sampling({("1", "production_status"): "停产"}), (("1", "M2"),), "warning"),
}

_STRANGER = {("3", "enterprise"): "丁四用品有限公司"}
_NO_CASE = {("quality", "cases_handled"): "0"}
_FALLS = {("quality", "masks_seized"): "14", ("total", "masks_seized"): "15.7"}

UNIT_EXAMPLES: dict[str, UnitExample] = {
    "enterprises.all_sampled": UnitExample((enterprises(), sampling(without=("3",))), (("2", "C3"),)),
    "sampling.firm_in_roster": UnitExample((enterprises(), sampling(_STRANGER)), (("3", "E4"),)),
    "sampling.agrees_with_roster": UnitExample(
        (enterprises(), sampling({("3", "enterprise_size"): "大型"})), (("3", "N4"),)
    ),
    "sampling.stopped_in_roster": UnitExample(
        (enterprises(), sampling({("3", "enterprise"): "丙三纺织(甲区)有限公司"})), (("3", "E4"),)
    ),
    "cases.failure_has_case": UnitExample((cases(_NO_CASE), enterprises(), sampling()), (("quality", "D3"),)),
    "sampling.follow_up_steps": UnitExample((sampling({("2", "follow_up"): "已告知企业"}),), (("2", "K3"),)),
    "cases.cumulative_never_falls": UnitExample(
        (cases(),), (("quality", "I3"),), before=(cases(_FALLS),), good=(cases(_FALLS),)
    ),
    "cases.not_stale": UnitExample((cases(),), (("", ""),), before=(cases(),), good=(cases(_FALLS),)),
    "sampling.no_overlap": UnitExample(
        (sampling(without=("1", "3")),),
        (("1", "E2"),),
        before=(sampling(),),
        good=(sampling({("2", "model"): "其他型"}, without=("1", "3")),),
        settings={"sampling": "additions"},
    ),
    "enterprises.no_overlap": UnitExample(
        (enterprises(without=("1", "2")),),
        (("1", "C2"),),
        before=(enterprises(),),
        good=(enterprises({("1", "enterprise"): "戊五厂"}, without=("2", "3")),),
        settings={"enterprises": "additions"},
    ),
    "sampling.nothing_vanishes": UnitExample(
        (sampling(without=("3",)),), (("", ""),), before=(sampling(),), good=(sampling(),)
    ),
    "enterprises.nothing_vanishes": UnitExample(
        (enterprises(without=("3",)),), (("", ""),), before=(enterprises(),), good=(enterprises(),)
    ),
    "sampling.not_rewritten": UnitExample(
        (sampling({("2", "failed_quantity"): "200", ("2", "entered_market"): "否", ("3", "result"): "合格"}),),
        (("2", "H3"), ("2", "I3"), ("3", "F4")),
        before=(sampling(),),
        good=(sampling({("2", "follow_up"): "已结案", ("3", "entered_market"): "是"}),),
    ),
    "enterprises.not_rewritten": UnitExample(
        (enterprises({("2", "established"): "2019-03-10", ("3", "production_status"): "在产"}),),
        (("2", "N3"), ("3", "L4")),
        before=(enterprises({("3", "production_status"): "注销"}),),
        good=(enterprises({("1", "production_status"): "停产", ("3", "production_status"): "注销"}),),
    ),
}

A, B, C = "320902", "320903", "320904"
_OTHER = {("price", "cases_handled"): "6", ("total", "cases_handled"): "30"}


def doubled(text: str) -> str:
    """The city's table as a unit might send it: twice the figures of a table that two units sent."""
    head, *lines = [line.split("|") for line in text.strip().splitlines()]
    return "\n".join("|".join(x) for x in (head, *([k, *(f"{float(v) * 2:g}" for v in rest)] for k, *rest in lines)))


CITY_EXAMPLES: dict[str, UnitExample] = {
    "cases.not_copied": UnitExample(
        (cases(), cases(unit=B)), (("", ""), ("", "")), good=(cases(), matrix(doubled(CASES), unit=B))
    ),
    "sampling.not_shared": UnitExample(
        (sampling(), sampling(without=("3",), unit=B)),
        (("1", ""), ("1", "")),
        good=(
            sampling(without=("2", "3")),
            sampling(without=("2", "3"), unit=B),
        ),  # one that says little: perhaps by chance
    ),
    "cases.outlier": UnitExample(
        (cases({("quality", "cases_handled"): "200"}), cases(unit=B)),
        (("quality", "D3"),),
        before=(matrix(doubled(CASES)), matrix(doubled(CASES), unit=B)),
        good=(cases(), cases(unit=B)),
    ),
    "cases.not_city_total": UnitExample(
        (matrix(doubled(CASES)), cases(unit=B), cases(unit=C)),
        (("total", ""),),
        good=(cases(_OTHER), cases(unit=B), cases(unit=C)),
    ),
    "enterprises.code_claimed_once": UnitExample(
        (enterprises(), enterprises({("1", "enterprise"): "戊五厂"}, without=("2", "3"), unit=B)),
        (("1", "D2"), ("1", "D2")),
        good=(enterprises(without=("3",)), enterprises(without=("1", "2"), unit=B)),
        severity="error",
    ),
    "enterprises.firm_claimed_once": UnitExample(
        (enterprises(), enterprises({("1", "credit_code"): ""}, without=("2", "3"), unit=B)),
        (("1", "C2"), ("1", "C2")),
        good=(enterprises(), enterprises(without=("2", "3"), unit=B)),  # the code says it
    ),
}
