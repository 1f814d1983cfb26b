"""What is said of words and figures that the form does not ask for: qualifiers, split columns, lines that are no records."""

from __future__ import annotations

from tally.catalogue.kind import Kind
from tally.catalogue.words import ERROR, NOTE, WARNING

_AS_PRESCRIBED = "请核实“{label}”的口径，按规定填写，并删去“{word}”"

_UNREAD = "影响数据的请直接改表内的数，不影响的请删去这句话或说明不影响"
LEDGER: dict[str, Kind] = {
    # several columns under one heading
    "form.other_time": Kind(NOTE, "“{label}”等栏分列的“{word}”不是本期的数，未计入"),
    "form.part_of_column": Kind(NOTE, "“{label}”等栏分列的“{word}”是其中的一部分，未另计"),
    "form.other_column": Kind(NOTE, "“{label}”等栏下另列有“{word}”，不是要报的数，未计入"),
    "form.columns_added": Kind(
        WARNING, "“{label}”分作{names}几列，按各列之和读取", "请核实各列之和是否就是“{label}”，并使用规定的表式"
    ),
    "form.columns_refused": Kind(
        ERROR,
        "“{label}”下分列{names}，看不出哪一列是要报的数，该栏未计入",
        "请使用规定的表式，“{label}”只填一列；或写明合计一列",
    ),
    "form.heading_beside": Kind(
        WARNING, "“{label}”一列没有内容，旁边没有表头的一列却有，按该列读取", "请把数据移到表头“{label}”之下"
    ),
    "form.headings_shifted": Kind(
        ERROR, "“{label}”等 {count} 列的表头与数据错开一列，数据未计入", "请把表头与数据对齐后重新报送"
    ),
    "form.seq_unheaded": Kind(NOTE, "“{label}”一列没有表头，没有读取；各条记录不受影响", "请补写表头“{label}”"),
    "form.unheaded_column": Kind(
        ERROR, "该列有内容却没有表头，未计入：“{text}”{more}", "请补写表头，或删去与报表无关的内容"
    ),
    "form.unheaded_column/words": Kind(
        WARNING, "该列有内容却没有表头，未计入：“{text}”{more}", "请补写表头，或删去与报表无关的内容"
    ),
    # words that qualify
    "form.words_scope": Kind(ERROR, "“{label}”写明是“{word}”，规定应报{scope}", _AS_PRESCRIBED, "{scope}"),
    "form.words_other_time": Kind(ERROR, "“{label}”写明“{word}”，不全是本期的数", _AS_PRESCRIBED, "本期的数"),
    "form.words_planned": Kind(ERROR, "“{label}”写明“{word}”，不是实际发生的数", _AS_PRESCRIBED, "实际发生的数"),
    "form.words_share": Kind(ERROR, "“{label}”写明“{word}”，像是比率或增减，不是规定的数", _AS_PRESCRIBED),
    "form.words_limit": Kind(WARNING, "“{label}”写明“{word}”，与规定的口径可能不同", _AS_PRESCRIBED),
    "form.words_unknown": Kind(WARNING, "“{label}”另写有“{word}”，不知是否影响数值", _AS_PRESCRIBED),
    "form.words_unknown/text": Kind(NOTE, "“{label}”的表头另写有“{word}”"),
    "form.words_foreign": Kind(
        WARNING, "表头另写有外文“{word}”，未与规定的栏目核对", "请核实外文与中文栏目一致，不一致的请改正"
    ),
    "form.row_foreign": Kind(
        WARNING, "行名“{label}”等另写有外文，未与规定的类别核对", "请核实外文与中文一致，不一致的请改正"
    ),
    "form.no_unit": Kind(
        WARNING,
        "“{label}”没有写明计量单位，按规定的“{prescribed}”读取",
        "请核实数值是否以“{prescribed}”为单位，并在表头写明",
        "{prescribed}",
    ),
    # a figure that is not in one cell of its own
    "cell.columns_refused": Kind(
        ERROR, "“{label}”下分列几个数（{names}），看不出哪一个是要报的，未计入", "请只填一个数，或写明合计一列"
    ),
    "cell.columns_added": Kind(NOTE, "各列相加：{words} = {value}"),
    "cell.columns_added/look": Kind(WARNING, "各列相加：{words} = {value}；{doubts}", "请核实各列的数"),
    "cell.ticked": Kind(NOTE, "按打勾的一列读作“{value}”"),
    "cell.ticks": Kind(ERROR, "“{seen}”看不出选的是哪一项", "请只在一项下打勾，或直接写明{expected}", "{expected}"),
    "cell.merged_across": Kind(
        ERROR, "合并单元格横跨“{labels}”几栏，“{seen}”不知属于哪一栏，未计入", "请取消合并，分栏填写"
    ),
    "cell.merged_across/words": Kind(
        WARNING, "合并单元格横跨“{labels}”几栏，只记作“{first}”，其余按未填", "请取消合并，分栏填写"
    ),
    "cell.merged_across/nothing": Kind(NOTE, "合并单元格横跨“{labels}”几栏，写的是“{seen}”，各栏都按“{seen}”读取"),
    "cell.merged_across/label": Kind(ERROR, "该格与左边的“{seen}”合并，没有自己的数", "请取消合并，分栏填写"),
    "cell.several_lines": Kind(WARNING, "一条记录分写几行“{lines}”，已合成一格", "请核实，一条记录只占一行"),
    "cell.several_lines/refused": Kind(
        ERROR, "一条记录分写几行“{lines}”，不知以哪一个为准", "请一条记录只占一行，一格只填一个"
    ),
    "cell.row_refused": Kind(ERROR, "“{seen}”未计入：{why}", "请核对该行后重新填写"),
    "cell.shifted": Kind(ERROR, "表头与数据错开，“{seen}”像是“{label}”的数，未计入", "请把表头与数据对齐后重新报送"),
    # the rows of a matrix
    "form.row_scope": Kind(
        ERROR, "行名“{label}”写明“{word}”，而各栏所报不全是{word}数", "请核实该行的口径，并删去“{word}”"
    ),
    "form.row_other_time": Kind(ERROR, "行名“{label}”写明“{word}”，不全是本期的数", "请填报本期的数，并删去“{word}”"),
    "form.row_planned": Kind(ERROR, "行名“{label}”写明“{word}”，不是实际发生的数", "请填报实际发生的数"),
    "form.row_limit": Kind(
        WARNING, "行名“{label}”写明“{word}”，与规定的口径可能不同", "请核实该行的口径，并删去“{word}”"
    ),
    "form.row_unknown_words": Kind(
        WARNING, "行名“{label}”另写有“{word}”，不知是否影响数值", "请核实该行的口径，并删去“{word}”"
    ),
    "form.row_unit": Kind(
        WARNING, "行名“{label}”写有单位“{word}”，该行仍按各栏规定的单位读取", "请核实该行数值的计量单位，并删去“{word}”"
    ),
    "form.second_row": Kind(
        WARNING, "“{label}”行与第 {first} 行同属一类，以第 {first} 行为准，该行未计入", "请核实以哪一行为准，删去另一行"
    ),
    # the lines of a list
    "form.continued_row": Kind(NOTE, "该行是第 {first} 行记录的续行，已并入该记录"),
    "form.record_named_so": Kind(
        WARNING, "该行写有“{word}”，但序号相连、内容齐全，按一条记录计入", "确是示例或合计的请删去；确是名称的请说明"
    ),
    "form.example_row/look": Kind(
        WARNING, "该行写有“示例”一类的话，按示例行未计入", "确是示例的请删去；确是一条记录的请去掉这类字样"
    ),
    "form.stray_line": Kind(
        ERROR, "“{text}”只写在第一栏，紧接在记录下面，未作为记录计入", "确是一条记录的请按栏填写，否则请删去"
    ),
    "form.stray_line/apart": Kind(
        WARNING, "表下的“{text}”不像说明，未作为记录计入", "确是一条记录的请按栏填写，否则请删去"
    ),
    "form.list_unchanged": Kind(
        WARNING,
        "“{text}”只说没有变化，不是没有；表中没有列出记录，以往的名单不会自动沿用",
        "请按规定把名单报全；确实一条也没有的，请写“零报告”",
    ),
    "form.seq_mark": Kind(WARNING, "序号“{word}”带有标记，该行按记录计入", "请核实标记是否另有说明"),
    "form.seq_words": Kind(WARNING, "序号栏写的是“{word}”，该行按记录计入", "请核实该行是否错开一列"),
    "form.record_words": Kind(
        WARNING, "“{label}”写有“{text}”，像是说该条不作数，仍按记录计入", "不作数的请删去整行，作数的请删去这些字"
    ),
    "form.extra_words": Kind(
        WARNING, "规定以外的列“{label}”在该行写有“{text}”，该行仍按表中的数计入", "影响该行的请改表内的数或删去整行"
    ),
    "form.list_heading": Kind(
        WARNING, "“{text}”之下的记录按一般记录计入，与该标题可能不符", "请核实其下各条是否应当列入本表"
    ),
    "form.row_shifted": Kind(ERROR, "整行像是向左错开了一列，未计入", "请把各格移回对应的栏目"),
    # around the table
    "form.note_qualifies": Kind(
        WARNING, "说明中写有“{word}”，可能改变表中数据的口径：“{text}”", "请按规定的口径填报，或说明不影响表内数据"
    ),
    "form.note_pages": Kind(WARNING, "写有“{text}”，没有收到它前面的各页", "请把各页报齐；只有一页的请删去页码"),
    "form.note_unread": Kind(WARNING, "表下写有“{text}”，不知是否影响表中数据", _UNREAD),
    "form.note_said": Kind(NOTE, "表下文字未使用：“{text}”"),
    "form.words_above/unread": Kind(WARNING, "表前写有“{text}”，不知是否影响表中数据", _UNREAD),
    "form.words_above": Kind(NOTE, "表前文字未使用：“{text}”"),
    "form.words_above/qualify": Kind(
        WARNING, "表前写有“{word}”，可能改变表中数据的口径：“{text}”", "请按规定的口径填报，或说明不影响表内数据"
    ),
    "form.figures_outside": Kind(
        WARNING, "表格以外另有内容“{text}”，未计入", "请把更正写入表内相应单元格，无关的请删去"
    ),
    "form.ink": Kind(WARNING, "该处有{what}，其中内容没有读取{text}", "请把内容直接填入单元格，并删去{what}"),
    "form.ink/blank": Kind(ERROR, "单元格没有文字，却有{what}{text}", "请把内容直接填入单元格，并删去{what}"),
    "form.ink/condition": Kind(
        WARNING,
        "该处设有条件格式，条件成立时内容看不见、显示成别的或带删除线；条件是否成立无法判断（{text}），按所存内容读取",
        "请核对该处的数，并删去条件格式",
    ),
    "form.ink/inserted": Kind(
        WARNING, "表中有尚未接受的修订：新插入的“{text}”，按已接受读取", "请接受或拒绝修订后重新报送"
    ),
    "form.ink/prompt": Kind(
        WARNING,
        "该列的输入提示写有“{text}”，与规定的单位或口径不同，数值按规定的读取",
        "请核实填报时用的单位和口径，并改正输入提示",
    ),
    "form.ink/zeros": Kind(NOTE, "该工作表设置为不显示零值：存有 0 的 {text} 看上去是空白，按 0 计"),
    "form.ink/cut": Kind(
        WARNING, "文件在“{text}”处中断，末行比其他各行短，可能没有传完", "请核对末行及其后有无内容，重新报送完整的文件"
    ),
    "form.ink/note": Kind(NOTE, "表中有{what}，没有读取{text}"),
    "form.comment": Kind(
        WARNING, "该处有批注“{text}”，可能影响表中数据", "请把批注的意思直接改在表内，不影响数据的请删去批注"
    ),
    "form.comment/note": Kind(NOTE, "该处有批注“{text}”"),
    "form.overrun_words": Kind(
        ERROR,
        "“{text}”压在格线上，分不清是哪一格的字，该处文字未读取",
        "请调高行高、使文字全部在格内后重新导出，或报送电子表",
    ),
    "form.struck_words": Kind(
        WARNING, "“{text}”划有删除线，仍按没有划去读取", "不作数的请删去整行或整列，作数的请去掉删除线"
    ),
    "form.unseen_words": Kind(WARNING, "“{text}”在页面上看不见，仍按所写读取", "请核实该处文字，并改成看得见的颜色"),
    "form.shown_words": Kind(
        WARNING, "该处存的是“{text}”，页面上显示为“{shown}”，按所存读取", "请把要表达的文字直接写入单元格"
    ),
    # two versions of one table
    "returns.part_replaced": Kind(
        WARNING, "该表只有更正的 {count} 行，其余各行沿用 {older}", "请核实更正的行；以后请报送完整的表"
    ),
    "cell.versions_differ": Kind(
        ERROR,
        "两份表分不出先后，另一份写的是“{other}”",
        "请确认以哪一份为准，删去另一份，或在 received.csv 登记收文日期",
    ),
    "cell.versions_differ/refused": Kind(
        ERROR,
        "两份表分不出先后，这一份写“{seen}”，另一份写“{other}”，未计入",
        "请确认以哪一份为准，删去另一份，或在 received.csv 登记收文日期",
    ),
    # how it lay on the sheet
    "form.page_without_header": Kind(
        WARNING, "该表没有表头，接在上一页之后，按上一页的表头读取", "请核实各栏是否对齐；以后每页请带表头"
    ),
    "form.turned": Kind(WARNING, "表格行列互换（栏目名称在左侧），已按栏目读取", "请核实，并使用规定的表式"),
    "form.blank_measure": Kind(WARNING, "“{label}”一栏全部空白", "请补填；没有发生的填 0", "“{label}”的数值"),
}
