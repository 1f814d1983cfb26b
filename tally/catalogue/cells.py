"""What is said of one cell: a note for a repair that keeps the meaning, a warning for one to look at, an error for a refusal.

`seen` is what the cell says, `value` what was read; `what` names what is missing (数值, 日期, 内容).
"""

from __future__ import annotations

from tally.catalogue.kind import Kind
from tally.catalogue.words import ERROR, NOTE, WARNING

_OWN_FIGURE = "请核实是不是本单位本期的数，并以数值填报"

_LOOK = "请核实，必要时重新填写"
_AS_TEXT = "请把单元格设为文本格式后重新填写"
_AS_GENERAL = "请把单元格格式改为“常规”，直接填写要报的数值"
_READ_AS = "“{seen}”读作 {value}"
_CONVERTED = "“{seen}”换算成“{unit}”为 {value}"
_IN_UNIT = "以“{unit}”为单位的数值"
_COMMENT = "单元格有批注：“{comment}”"
_STRUCK = "“{seen}”带删除线，无法判断是否有效"
_NOT_ONE = "“{seen}”读不出一个确定的数"

CELLS: dict[str, Kind] = {
    # any kind of cell
    "cell.required": Kind(ERROR, "“{label}”为空", "请补填", "填写{label}"),
    "cell.ditto": Kind(ERROR, "“{seen}”：需要上一行的{what}"),
    "cell.ditto/above": Kind(NOTE, "按上一行读作“{value}”"),
    "cell.ditto/look": Kind(WARNING, "按上一行读作“{value}”", "请直接填写"),
    "cell.unknown": Kind(WARNING, "写的是“{seen}”，没有{what}", "请核实后填写"),
    "cell.not_done/number": Kind(WARNING, "写的是“{seen}”，没有数值", "未开展的请填 0 并在备注说明"),
    "cell.unknown/number": Kind(WARNING, "写的是“{seen}”，没有数值", "请核实后填写数值；确无的填 0"),
    "cell.not_done": Kind(NOTE, "写的是“{seen}”"),
    "cell.not_done/choice": Kind(WARNING, "写的是“{seen}”，没有结论", "请核实后填写"),
    "cell.error_value": Kind(ERROR, "单元格为公式错误值 {value}", "请修正公式或直接填写{what}"),
    "cell.uncached": Kind(ERROR, "公式 {formula} 没有保存计算结果", "请用 Excel 或 WPS 打开并保存，或直接填写数值"),
    "cell.stale": Kind(
        ERROR,
        "公式 {formula} 保存的结果 {stored} 与所引用的单元格对不上",
        "请用 Excel 或 WPS 打开、重新计算并保存，或直接填写数值",
    ),
    "cell.ragged": Kind(ERROR, "该行的格数与其他行不同，分不清“{stored}”属于哪一列", "请补齐该行的单元格"),
    "cell.overrun": Kind(
        ERROR, "“{stored}”压在格线上，分不清属于哪一格", "请调高行高、使文字全部在格内后重新导出，或报送电子表"
    ),
    "cell.computed": Kind(NOTE, "公式 {formula} 没有保存结果，已算出 {value}"),
    "cell.garbled": Kind(ERROR, "“{seen}”是乱码", "请用正确的编码重新保存后报送"),
    "cell.garbled/name": Kind(
        ERROR, "“{seen}”中有字丢失或显示不出，名称不完整", "请补正名称后报送（生僻字可加注读音）"
    ),
    "cell.struck": Kind(ERROR, _STRUCK, "有效的请去掉删除线，作废的请删去"),
    "cell.crossed": Kind(ERROR, "“{seen}”被斜线划掉，不知是否作废，未计入", "有效的请去掉斜线，作废的请删去"),
    "cell.crossed/one": Kind(
        WARNING, "“{seen}”上划有斜线，不知是否作废，仍按所写读取", "有效的请去掉斜线，作废的请删去"
    ),
    "cell.unseen": Kind(
        ERROR, "“{seen}”看不见（隐藏，或字与底色相同），无法判断是否有效", "要报的请显示出来，作废的请删去"
    ),
    "cell.left_out": Kind(WARNING, "“{part}”{words}，未计", "请核实，作废的文字请删去"),
    "cell.left_out/blank": Kind(WARNING, "“{part}”{words}，未计，单元格按空白处理", "要报的请重新填写，作废的请删去"),
    "cell.two_looks": Kind(
        ERROR, "“{seen}”中数字的样子（颜色、字号等）前后不同，可能是两个数", "请只保留一个数", "一个数值"
    ),
    "cell.small_figures": Kind(ERROR, "“{seen}”中夹有上标或下标，读不出确定的内容", "请去掉上标、下标后重新填写"),
    "cell.comment": Kind(NOTE, _COMMENT),
    "cell.comment/figures": Kind(WARNING, _COMMENT),
    "cell.merged": Kind(NOTE, "合并单元格，按首格内容读取"),
    "cell.merged_figure": Kind(WARNING, "合并单元格中的数值只计一次，记在第一行", "请取消合并，分行填写"),
    # numbers
    "cell.number_style": Kind(NOTE, _READ_AS),
    "cell.numeral": Kind(NOTE, _READ_AS),
    "cell.numeral/zero": Kind(NOTE, "“{seen}”按 0 读取"),
    "cell.unit_written": Kind(NOTE, "“{seen}”读作 {value}（{unit}）"),
    "cell.unit_converted": Kind(WARNING, _CONVERTED, _LOOK),
    "cell.unit_converted/prescribed": Kind(WARNING, _CONVERTED, "请核实；该列应以“{unit}”为单位填写"),
    "cell.header_unit": Kind(NOTE, "按表头单位“{written}”换算为 {value}（{unit}）"),
    "cell.header_unit/again": Kind(WARNING, "{before}；再按表头单位“{written}”换算为 {value}", _LOOK),
    "cell.header_unit/other": Kind(ERROR, "表头的计量单位“{written}”无法换算成“{unit}”", "", _IN_UNIT),
    "cell.inner_space": Kind(WARNING, "“{seen}”中的空格按千分位读取为 {value}", _LOOK),
    "cell.inner_space/two": Kind(ERROR, "“{seen}”中间有空格，可能是两个数", "若为一个数请写作 {value}", "一个数值"),
    "cell.footnote": Kind(WARNING, "“{seen}”读作 {value}，“{mark}”按注释标记处理", "请核实注释是否影响该数"),
    "cell.prefix": Kind(WARNING, _READ_AS, _LOOK),
    "cell.prefix/unit": Kind(WARNING, "“{seen}”读作 {value}（{unit}）", _LOOK),
    "cell.approximate": Kind(WARNING, "“{seen}”是约数，按 {value} 计", "请填写准确数值"),
    "cell.increment": Kind(
        WARNING, "“{seen}”带加号，像是本期新增的数，规定应报累计数；按 {value} 计", "请填报累计数", "累计数"
    ),
    "cell.bracket": Kind(WARNING, "“{seen}”读作 {value}，括号内“{inside}”未计", "请核实括号内的内容是否影响该数"),
    "cell.expression": Kind(WARNING, "“{seen}”按算式相加读作 {value}", "请直接填写合计后的数值"),
    "cell.expression/equation": Kind(WARNING, "“{seen}”按算式结果读作 {value}", _LOOK),
    "cell.scientific": Kind(WARNING, "“{seen}”按科学计数读作 {value}", _LOOK),
    "cell.too_large": Kind(ERROR, "数值 {value} 大得不合常理，疑为误填其他内容（如电话、代码）", "", "合理的数值"),
    "cell.not_whole": Kind(ERROR, "“{seen}”不是整数", "请按整数填写", "整数"),
    "cell.not_number": Kind(ERROR, _NOT_ONE, "请填写一个数值"),
    "cell.not_number/between": Kind(ERROR, "“{seen}”是约数或一个范围，不是一个数", "请填写一个准确的数值"),
    "cell.not_number/typo": Kind(ERROR, _NOT_ONE, "疑为 {guess}（把数字误写成字母），请核实"),
    "cell.not_number/logical": Kind(ERROR, "“{seen}”是逻辑值，不是数", "", "数值"),
    "cell.not_number/no_unit": Kind(ERROR, "“{seen}”没有写明是“元”还是“{unit}”", "请写明单位", _IN_UNIT),
    "cell.not_number/not_finite": Kind(ERROR, "“{seen}”不是有限的数", "", "数值"),
    "cell.percent/format": Kind(ERROR, "单元格按百分数显示（{value}%），不是数值", "请把单元格格式改为“常规”", "数值"),
    "cell.shown": Kind(WARNING, "单元格显示为“{seen}”（存的是 {stored}），按显示读作 {value}", _LOOK),
    "cell.shown/refused": Kind(ERROR, "单元格显示为“{seen}”（存的是 {stored}）：{said}", _AS_GENERAL, "一个数值"),
    "cell.shown/hidden": Kind(ERROR, "单元格存有 {stored}，却因数字格式不显示", "要报的请显示出来，不报的请删去"),
    "cell.shown/zero": Kind(NOTE, "单元格存的是 0，显示为“{seen}”，按 0 计"),
    "cell.shown/rounded": Kind(NOTE, "单元格存的是 {stored}，按所显示的位数取 {value}"),
    "cell.shown/rounded_much": Kind(WARNING, "单元格存的是 {stored}，只显示为 {value}，按显示计", _LOOK),
    "cell.shown/date": Kind(
        WARNING, "单元格只显示“{seen}”，存的日期是 {value}，其余部分可能是软件自动补的", "请写全年、月、日"
    ),
    "cell.shown/words": Kind(NOTE, "单元格显示为“{seen}”（存的是 {stored}），按显示读取"),
    "cell.float_tail": Kind(NOTE, "去掉了浮点尾数：{seen} → {value}"),
    "cell.date_in_number": Kind(
        ERROR, "“{seen}”被存成了日期，不是数", "请把单元格格式改为“常规”后重新填写数值", "数值"
    ),
    "cell.percent": Kind(ERROR, "“{seen}”是百分数，不是数值", "请填写一个数值", "数值"),
    "cell.other_unit": Kind(ERROR, "“{seen}”的单位“{written}”不能换算成“{unit}”", "请按“{unit}”填写"),
    "cell.other_unit/money": Kind(ERROR, "“{seen}”是金额，该列的单位是“{unit}”", "", _IN_UNIT),
    # dates
    "cell.date_style": Kind(NOTE, _READ_AS),
    "cell.not_date": Kind(ERROR, "“{seen}”不是日期"),
    "cell.not_date/partly": Kind(ERROR, "“{seen}”不是完整的日期", "请填写年、月、日"),
    "cell.date_words": Kind(WARNING, _READ_AS, "请核实，并只填写四位年份的完整日期"),
    "cell.date_partial": Kind(ERROR, "“{seen}”只写到月", "请补充到日"),
    "cell.date_range": Kind(ERROR, "日期 {value} 不合常理"),
    "cell.impossible_date": Kind(ERROR, "“{seen}”：没有这一天", "请核对月份和日期"),
    # words and codes
    "cell.choice_style": Kind(NOTE, "“{seen}”读作“{value}”"),
    "cell.choice_words": Kind(WARNING, "“{seen}”读作“{value}”", "请核实，并只填“{value}”"),
    "cell.several_in_one": Kind(
        WARNING, "“{seen}”像是不止一个（几家、几种或几批），按一个计", "请一家企业、一种产品、一个批次填一行"
    ),
    "cell.no_name": Kind(ERROR, "“{seen}”不是{what}", "请核对是否填错了栏，填写全称"),
    "cell.no_name/look": Kind(WARNING, "“{seen}”不像{what}", "请核对是否与旁边的栏填反，填写全称"),
    "cell.name_marks": Kind(NOTE, "“{seen}”去掉前后的编号、符号，读作“{value}”"),
    "cell.name_and_more": Kind(
        WARNING, "“{seen}”的名称后面另写有代码或电话，名称之外的没有读取", "请把代码、电话填入各自的栏"
    ),
    "cell.name_and_words": Kind(
        WARNING, "“{seen}”的名称之外另写有“{words}”，名称读作“{value}”", "请核实，此栏只填全称，其他情况写在备注里"
    ),
    "cell.name_of_another": Kind(
        WARNING, "“{seen}”写有标称、委托等字样，看不出是哪家企业", "请只填被抽查企业的全称，委托关系写在备注里"
    ),
    "cell.two_firms": Kind(WARNING, "“{seen}”像是写了几家企业，按一家计", "请一家企业填一行"),
    "cell.choice_open": Kind(
        WARNING,
        "“{seen}”读作“{value}”，而括号内“{inside}”说明尚无定论或另有一次结论",
        "请核实结论，定论后只填“{value}”或更正",
    ),
    "cell.choice_remark": Kind(NOTE, "“{seen}”读作“{value}”，括号内为“{inside}”"),
    "cell.not_choice": Kind(ERROR, "“{seen}”不在可选范围内", "请填写：{expected}"),
    "cell.date_in_text": Kind(
        WARNING,
        "文字栏里存的是日期 {value}，可能是软件自动改写（如“3-5”）",
        "请把单元格格式改为“文本”后重新填写",
    ),
    "cell.digits_lost": Kind(ERROR, "长数字被存成 {seen}，末尾数字已丢失", _AS_TEXT),
    "cell.digits_lost/code": Kind(ERROR, "信用代码被存成数字 {seen}，末尾数字已丢失", _AS_TEXT, "18 位信用代码"),
    "cell.digits_lost/phone": Kind(ERROR, "电话被存成 {seen}，数字已丢失", _AS_TEXT),
    "cell.spaces": Kind(NOTE, "去掉了多余的空格或换行：“{value}”"),
    "cell.code_style": Kind(NOTE, _READ_AS),
    "cell.phone_number": Kind(NOTE, "电话被存成数字，读作 {value}"),
    "cell.phone_number/short": Kind(
        WARNING, "电话被存成数字，读作 {value}，位数不像完整的电话，开头的 0 可能已丢失", _AS_TEXT
    ),
    "cell.phone_digits": Kind(WARNING, "“{seen}”有 {count} 位数字，手机号码应为 11 位", "请核对后填写"),
    "cell.phone_style": Kind(NOTE, _READ_AS),
    "cell.seq": Kind(NOTE, "序号“{seen}”不是数字"),
    "cell.seq_style": Kind(NOTE, _READ_AS),
    "returns.formula": Kind(WARNING, "“{label}”是公式“{formula}”，取自“{name}”，像是别的时期的数", _OWN_FIGURE),
    "returns.formula/unit": Kind(WARNING, "“{label}”是公式“{formula}”，取自{name}的表", _OWN_FIGURE),
    "returns.formula/chance": Kind(WARNING, "“{label}”是公式“{formula}”，每次打开数值都会变（{name}）", _OWN_FIGURE),
    "returns.formula/measure": Kind(WARNING, "“{label}”是公式“{formula}”，照取“{name}”的数", _OWN_FIGURE),
    "returns.formula/link": Kind(NOTE, "“{label}”取自另一个工作簿“{name}”，按文件中保存的结果读取"),
}
