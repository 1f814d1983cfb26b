"""What is said of a form as it stands in a sheet: its header, its rows, what lies around it."""

from __future__ import annotations

from tally.catalogue.kind import Kind
from tally.catalogue.words import ERROR, NOTE, WARNING

_COUNT_IT = "请把更正写入表内相应单元格，或说明不影响表内数据"
_MISSING_COLUMN = ("缺少“{label}”一列", "请按规定的表式补报", "“{label}”一列")
_HIDDEN_ROW = "隐藏行中有数据，已计入"
_DUPLICATE_ROW = ("“{label}”出现两次，取第一次（第 {first} 行）", "请删去多余的一行")
_BESIDE = ("表格旁边另有内容“{text}”{more}，未计入", "请把更正写入表内相应单元格，无关的请删去")

FORMS: dict[str, Kind] = {
    # the header
    "form.column_guessed": Kind(WARNING, "表头“{label}”与规定不一致，按“{expected}”读取"),
    "form.other_scope": Kind(NOTE, "表中分列本期数和累计数，“{label}”按规定取{scope}，该列未计入"),
    "form.duplicate_column": Kind(ERROR, "表头“{label}”与另一列重复，该列未计入", "请只保留一列"),
    "form.unknown_column": Kind(WARNING, "表中增加了规定以外的列“{label}”，该列未计入", "请使用规定的表式"),
    "form.unknown_column/words": Kind(
        WARNING, "表中增加了规定以外的列“{label}”，该列未计入，其中写有{texts}", "请使用规定的表式"
    ),
    "form.unit_column": Kind(NOTE, "表中有“{label}”一列，按它判断各行属于哪个单位"),
    "form.place_column": Kind(NOTE, "表中增加了“{label}”一列，只说明所在地，未计入"),
    "form.missing_column": Kind(ERROR, *_MISSING_COLUMN),
    "form.missing_column/list": Kind(WARNING, *_MISSING_COLUMN),
    "form.missing_column/elsewhere": Kind(NOTE, *_MISSING_COLUMN),
    "form.hidden_column": Kind(WARNING, "“{label}”列被隐藏，其中数据已读取", "请取消隐藏后核实"),
    "form.columns_without_rows": Kind(
        ERROR,
        "“{labels}”等 {count} 列另成一组，没有对应的行名，未计入",
        "请写明各列是本期数还是累计数，并使用规定的表式",
    ),
    "form.header_unit": Kind(
        WARNING,
        "“{label}”表头的单位写作“{written}”，规定为“{expected}”，该列数值已按表头换算",
        "请改用规定的单位“{expected}”",
    ),
    "form.header_unit/other": Kind(
        ERROR,
        "“{label}”表头的单位写作“{written}”，规定为“{expected}”，无法换算，该列数值未计入",
        "请改用规定的单位“{expected}”",
    ),
    "form.unit_disagrees": Kind(
        WARNING,
        "“{label}”表头的单位写作“{written}”，表外却写“{outside}”，按表头读取",
        "请核实数值的计量单位，删去写错的一处",
    ),
    "form.unit_beside": Kind(
        ERROR,
        "“{label}”右侧的单位写作“{written}”，与该列的单位“{unit}”不同，该格仍按“{unit}”读取",
        "请改为同一单位的数值",
    ),
    # the rows
    "form.missing_row": Kind(ERROR, "缺少“{label}”一行", "请补报该行；没有发生的填 0", "“{label}”一行"),
    "form.duplicate_row": Kind(
        ERROR, "“{label}”在第 {first} 行已有一行，两行内容不同，看不出以哪一行为准，都未计入", "请删去多余的一行"
    ),
    "form.parts_of_rows": Kind(WARNING, "各类按“{names}”分行填列，以“{whole}”行为准，其余各行未另计", "请每类只填一行"),
    "form.duplicate_row/same": Kind(NOTE, *_DUPLICATE_ROW),
    "form.row_guessed": Kind(WARNING, "行名“{label}”与规定名称不一致，按“{expected}”读取"),
    "form.unknown_row": Kind(ERROR, "行名“{label}”不是规定的类别，该行未计入", "请按规定的类别填写，或并入“其他案件”"),
    "form.unknown_row/place": Kind(
        ERROR, "行名“{label}”是地区，不是规定的类别，该行未计入", "请按规定的类别分行填写全单位的数"
    ),
    "form.rows_are_places": Kind(
        ERROR, "表中各行是地区，没有按规定的类别分行", "请使用规定的表式，按类别填写全单位的数"
    ),
    "form.places_without_whole": Kind(
        ERROR, "表按“{names}”分别填列，没有全单位的合计，未计入", "请补报全单位的合计表，各类别只填一行"
    ),
    "form.places_left_out": Kind(NOTE, "表按“{names}”分别填列，以“{whole}”为准，各部分未另计"),
    "form.places_left_out/look": Kind(
        WARNING,
        "表中先有一组不写地区的行，又按“{names}”分别填列，以前一组为准，各部分未另计",
        "请核实前一组是不是全单位的合计",
    ),
    "form.unlabelled_row": Kind(ERROR, "该行有数字但没有行名，未计入", "请补写行名"),
    "form.check_row": Kind(NOTE, "“{label}”行是表内自行核对的行，未计入"),
    "form.check_column": Kind(NOTE, "“{label}”列是表内自行核对的列，未计入"),
    "form.check_fails": Kind(
        WARNING, "表内自行核对的“{label}”为“{text}”，表中数据前后不符", "请核对该行或该列的数", "0"
    ),
    "form.total_row": Kind(NOTE, "“{label}”行未计入"),
    "form.total_row/list": Kind(NOTE, "合计或小计行，未作为记录计入"),
    "form.example_row": Kind(NOTE, "填写示例行，未计入"),
    "form.struck_row": Kind(WARNING, "整行带删除线，未计入", "确要删除的请删去该行，否则去掉删除线"),
    "form.hidden_heading": Kind(WARNING, "表头被隐藏，看不出各列是什么，已按隐藏的表头读取", "请取消隐藏后核实"),
    "form.hidden_heading/labels": Kind(
        WARNING, "行名一列被隐藏，看不出各行是什么，已按隐藏的行名读取", "请取消隐藏后核实"
    ),
    "form.prefilled_rows": Kind(
        WARNING,
        "第 {first}—{last} 行只有预先填好的选项{texts}，没有其他内容，未作为{record}计入",
        "请核实；多余的行请删除",
    ),
    "form.hidden_row": Kind(WARNING, _HIDDEN_ROW, "请取消隐藏后核实"),
    "form.hidden_row/list": Kind(WARNING, _HIDDEN_ROW, "请核实该行是否应报；不应报的请删除"),
    "form.below_note": Kind(WARNING, "“{text}”之下仍有数据行，已计入", "请核实该行是否属于本表"),
    "form.count_disagrees": Kind(
        WARNING, "写有“{written}”，而表中为“{expected}”", "请核对是否漏行、多行或所写数目有误"
    ),
    "form.total_disagrees": Kind(
        WARNING, "合计行写的是 {written}，而表中各行为 {expected}", "请核对是否漏行或合计有误"
    ),
    "form.total_disagrees/part": Kind(
        WARNING, "小计或分组的标题写的是 {written}，而所属各行为 {expected}", "请核对是否漏行或小计有误"
    ),
    # around the table
    "form.note_corrects": Kind(WARNING, "表下说明涉及数字，可能更正表中数据：“{text}”", _COUNT_IT),
    "form.note_corrects/above": Kind(WARNING, "表前说明可能更正表中数据：“{text}”", _COUNT_IT),
    "form.note_figures": Kind(NOTE, "表下说明含有数字，未计入表内：“{text}”"),
    "form.date_unread": Kind(WARNING, "“{text}”中的日期读不出来，或没有这一天，看不出是哪一期的数", "请改正日期"),
    "form.beside_table": Kind(WARNING, *_BESIDE),
    "form.beside_table/words": Kind(NOTE, *_BESIDE),
    "form.hidden_sheet": Kind(WARNING, "隐藏的工作表中另有一份该表，未计入", "请取消隐藏后核实，多余的请删除"),
    "form.hidden_sheet/only": Kind(WARNING, "该表在隐藏的工作表中，已计入", "请取消隐藏后核实，多余的请删除"),
}
