"""口罩产品质量提升专项整治行动 of 2021 (盐市监质监〔2021〕55号)."""

from pathlib import Path

from tally.campaigns.masks_2021.cases import CASES
from tally.campaigns.masks_2021.duties import DUTIES
from tally.campaigns.masks_2021.enterprises import ENTERPRISES
from tally.campaigns.masks_2021.sampling import SAMPLING
from tally.declare import Campaign, Unit, periods_from_csv, units_from_csv

_HERE = Path(__file__).parent

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
    unit_suffixes=("市场监督管理局", "市场监管局", "市监局", "综合行政执法局", "监管局", "局"),
    ambiguous_units=("高新区", "开发区"),
)
