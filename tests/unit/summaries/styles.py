"""Invented summaries in the styles in which counties write, each with every figure it states of its own totals."""

from __future__ import annotations

from typing import NamedTuple


class Style(NamedTuple):
    place: str
    text: str
    says: dict[str, str]  # form.field -> the value in the form's unit


OFFICIAL = Style(
    "响水县",
    """响水县关于口罩产品质量提升专项整治行动的工作总结
一、基本情况
截至5月31日，全县共出动执法人员1，234人次，检查经营者２３５６户次，查办案件12件，其中立案9件，结案7件，罚没15.3万元，案值28.66万元，查获问题口罩5.3万只，移送公安机关1件。
共抽查18家企业生产（销售）的42批次产品，发现3批次不合格，不合格发现率为7.14%，较上期上升1.2个百分点。
四、下一步打算
6月份计划抽查50批次，出动执法人员300人次。""",
    {
        "cases.officers_dispatched": "1234", "cases.operators_inspected": "2356", "cases.cases_handled": "12",
        "cases.cases_filed": "9", "cases.cases_closed": "7", "cases.fines_confiscations": "15.3",
        "cases.case_value": "28.66", "cases.masks_seized": "5.3", "cases.cases_transferred": "1",
        "sampling.firms": "18", "sampling.batches": "42", "sampling.failing": "3", "sampling.failing_rate": "7.14",
    },
)  # fmt: skip

NUMERALS = Style(
    "射阳县",
    """一、总体情况
我县累计出动执法人员一百二十余人次，检查各类市场主体三百零五家次；共查处违法案件八起，其中立案六起、已结案四起，罚没款二万八千七百元，涉案货值七万三千元，没收不合格口罩五千三百只，向公安机关移送案件两起。""",
    {
        "cases.officers_dispatched": "120", "cases.operators_inspected": "305", "cases.cases_handled": "8",
        "cases.cases_filed": "6", "cases.cases_closed": "4", "cases.fines_confiscations": "2.87",
        "cases.case_value": "7.3", "cases.masks_seized": "0.53", "cases.cases_transferred": "2",
    },
)  # fmt: skip

MARKDOWN = Style(
    "建湖县",
    """# 建湖县口罩专项整治小结

## 基本情况

- **执法检查**：共出动执法人员 560 人次，检查经营单位 757 户次
- **案件查办**：共查办案件 9 件（立案 8 件），结案 6 件，罚没金额 55885 元
- **产品抽检**：共抽检 16 批次，合格 15 批次，不合格 1 批次，合格率 93.75%

## 下一步工作打算

- 计划抽检 20 批次""",
    {
        "cases.officers_dispatched": "560", "cases.operators_inspected": "757", "cases.cases_handled": "9",
        "cases.cases_filed": "8", "cases.cases_closed": "6", "cases.fines_confiscations": "5.5885",
        "sampling.batches": "16", "sampling.passing": "15", "sampling.failing": "1", "sampling.passing_rate": "93.75",
    },
)  # fmt: skip

WRAPPED = Style(
    "滨海县",
    """　　截至5月31日，共出动执法人员430人次，检查经营者617户次，查办案件8
件，其中立案7件，结案3件，罚没2.87万元，案值7.3127万元，查获问题口罩
12.7万只，移送公安机关0件。""",
    {
        "cases.officers_dispatched": "430", "cases.operators_inspected": "617", "cases.cases_handled": "8",
        "cases.cases_filed": "7", "cases.cases_closed": "3", "cases.fines_confiscations": "2.87",
        "cases.case_value": "7.3127", "cases.masks_seized": "12.7", "cases.cases_transferred": "0",
    },
)  # fmt: skip

NUMBER_FIRST = Style(
    "亭湖区",
    "专项行动以来，全区出动600余人次，检查了736户经营者，查办8件口罩案件，查获3万余只问题口罩，"
    "对9家企业的14批次产品进行了抽检，其中1批次产品不合格。",
    {
        "cases.officers_dispatched": "600", "cases.operators_inspected": "736", "cases.cases_handled": "8",
        "cases.masks_seized": "3", "sampling.failing": "1",
    },
)  # fmt: skip

PARTS = Style(
    "盐都区",
    "截至5月底，共查办案件8件，其中价格类案件2件，质量类案件5件，知识产权类案件1件。"
    "质量类案件中立案4件，罚没1.5万元；价格类案件立案2件，罚没0.6万元。全区合计立案6件，罚没2.1万元。"
    "生产领域抽查9批次，流通领域抽查4批次，共抽检13批次。",
    {
        "cases.cases_handled": "8", "cases.cases_filed": "6", "cases.fines_confiscations": "2.1",
        "sampling.batches": "13",
    },
)  # fmt: skip

COMPARED = Style(
    "大丰区",
    "截至5月31日，共查办案件9件，较上期多查办案件3件，同比增长50%。上期查办案件6件，立案5件。"
    "去年同期共出动执法人员300人次，今年以来共出动执法人员560人次。",
    {"cases.cases_handled": "9", "cases.officers_dispatched": "560"},
)

BACKGROUND = Style(
    "阜宁县",
    "今年以来，全国共查办口罩案件3万件，罚没3.5亿元。省局通报，全省抽查口罩120批次，不合格9批次。全市共抽查145批次。"
    "我县认真部署，共抽查10批次，未发现不合格产品。",
    {"sampling.batches": "10", "sampling.failing": "0"},
)

SINGLE_CASE = Style(
    "东台市",
    "三、典型案例\n某药店销售不合格口罩案，查获口罩2000只，罚没2万元，立案1件。\n"
    "四、执法情况\n对示例劳保用品有限公司罚没3.2万元，该公司查获口罩500只。全市累计罚没14.73万元，查获口罩20.1万只。",
    {"cases.fines_confiscations": "14.73", "cases.masks_seized": "20.1"},
)

NO_MAKER = Style(
    "盐南高新区",
    "经全面排查，辖区内无非医用口罩生产企业，附件3作零报告。走访医用口罩生产企业2家，检查药店35家次。",
    {"enterprises.firms": "0"},
)

ROSTER = Style(
    "亭湖区",
    "经排查，辖区内现有非医用口罩生产企业8家，其中在产7家、停产1家；对8家口罩生产企业开展了质量培训。",
    {"enterprises.firms": "8", "enterprises.producing": "7", "enterprises.stopped": "1"},
)

COLLOQUIAL = Style(
    "市开发区",
    "1、执法检查：出动执法人员约350人(次)。2、累计出动执法检查人员360人次、检查药店、超市、商场等435户次，"
    "立案查处7件，办结2件，罚没款共计1.84万元，涉案金额9.6999万元，查扣假冒口罩18.3万个，移送公安0件。",
    {
        "cases.officers_dispatched": "360", "cases.operators_inspected": "435", "cases.cases_filed": "7",
        "cases.cases_closed": "2", "cases.fines_confiscations": "1.84", "cases.case_value": "9.6999",
        "cases.masks_seized": "18.3", "cases.cases_transferred": "0",
    },
)  # fmt: skip

SILENT = Style(
    "射阳县",
    "一、主要做法\n（一）加强组织领导。成立由3个科室组成的专班，召开会议2次，明确12项任务。\n"
    "（二）畅通12315热线，受理投诉15件，办理举报3件。发放宣传资料2000份，培训企业20家60人次。\n"
    "二、存在问题\n一是十余家小店索证索票不全；二是个别企业抽检不到位。",
    {},
)

STYLES = {name.lower(): s for name, s in list(globals().items()) if isinstance(s, Style)}
