"""表二 电梯隐患整改清单: one hazard a row, each return holding those of its half month."""

from tally.declare import Choice, Field, Form
from tally.rules import Consecutive, Duplicate, Filled, NotAfterReport, OneOf

STATES = (
    Choice("已整改", ("整改完成", "完成")),
    Choice("整改中", ("正在整改",)),
    Choice("未整改", ("尚未整改",)),
)

HAZARDS = Form(
    name="hazards",
    number="表二",
    title="电梯隐患整改清单",
    aliases=("隐患整改清单", "电梯隐患清单"),
    layout="list",
    accumulates="additions",
    key=("lift_code", "hazard"),
    fields=(
        Field("seq", "序号", "seq"),
        Field("lift_code", "电梯注册代码", aliases=("注册代码", "设备代码"), required=True),
        Field("keeper", "使用单位", aliases=("使用管理单位",), required=True, confidential="firm"),
        Field("hazard", "隐患内容", aliases=("隐患描述", "存在隐患"), required=True),
        Field("found_on", "发现日期", "date", aliases=("检查日期",)),
        Field("state", "整改情况", "choice", choices=STATES, aliases=("整改状态",), required=True),
        Field("sealed", "是否查封", "yesno", aliases=("查封",)),
    ),
    rules=(
        Filled(id="hazards.required"),
        OneOf(id="hazards.choices", fields=("state",)),
        NotAfterReport(id="hazards.found_on", field="found_on"),
        Duplicate(id="hazards.duplicate", severity="warning"),
        Consecutive(id="hazards.seq", severity="warning"),
    ),
)
