"""口罩产品质量提升专项整治行动 of 2021 (盐市监质监〔2021〕55号)."""

from datetime import date
from pathlib import Path

from tally.campaigns.masks_2021.cases import CASES
from tally.campaigns.masks_2021.duties import DUTIES, DUTY_LISTS
from tally.campaigns.masks_2021.enterprises import ENTERPRISES
from tally.campaigns.masks_2021.sampling import SAMPLING
from tally.declare import Campaign, Unit, periods_from_csv, units_from_csv
from tally.rules import (
    FOLLOW_UP_STEPS,
    ClaimedOnce,
    Coverage,
    FailureHasCase,
    FollowUpSteps,
    KnownFirm,
    NeverFalls,
    NoOverlap,
    NotCityTotal,
    NotCopied,
    NothingVanishes,
    NotRewritten,
    NotShared,
    NotStale,
    Outlier,
    SameFirmFacts,
    StoppedByRoster,
)

_HERE = Path(__file__).parent

_RULES = (
    Coverage(id="enterprises.all_sampled", severity="warning", due=date(2021, 5, 10)),
    KnownFirm(id="sampling.firm_in_roster", severity="warning", makers="生产企业", sellers="商店、药店等经营单位"),
    SameFirmFacts(
        id="sampling.agrees_with_roster",
        severity="warning",
        fields=("production_status", "enterprise_size", "established"),
    ),
    StoppedByRoster(id="sampling.stopped_in_roster", severity="warning"),
    FailureHasCase(id="cases.failure_has_case", severity="warning", category="quality", field="cases_handled"),
    FollowUpSteps(id="sampling.follow_up_steps", severity="warning", steps=tuple(FOLLOW_UP_STEPS.items())),
    NeverFalls(id="cases.cumulative_never_falls", severity="warning", form="cases"),
    NotStale(id="cases.not_stale", severity="warning", form="cases"),
    NoOverlap(id="sampling.no_overlap", severity="warning", form="sampling"),
    NoOverlap(id="enterprises.no_overlap", severity="warning", form="enterprises"),
    NothingVanishes(id="sampling.nothing_vanishes", severity="warning", form="sampling"),
    NothingVanishes(id="enterprises.nothing_vanishes", severity="warning", form="enterprises"),
    NotRewritten(
        id="sampling.not_rewritten",
        severity="warning",
        form="sampling",
        fields=("result", "failed_quantity"),
        final=("注销", "是"),
    ),
    NotRewritten(
        id="enterprises.not_rewritten",
        severity="warning",
        form="enterprises",
        fields=("credit_code", "established", "enterprise_size"),
        final=("注销",),
    ),
    NotCopied(id="cases.not_copied", severity="warning", form="cases"),
    NotShared(id="sampling.not_shared", severity="warning", form="sampling"),
    Outlier(
        id="cases.outlier",
        severity="warning",
        form="cases",
        pairs=(
            ("fines_confiscations", "cases_handled"),
            ("case_value", "cases_handled"),
            ("masks_seized", "cases_handled"),
            ("cases_filed", "cases_handled"),
            ("cases_closed", "cases_handled"),
            ("operators_inspected", "officers_dispatched"),
        ),
    ),
    NotCityTotal(id="cases.not_city_total", severity="warning", form="cases"),
    ClaimedOnce(id="enterprises.code_claimed_once", form="enterprises", field="credit_code"),
    ClaimedOnce(
        id="enterprises.firm_claimed_once",
        severity="warning",
        form="enterprises",
        field="enterprise",
        unless_same="credit_code",
    ),
)

CAMPAIGN = Campaign(
    name="masks_2021",
    title="口罩产品质量提升专项整治行动",
    issuer="盐城市市场监督管理局",
    notice="盐市监质监〔2021〕55号",
    top=Unit("320900", "盐城市", ("市本级", "市局", "全市", "盐城"), office="盐城市市场监督管理局"),
    units=units_from_csv(_HERE / "units.csv"),
    forms=(ENTERPRISES, CASES, SAMPLING),
    periods=periods_from_csv(_HERE / "periods.csv"),
    duties=DUTIES,
    duty_lists=DUTY_LISTS,
    unit_suffixes=("市场监督管理局", "市场监管局", "市监局", "综合行政执法局", "监管局", "局"),
    ambiguous_units=("高新区", "开发区"),
    rules=_RULES,
)
