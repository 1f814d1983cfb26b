"""What the kinds of rule say: a row for each thing that a rule class can find, under the class's name.

How grave a finding is, the campaign declares with the rule; a severity here stands in place of that. `who` is the record
as a clerk calls it (质量类案件, 第3条), `label` the column's heading, `value` what it says.
"""

from __future__ import annotations

from tally.catalogue.kind import Saying
from tally.catalogue.words import NOTE, WARNING

_SUM = "“{label}”{sum_row} {total}{measure}，各类之和 {parts}{measure}，相差 {gap}{measure}"
_FILL_IN = "请补填“{label}”"
_PASSED = "请对照{proof}：合格的请清空本栏，不合格的请更正“{result}”"
_STOPPED = ("在产企业的样品；停产企业请说明样品来源", "请核对企业生产状况；如抽的是库存或流通领域样品，请说明")

MATRIX: dict[str, Saying] = {
    "RowsPresent": Saying(
        "表中没有“{label}”这一行", "请补上“{label}”行后重新报送", "{title}的每一行都要有，没有发生的填 0"
    ),
    "NotNegative": Saying(
        "{who}的“{label}”是负数（{value}）", "请核对原始台账；如为冲减数，请填更正后的实际数并说明", "0 或正数"
    ),
    "WholeNumbers": Saying(
        "{who}的“{label}”不是整数", "请核对是否小数点错位，或把按万计的数填进了本栏", "整数（{measure}）"
    ),
    "SharedColumn": Saying(
        "“{label}”只填了合计（{value}），各分类行未填",
        "如“{label}”不能按类别拆分，请在备注中说明，无需修改数字",
        "各类分别填写，合计为各类之和；无法分类的请说明",
    ),
    "SharedColumn/repeated": Saying(
        "“{label}”在各分类行中重复填写同一个数（{value}），未按类别拆分",
        "请把总数只填在合计行，或按类别拆分",
        "各类分别填写；全局共用的总数只填在合计行",
    ),
    "RepeatedSum": Saying(
        "“{label}”合计 {total} 是把 {rows} 行同一个数（{value}）相加得出的",
        "疑似把全局的总数重复计算，合计应为 {value}：请把它直接填在合计行，各类行留空；如确为各类人数相同，请说明",
        "{value}",
    ),
    "TotalIsSum": Saying(_SUM, "请核对合计和各类数字，改正填错的一处", "{parts}"),
    "TotalIsSum/blank": Saying(
        "“{label}”合计未填，而各类之和为 {parts}", "请核对各类数字后填写合计，各类之和为 {parts}", "{parts}"
    ),
    "TotalIsSum/rounded": Saying(_SUM + "，在四舍五入范围内", "如为四舍五入所致，无需修改", "{parts}", NOTE),
    "TotalIsSum/hardly_rounded": Saying(_SUM + "，难以用四舍五入解释", "请核对合计和各类数字", "{parts}", WARNING),
    "AtMost": Saying(
        "{who}的“{lower}”（{low}）大于“{upper}”（{high}）",
        "请核对“{lower}”和“{upper}”是否填反或填错{why}",
        "不超过{upper}数 {high}",
    ),
    "AtMost/blank": Saying(
        "{who}有“{lower}”（{low}），“{upper}”却未填",
        "请补填“{upper}”",
        "不少于 {low}",
    ),
    "Without/unchanged": Saying(
        "{who}本期有“{label}”（{value}{measure}），但累计的“{basis}”与上期相同，本期没有新增",
        "请核对“{basis}”是否照抄了上期的累计数；如属实，请说明原因",
        "有“{label}”时“{basis}”一般也应有新增",
    ),
    "Without/unchanged_few": Saying(
        "{who}本期有“{label}”（{value}{measure}），累计的“{basis}”与上期相同，而合计有新增",
        "如查的是以前检查过的对象，无需修改；否则请核对“{basis}”",
        severity=NOTE,
    ),
    "Without": Saying(
        "{who}有“{label}”（{value}{measure}），但“{basis}”为 0 或未填",
        "请核对是否漏填或错行；如属实，请说明原因",
        "有“{label}”时“{basis}”一般也应有数",
    ),
    "SimpleCasesCap": Saying(
        "{who}的 {cases} 件案件均为简易案件，{label}却有 {value}{measure}",
        "请核对“{filed}”是否漏填，或金额是否填错",
        "简易案件一般每件不超过 {cap}{measure}，共 {limit}{measure}",
    ),
    "Scale": Saying(
        "{who}的“{label}”（{value}{measure}）与“{by}”（{base}）相差悬殊：平均 {each}{measure}，通常约 {usual}{measure}",
        "{suspicion}",
        "平均约 {usual}{measure}，相差不到数百倍",
    ),
}

