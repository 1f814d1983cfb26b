"""老旧电梯安全隐患排查整治专项行动: four towns of a county report every half month."""

from pathlib import Path

from tally.declare import Campaign, Unit, periods_from_csv, units_from_csv
from tally.rules import NeverFalls, NoOverlap, NotCopied, NotStale

from .hazards import HAZARDS
from .visits import VISITS

_HERE = Path(__file__).parent

CAMPAIGN = Campaign(
    name="lifts_2022",
    title="老旧电梯安全隐患排查整治专项行动",
    issuer="青川湾县市场监督管理局",
    notice="青市监特〔2022〕9号",
    top=Unit("995100", "青川湾县", ("县本级", "全县"), office="青川湾县市场监督管理局"),
    units=units_from_csv(_HERE / "units.csv"),
    forms=(VISITS, HAZARDS),
    periods=periods_from_csv(_HERE / "periods.csv"),
    unit_suffixes=("街道办事处", "办事处", "人民政府"),
    rules=(
        NeverFalls(id="visits.cumulative_never_falls", severity="warning", form="visits"),
        NotStale(id="visits.not_stale", severity="warning", form="visits"),
        NotCopied(id="visits.not_copied", severity="warning", form="visits"),
        NoOverlap(id="hazards.no_overlap", severity="warning", form="hazards"),
    ),
)
