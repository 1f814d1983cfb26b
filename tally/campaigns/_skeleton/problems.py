"""附件2（示例）：一行一条记录的清单。layout="list"。"""

from tally.declare import Choice, Field, Form
from tally.rules import Consecutive, Duplicate, Filled, NotAfterReport, OneOf

# 一栏只能填几种写法时，逐一列出；括号里是也认得的写法。含糊的写法不要列：会成为疑点，而不是被猜成某一种
STATES = (
    Choice("已整改", ("整改完成",)),
    Choice("整改中", ("正在整改",)),
)

PROBLEMS = Form(
    name="problems",
    number="附件2",
    title="发现问题清单",
    aliases=("问题清单",),
    layout="list",
    accumulates="additions",  # additions：每次只报本期新增；whole：每次报全部，后一次代替前一次
    key=("keeper", "problem"),  # 哪几栏都相同就算同一条
    fields=(
        Field("seq", "序号", "seq"),
        # confidential：公开版里隐去。firm 企业名称，code 代码，contact 联系方式
        Field("keeper", "单位名称", aliases=("企业名称",), required=True, confidential="firm"),
        Field("problem", "问题内容", aliases=("问题描述",), required=True),
        Field("found_on", "发现日期", "date"),
        Field("state", "整改情况", "choice", choices=STATES, required=True),
        Field("remarks", "备注"),
    ),
    rules=(
        Filled(id="problems.required"),
        OneOf(id="problems.choices", fields=("state",)),
        NotAfterReport(id="problems.found_on", field="found_on"),
        Duplicate(id="problems.duplicate", severity="warning"),
        Consecutive(id="problems.seq", severity="warning"),
    ),
)