LISTS: dict[str, Saying] = {
    "Filled": Saying("{who}没有填写“{label}”", _FILL_IN, "应当填写"),
    "Filled/column": Saying("全表 {count} 条记录都没有填写“{label}”", "请补填“{label}”一栏", "每条记录都应填写"),
    "CreditCode": Saying(
        "{who}的“{label}”校验位不符，代码中至少有一位填错", "请对照营业执照{guess}", "符合 GB 32100 的 18 位代码"
    ),
    "CreditCode/length": Saying(
        "{who}的“{label}”有 {length} 位，应为 18 位",
        "请对照营业执照填写 18 位代码{old}",
        "符合 GB 32100 的 18 位代码",
    ),
    "OneOf": Saying("{who}的“{label}”填的是“{value}”，不在可选项中", "请从 {expected} 中选一项填写"),
    "NotAfterReport": Saying("{who}的“{label}”（{day}）晚于填报时间（{last}）", "请核对年份和月日", "不晚于 {last}"),
    "NotAfterReport/early": Saying("{who}的“{label}”（{day}）过早", "请核对年份和月日", "不早于 {year} 年", WARNING),
    "WithinScale": Saying(
        "{who}的“{label}”为 {value}{measure}，数量级异常",
        "疑似把{small}当成了{measure}，应为 {meant}{measure}；请核实，系统未作改动",
        "一般小于 {most}{measure}",
    ),
    "NotBatches": Saying(
        "{who}的“{label}”只有 {value} {measure}，疑似按批次或万{measure}填写",
        "本栏按“{measure}”填写；如确为这个数量，请说明",
        "逐{measure}计算的数量",
    ),
    "NotAFirm": Saying(
        "{who}的“{label}”写的像是企业名称",
        "请核对是否与企业名称一栏写颠倒了；确为这个名称的，请说明",
        "物品的名称",
    ),
    "Unique": Saying(
        "{who}的“{label}”与{earlier}重复（{value}）",
        "请核对{earlier}和{who}，删去重复的或更正填错的",
        "一个{record}一条记录，不重复",
    ),
    "Duplicate": Saying(
        "{who}与{earlier}{what}都相同",
        "如确为不同的{record}，请说明；如为重复录入，请删去其中一条",
        "一个{record}一条记录",
    ),
    "Duplicate/whole": Saying(
        "{who}与{earlier}所有各栏都相同",
        "疑似重复录入，请删去其中一条；如确为不同的{record}，请说明有何不同",
        "一个{record}一条记录",
    ),
    "Consecutive": Saying("{who}的序号为 {value}，前后不连续", "请核对是否漏行、重行或序号填错"),
    "ResultAgrees": Saying("{who}结果为不合格，但没有填写“{label}”", _FILL_IN, "应当填写"),
    "ResultAgrees/nothing": Saying(
        "{who}结果为不合格，但{labels}都未填",
        "请对照{proof}核对“{result}”，并补填有关各栏",
        "填全{labels}；如实际合格请更正",
    ),
    "ResultAgrees/passed": Saying("{who}结果为合格，却填有“{label}”", _PASSED, "合格的本栏不填"),
    "ResultAgrees/result": Saying(
        "{who}结果为合格，却填有{labels}，疑似结果填错",
        "请对照{proof}核对“{result}”",
        "不合格（或清空不合格各栏）",
    ),
    "DestinationAgrees": Saying(
        "{who}不合格产品已流入市场，但没有写明流向", "请补填“{label}”，或核对是否流入市场", "写明流入的地区或单位"
    ),
    "DestinationAgrees/none": Saying(
        "{who}不合格产品未流入市场，却填有流向", "请清空“{label}”，或核对是否流入市场", "未流入市场的本栏不填"
    ),
    "StoppedButSampled": Saying("{who}的企业为{status}，却有抽查样品", _STOPPED[1], _STOPPED[0]),
}

LINKS: dict[str, Saying] = {
    "Coverage": Saying(
        "{who}“{firm}”{state}，{samples} 中没有它的抽查记录",
        "请在{samples} 补报；如企业已停产，请在{roster} 更新“{status}”；如两表名称不一致，请统一为全称",
        "{day}前抽查全部在产企业",
    ),
    "KnownFirm": Saying(
        "{who}“{firm}”不在{roster} 的{makers}名单中",
        "如为漏报的{makers}，请补入{roster}；如为{sellers}，请说明；如名称不一致，请统一",
        "{roster} 名单内的{makers}，或说明为经营单位",
    ),
    "SameFirmFacts": Saying(
        "{who}“{firm}”的“{label}”为 {value}，{roster} {there}为 {other}",
        "请核对两张表，改正填错或未更新的一处",
        "与{roster} 一致（{other}）",
    ),
    "StoppedByRoster": Saying("{who}“{firm}”在{roster} 中为{status}，却有抽查样品", _STOPPED[1], _STOPPED[0]),
    "FailureHasCase": Saying(
        "{samples} 中 {count} 家生产企业抽查不合格（{firms}），{cases}“{who}”的“{label}”却为 0 或未填",
        "请核对是否漏报案件；尚未立案的，请说明进展",
        "不合格生产企业依法立案查处并计入本表",
    ),
    "FollowUpSteps": Saying(
        "{who}的“{label}”没有提到通知要求的任何一项措施：{missing}",
        "已采取的措施请补写明；不适用的无需填写",
        severity=WARNING,
    ),
    "FollowUpSteps/some": Saying(
        "{who}的“{label}”写明了{named}，未提到{missing}", "已采取的措施请补写明；不适用的无需填写", severity=NOTE
    ),
}

