"""（在这里写专项行动的全称：哪份通知、管什么。）

这个文件夹就是一个专项行动：谁报（units.csv）、何时报（periods.csv）、报什么（每张表一个 .py 文件）、查什么（rules）。
它现在就能运行；按 docs/new-campaign.md 的步骤逐处改成自己的。改完先运行 python pipeline.py check。
"""

from pathlib import Path

from tally.declare import Campaign, Unit, periods_from_csv, units_from_csv
from tally.rules import NeverFalls, NoOverlap, NotCopied, NotStale

from .inspections import INSPECTIONS
from .problems import PROBLEMS

_HERE = Path(__file__).parent

CAMPAIGN = Campaign(
    name="skeleton",  # 与文件夹同名
    title="某某专项行动",  # 报告的标题：关于……的工作总结
    issuer="某某市市场监督管理局",  # 报告的落款
    notice="某市监〔2021〕0号",  # 通知的文号
    top=Unit("990000", "某某市", ("市本级", "市局"), office="某某市市场监督管理局"),  # 汇总到哪一级
    units=units_from_csv(_HERE / "units.csv"),
    forms=(INSPECTIONS, PROBLEMS),  # 按通知附件的顺序
    periods=periods_from_csv(_HERE / "periods.csv"),
    # 问题清单和催报通知上写给各单位的联系人、电话；不写的，通知上留空
    contact="",
    telephone="",
    # 写在单位名称后面、识别时去掉的字
    unit_suffixes=("市场监督管理局", "市场监管局", "局"),
    # 单独写时分不清是谁的名称，例如 ("开发区",)
    ambiguous_units=(),
    # 跨期、跨单位的核查。规则的 id 是“表.名称”；severity 为 warning 的是疑点，不写的是差错
    rules=(
        NeverFalls(id="inspections.never_falls", severity="warning", form="inspections"),
        NotStale(id="inspections.not_stale", severity="warning", form="inspections"),
        NotCopied(id="inspections.not_copied", severity="warning", form="inspections"),
        NoOverlap(id="problems.no_overlap", severity="warning", form="problems"),
    ),
)
