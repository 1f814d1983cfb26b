"""附件5 口罩专项抽查/抽检情况统计表: one sampled batch a row. Columns are the notice's."""

from tally.campaigns.masks_2021.lists import SIZE, STATUS
from tally.declare import Choice, Field, Form
from tally.rules import (
    Consecutive,
    DestinationAgrees,
    Duplicate,
    Filled,
    NotAFirm,
    NotAfterReport,
    NotBatches,
    NotNegative,
    OneOf,
    ResultAgrees,
    StoppedButSampled,
    WholeNumbers,
)

_RULES = (
    Filled(id="sampling.required"),
    Filled(id="sampling.model_filled", severity="warning", fields=("model",)),
    OneOf(id="sampling.choices", fields=("result", "production_status", "enterprise_size")),
    ResultAgrees(id="sampling.result_agrees", proof="检验报告"),
    DestinationAgrees(id="sampling.destination_agrees", implied_by=("sampling.result_agrees",)),
    NotNegative(id="sampling.not_negative"),
    WholeNumbers(id="sampling.whole_number"),
    NotBatches(id="sampling.pieces_not_batches", severity="warning", field="failed_quantity", least=5),
    NotAFirm(id="sampling.product_is_a_firm", severity="warning", field="product_name"),
    NotAfterReport(id="sampling.established", field="established"),
    Consecutive(id="sampling.seq", severity="warning"),
    Duplicate(id="sampling.duplicate", severity="warning"),
    StoppedButSampled(id="sampling.stopped_firm", severity="warning"),
)

RESULTS = (
    Choice(
        "合格",
        (
            "符合", "符合要求", "√", "✓", "通过", "符合标准", "达标", "检验合格", "抽检合格", "未发现不合格", "未检出不合格",
            "未发现不合格项", "未发现不合格项目", "未检出不合格项目", "没有不合格", "无不合格", "无不合格项目", "PASS", "OK",
        ),
    ),
    Choice("不合格", ("不符合", "×", "✗", "X", "不符合要求", "不符合标准", "未通过", "不达标", "检验不合格", "抽检不合格")),
)  # fmt: skip

SAMPLING = Form(
    name="sampling",
    number="附件5",
    title="口罩专项抽查/抽检情况统计表",
    aliases=(
        "口罩专项抽查抽检情况统计表",
        "口罩专项抽查情况统计表",
        "口罩专项抽检情况统计表",
        "口罩抽检情况统计表",
        "口罩抽查情况统计表",
    ),
    layout="list",
    accumulates="whole",
    key=("enterprise", "product_name", "model"),
    record="批次",
    each="",
    fields=(
        Field("seq", "序号", "seq", aliases=("编号",)),
        Field("product_name", "产品名称", required=True, aliases=("产品", "样品名称", "口罩名称", "品名")),
        Field("model", "规格型号", aliases=("规格", "型号", "型号规格", "产品规格", "产品型号")),
        Field(
            "enterprise",
            "抽查企业名称",
            aliases=(
                "企业名称",
                "企业全称",
                "单位名称",
                "被抽检企业",
                "被抽检单位",
                "被抽查单位",
                "受检企业",
                "被检单位",
                "标称生产企业",
                "被抽查企业",
                "被抽查企业名称",
                "抽检企业名称",
                "生产企业名称",
                "受检单位",
                "生产企业",
            ),
            required=True,
            confidential="firm",
        ),
        Field(
            "result",
            "抽查结果",
            "choice",
            choices=RESULTS,
            aliases=(
                "抽检结果",
                "检验结果",
                "结果",
                "检测结果",
                "是否合格",
                "抽查结果是否合格",
                "检验结论",
                "质量判定",
                "判定结果",
                "结果判定",
            ),
            required=True,
            note="合格或不合格",
        ),
        Field(
            "failed_items",
            "不合格项目",
            aliases=("不合格项", "不合格项目名称", "不合格指标", "不合格原因"),
            note="合格的不填",
        ),
        Field(
            "failed_quantity",
            "不合格产品的批次数量",
            "count",
            "只",
            aliases=("不合格产品批次数量", "不合格产品数量", "不合格数量", "不合格批次数量"),
            note="该批次不合格产品的数量，按只填写",
        ),
        Field(
            "entered_market",
            "不合格产品是否流入市场",
            "yesno",
            aliases=("是否流入市场", "流入市场", "不合格品是否流入市场"),
            note="是或否",
        ),
        Field(
            "market_destination",
            "不合格产品流入市场方向",
            aliases=("流入市场方向", "市场流向", "产品流向", "流向", "不合格产品流向"),
        ),
        Field(
            "follow_up",
            "后处理措施",
            aliases=(
                "后处理",
                "处理措施",
                "后续处理",
                "后处理情况",
                "处置措施",
                "后续处置",
                "处置情况",
                "后处置措施",
                "处理结果",
            ),
        ),
        Field("assistance", "对企业帮扶措施", aliases=("帮扶措施", "企业帮扶措施", "帮扶情况")),
        STATUS,
        SIZE,
        Field(
            "established", "新企业成立时间", "date", elsewhere=True, aliases=("成立时间", "企业成立时间", "成立日期")
        ),
    ),
    rules=_RULES,
)
