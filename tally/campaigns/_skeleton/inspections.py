"""附件1（示例）：行是固定类别、列是数字的表。layout="matrix"。"""

from tally.declare import Category, Field, Form
from tally.rules import AtMost, NotNegative, RowsPresent, TotalIsSum, WholeNumbers, Without

INSPECTIONS = Form(
    name="inspections",  # 程序里的名称：小写英文，数据表和数字的名称都用它
    number="附件1",
    title="监督检查情况统计表",  # 与通知一字不差；程序靠它认表
    aliases=("监督检查情况表",),  # 各单位会写成的其他样子
    layout="matrix",
    row_header="单位类型",  # 类别上方的表头
    total="total",  # 哪一行是合计；没有合计行就写 ""
    categories=(  # 程序里的名称、表上的写法、其他写法
        Category("makers", "生产单位", ("生产企业",)),
        Category("sellers", "销售单位", ("经营单位",)),
        Category("total", "合计", ("总计",)),
    ),
    fields=(
        # kind：count 是整数，quantity 可有小数；第四项是计量单位
        # cumulative=True：每次报的都是累计数，程序不会跨期相加；不写则是本期数
        Field("visits", "检查家数", "count", "家次", aliases=("检查单位数",), cumulative=True),
        Field("found", "发现问题", "count", "个", aliases=("发现问题数",)),
        Field("mended", "完成整改", "count", "个", aliases=("整改数",)),
        Field("fines", "罚没", "quantity", "万元", aliases=("罚没金额",), note="单位万元"),
    ),
    rules=(
        RowsPresent(id="inspections.rows_present"),
        NotNegative(id="inspections.not_negative"),
        WholeNumbers(id="inspections.whole_number"),
        TotalIsSum(id="inspections.total_equals_sum"),
        AtMost(id="inspections.mended_at_most_found", lower="mended", upper="found"),
        Without(id="inspections.found_without_visit", severity="warning", field="found", basis=("visits",)),
    ),
)