TIMES: dict[str, Saying] = {
    "NeverFalls": Saying(
        "{who}的“{label}”是累计数，本期（{value}）小于{last}（{before}）{more}",
        "请核对是否误按本期数填报；如为更正以前的数，请说明",
        "累计数不小于{last}{least}",
    ),
    "NeverFalls/last_was_wrong": Saying(
        "{who}的“{label}”是累计数，本期（{value}）小于{last}合计（{before}）；{last}合计与各类之和（{parts}）不符，按各类之和没有减少",
        "请更正{last}的合计；{last}合计属实的，请说明本期为什么减少",
        "不小于{last}各类之和 {parts}",
        NOTE,
    ),
    "NotStale": Saying(
        "本期{title}与{last}完全相同", "请核对是否误报了以前的表；如本期确无变化，请说明", "本期的新数字"
    ),
    "NotStale/quiet": Saying(
        "本期{title}与{last}完全相同：本期数都是 0，累计数没有变化", "如本期确实没有新情况，无需修改", severity=NOTE
    ),
    "NoOverlap": Saying(
        "{who}与{last}{there}相同，疑似重复报送",
        "请删去已报过的记录；如为新的{record}，请说明",
        "本表只报本期新增的记录",
    ),
    "NoOverlap/changed": Saying(
        "{who}与{last}{there}是同一条，只有{labels}不同，疑似又报了一次",
        "已报过的请删去，情况有变的请更正上期的记录；如为新的{record}，请说明",
        "本表只报本期新增的记录",
    ),
    "NothingVanishes": Saying(
        "{last}表中有 {count} 条记录本期没有：{names}",
        "请核对是否漏行，或只报了本期新增；如确应删除，请说明",
        "本表为截至本期的全部记录，以前报的记录仍应保留",
    ),
    "NotRewritten": Saying(
        "{who}与{last}的{there}是同一条，而“{label}”由“{before}”改为了“{value}”{more}",
        "请核对哪一次有误；如为更正以前的数，请说明",
        "{before}，或说明更正的原因",
    ),
}

UNITS: dict[str, Saying] = {
    "NotCopied": Saying(
        "{title}的数字与{other}完全相同", "请核对是否误用了其他单位的表或模板中的示例数", "各单位自己的数字"
    ),
    "NotCopied/rows": Saying(
        "{title}有 {count} 行数字与{other}完全相同", "请核对是否误用了其他单位的表", "各单位自己的数字"
    ),
    "NotShared": Saying(
        "第{row_name}条等 {count} 条记录与{other}填报的各栏完全相同，全市会重复计算",
        "请与{other}核实{record}在哪里，由一个单位填报",
        "同一{record}只由一个单位填报",
    ),
    "NotCityTotal": Saying(
        "合计各项与{what}完全相同，疑似误报了全市汇总表",
        "请报送本单位的统计表，不要报送全市汇总表",
        "本单位自己的数字",
    ),
    "Outlier": Saying(
        "{who}的“{label}”{flow}为 {value}{measure}，与本单位以往和其他单位相比明显异常（按以往约 {usual}{measure}）",
        "请核对原始台账；有误的请更正，属实的请写明原因",
        "{expects}",
    ),
    "Outlier/slip": Saying(
        "{who}的“{label}”{flow}为 {value}{measure}，与以往（约 {usual}{measure}）相差悬殊，疑似{slip}，{flow}应为 {meant}{measure}",
        "请核对原始台账；有误的请更正，属实的请写明原因；系统未作改动",
        "{expects}",
    ),
    "Outlier/retyped": Saying(
        "{who}的“{label}”等本期数与上期一字不差（{value}{measure}），疑似照抄上期",
        "请核对是否误用了上期的数；如确实相同，请说明",
        "本期的新数字",
    ),
    "ClaimedOnce": Saying(
        "第{row_name}条的“{label}”（{value}）{names}也填报了",
        "请与{names}核实{record}在哪里，由属地填报",
        "一个{record}只由一个单位填报",
    ),
}

SAYINGS: dict[str, Saying] = {**MATRIX, **LISTS, **LINKS, **TIMES, **UNITS}
