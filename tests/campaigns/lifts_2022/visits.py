"""表一 电梯安全检查情况统计表: five kinds of place by five measures, and the 总计 row."""

from tally.declare import Category, Field, Form
from tally.rules import AtMost, NotNegative, RowsPresent, TotalIsSum, WholeNumbers, Without

VISITS = Form(
    name="visits",
    number="表一",
    title="电梯安全检查情况统计表",
    aliases=("电梯检查情况统计表", "电梯检查情况表"),
    layout="matrix",
    row_header="场所类别",
    total="all",
    categories=(
        Category("homes", "住宅小区", ("住宅",)),
        Category("shops", "商场超市", ("商场",)),
        Category("hospitals", "医院", ("医疗机构",)),
        Category("schools", "学校"),
        Category("elsewhere", "其他场所", ("其他",)),
        Category("all", "总计", ("合计",)),
    ),
    fields=(
        Field("lifts_inspected", "检查电梯", "count", "台", aliases=("检查电梯数", "检查台数"), cumulative=True),
        Field("hazards_found", "发现隐患", "count", "处", aliases=("发现隐患数", "隐患数")),
        Field("hazards_mended", "完成整改", "count", "处", aliases=("整改完成", "已整改")),
        Field("lifts_sealed", "查封电梯", "count", "台", aliases=("查封台数",)),
        Field("fines", "罚款", "quantity", "万元", aliases=("罚款金额",)),
    ),
    rules=(
        RowsPresent(id="visits.rows_present"),
        NotNegative(id="visits.not_negative"),
        WholeNumbers(id="visits.whole_number"),
        TotalIsSum(id="visits.total_equals_sum"),
        AtMost(id="visits.mended_at_most_found", lower="hazards_mended", upper="hazards_found"),
        Without(
            id="visits.hazards_without_visit", severity="warning", field="hazards_found", basis=("lifts_inspected",)
        ),
    ),
)
