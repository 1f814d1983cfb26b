"""附件3 非医用口罩生产企业情况统计表: one manufacturer a row.

Only the form's title survives in the notice; its columns are inferred, here and nowhere else.
"""

from decimal import Decimal

from tally.campaigns.masks_2021.lists import SIZE, STATUS
from tally.declare import Field, Form
from tally.rules import Consecutive, CreditCode, Filled, NotAfterReport, NotNegative, OneOf, Unique, WithinScale

# Nobody makes ten million masks a day; the largest plants of 2020 made a few million.
_RULES = (
    Filled(id="enterprises.required"),
    Filled(id="enterprises.licences_filled", severity="warning", fields=("licences",)),
    Filled(
        id="enterprises.facts_filled",
        severity="warning",
        fields=("credit_code", "production_status", "enterprise_size"),
    ),
    # A firm that makes nothing has no capacity to state.
    Filled(
        id="enterprises.capacity_filled",
        severity="warning",
        fields=("daily_capacity",),
        where="production_status",
        among=("在产",),
    ),
    CreditCode(id="enterprises.credit_code", field="credit_code"),
    Unique(id="enterprises.name_unique", field="enterprise"),
    Unique(id="enterprises.code_unique", field="credit_code", unless_same="enterprise"),
    OneOf(id="enterprises.choices", fields=("production_status", "enterprise_size")),
    NotAfterReport(id="enterprises.established", field="established"),
    NotNegative(id="enterprises.not_negative"),
    WithinScale(
        id="enterprises.capacity_scale", severity="warning", field="daily_capacity", most=Decimal(1000), small="只"
    ),
    Consecutive(id="enterprises.seq", severity="warning"),
)

ENTERPRISES = Form(
    name="enterprises",
    number="附件3",
    title="非医用口罩生产企业情况统计表",
    aliases=("口罩生产企业情况统计表", "非医用口罩生产企业情况表", "口罩生产企业统计表", "生产企业情况统计表"),
    layout="list",
    accumulates="whole",
    key=("enterprise",),
    record="企业",
    each="家",
    fields=(
        Field("seq", "序号", "seq", aliases=("编号",)),
        Field(
            "enterprise",
            "企业名称",
            aliases=("单位名称", "生产企业名称", "企业全称", "生产企业"),
            required=True,
            confidential="firm",
            note="营业执照上的全称",
        ),
        Field(
            "credit_code",
            "统一社会信用代码",
            "credit_code",
            aliases=("信用代码", "社会信用代码", "统一代码"),
            confidential="code",
            note="18 位，请设为文本格式",
        ),
        Field(
            "address",
            "地址",
            aliases=("企业地址", "生产地址", "住所", "经营地址", "注册地址", "经营场所"),
            confidential="contact",
        ),
        Field("legal_representative", "法定代表人", aliases=("法人", "法人代表", "负责人"), confidential="contact"),
        Field("contact_person", "联系人", aliases=("企业联系人", "联系人姓名", "联络人"), confidential="contact"),
        Field(
            "contact_phone",
            "联系电话",
            "phone",
            aliases=("电话", "联系方式", "手机", "手机号码"),
            confidential="contact",
        ),
        Field(
            "licences",
            "证照情况",
            aliases=("证照", "证照是否齐全", "资质情况", "持证情况", "许可证情况"),
            note="营业执照及相关资质是否齐全",
        ),
        Field("product_name", "产品名称", aliases=("产品", "主要产品", "产品种类")),
        Field("standard", "执行标准", aliases=("产品标准", "执行标准号", "标准")),
        STATUS,
        SIZE,
        Field(
            "established",
            "成立时间",
            "date",
            elsewhere=True,
            aliases=("成立日期", "企业成立时间", "新企业成立时间", "注册时间"),
        ),
        Field(
            "daily_capacity",
            "日产能",
            "quantity",
            "万只",
            aliases=("日产量", "产能", "日生产能力", "生产能力"),
            note="单位万只",
        ),
        Field("remarks", "备注", aliases=("说明",)),
    ),
    rules=_RULES,
)
