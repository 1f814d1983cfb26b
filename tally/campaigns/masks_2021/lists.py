"""Choices and columns that forms 3 and 5 share: the last three columns of form 5 may turn up in either."""

from tally.declare import Choice, Field

# What names no one choice (小微, 半停产, 吊销) is left out on purpose: it becomes a finding, never a guess.
STATUSES = (
    Choice("在产", ("生产", "正常生产", "正常", "在生产", "生产中")),
    Choice("停产", ("已停产", "停工", "停产中", "暂停生产")),
    Choice("转产", ("已转产",)),
    Choice("注销", ("已注销",)),
)
SIZES = (
    Choice("大型", ("大", "大型企业")),
    Choice("中型", ("中", "中型企业")),
    Choice("小型", ("小", "小型企业")),
    Choice("微型", ("微", "微型企业")),
)
STATUS = Field(
    "production_status",
    "企业生产状况",
    "choice",
    choices=STATUSES,
    aliases=("生产状况", "生产状态", "企业生产状态", "企业状况", "生产情况", "经营状况", "经营状态"),
    note="在产、停产、转产或注销",
    elsewhere=True,
)
SIZE = Field(
    "enterprise_size",
    "企业规模",
    "choice",
    choices=SIZES,
    aliases=("规模", "规模类型"),
    note="大型、中型、小型或微型",
    elsewhere=True,
)
