"""What is said of files as they came: whose they are, what they hold, and the analyst's register of them."""

from __future__ import annotations

from tally.catalogue.kind import Kind
from tally.catalogue.words import ERROR, NOTE, WARNING
from tally.errors import UnreadableFile

_WHOSE = "请核实该文件属于哪个单位，删去误放的一份"
_NO_TABLE = (
    "{what}中没有找到规定的统计表，未计入{hidden}",
    "是报表的请使用规定的表式和表头；与报表无关的请删去",
)
_MILD = ("inline_picture", "accessory", "of_page", "frames")  # problems of files that hold no data as a rule
_FILES: dict[str, Kind] = {
    f"file.{problem}": Kind(NOTE if problem in _MILD else ERROR, f"{fact}，未计入", remedy)
    for problem, (fact, remedy) in UnreadableFile.PROBLEMS.items()
}

INTAKE: dict[str, Kind] = {
    **_FILES,
    "file.remark": Kind(NOTE, "{text}"),
    "file.companion": Kind(NOTE, "本期各表已从其他文件读取，此件只作存档"),
    "file.companion/later": Kind(
        WARNING, "本期各表已从其他文件读取，但此件来得更晚", "请核实是否更正件；是更正的请报送可编辑的表格"
    ),
    # whose it is
    "intake.no_unit": Kind(
        ERROR,
        "无法确定文件属于哪个单位：{why}，未计入",
        "请放入该单位的文件夹，或在 received.csv 的 unit 一列写明单位",
        "能确定唯一的报送单位",
    ),
    "intake.two_units": Kind(
        ERROR,
        "文件夹、文件名或表内的单位不一致：既像{unit_name}又像{others}，未计入",
        "请核实是哪个单位的文件，放入该单位的文件夹并改正文件名",
    ),
    "intake.unit_disagrees": Kind(
        ERROR,
        "文件在{unit_name}名下，{where}（{named}），未计入",
        "请核实是哪个单位的报表；放错的请移到该单位文件夹，写错的请改正填报单位",
    ),
    "intake.rows_of_others": Kind(
        ERROR,
        "名册中有 {count} 行的单位写的是“{written}”，不是{unit_name}，未计入",
        "写错的请改正单位；确属其他单位的请由该单位报送，或把全市汇总的名册放在期次文件夹下",
    ),
    "intake.row_of_unknown": Kind(
        WARNING, "单位一列的“{written}”不是规定的单位名称，该行按{unit_name}计入", "请改正单位名称"
    ),
    "intake.total_of_place": Kind(
        WARNING,
        "合计行写作“{written}”的合计，仍按{unit_name}的合计读取",
        "请核实合计行是否只含本单位的数，并改写为“合计”",
    ),
    "intake.row_of_nobody": Kind(
        ERROR, "汇总的名册中有 {count} 行没有写明是哪个单位的，未计入", "请在单位一列写明规定的单位名称"
    ),
    "intake.code_of_other": Kind(
        WARNING,
        "填报单位写作“{written}”，代码却是{others}的“{code}”，按{unit_name}计入",
        "请核实是哪个单位的报表，并改正代码",
    ),
    "intake.unknown_unit": Kind(WARNING, "填报单位“{written}”不是规定的报送单位，按{unit_name}计入", "请改正填报单位"),
    "intake.part_of_unit": Kind(
        WARNING, "填报单位“{written}”像是{unit_name}的下级机构，按{unit_name}计入", "请核实表中是不是全单位的数字"
    ),
    "intake.other_office": Kind(
        WARNING,
        "填报单位“{written}”中的“{office}”不是报送单位，按{unit_name}计入",
        "请核实表中是不是{unit_name}全部的数字，并以报送单位的名义报送",
    ),
    "intake.bare_city": Kind(
        WARNING, "填报单位只写“{written}”，按市本级自己的报表计入", "请核实是市本级的报表，不是全市汇总表"
    ),
    "intake.city_total": Kind(
        ERROR, "从名称看是全市汇总表，不是市本级自己的报表，未计入", "请只报送本级的统计表；确为本级的请改正名称"
    ),
    "intake.same_file": Kind(ERROR, "与{others}报送的 {path} 内容完全相同，又没有填报单位，两处均未计入", _WHOSE),
    # what it holds
    "intake.no_form": Kind(
        ERROR,
        "文件中没有找到任何规定的统计表，也不是工作总结，未计入",
        "请核实是否误放；是报表的请使用规定的表式",
    ),
    "intake.no_form/sheet": Kind(ERROR, *_NO_TABLE),
    "intake.no_form/figures": Kind(WARNING, *_NO_TABLE),
    "intake.no_form/words": Kind(NOTE, *_NO_TABLE),
    "intake.sheet_says": Kind(
        WARNING,
        "没有统计表的工作表{hidden}写有“{text}”，可能关系到旁边的统计表，未据此改动",
        "请核实；影响统计表的请直接改统计表，不影响的请删去",
    ),
    "intake.sheet_pictured": Kind(
        WARNING,
        "工作表{hidden}里没有规定的统计表，只有{drawn}，其中的内容没有读取，未计入",
        "图片里是统计表或总结的，请改报可编辑的表格或文字；与报表无关的不必理会",
    ),
    "intake.form_in_text": Kind(
        ERROR, "《{title}》写成了文字段落而不是表格，其中数字未计入", "请使用规定的表式重新报送"
    ),
    "intake.notice": Kind(NOTE, "是主管部门自己的通知及空白附件，不是本单位的报表或总结，未计入"),
    "intake.letter_says": Kind(
        WARNING,
        "邮件里写有“{text}”，其中“{word}”可能改变所附报表的数；程序没有据以改动",
        "请核实；要更正的，请改好报表后重新报送",
    ),
    "intake.letter_figure": Kind(
        WARNING,
        "邮件正文写“{label}”{written}，{basis}为{shown}，两者不一致；以统计表为准，没有据正文改动",
        "请核实哪一个对；要更正的，请改好报表后重新报送",
    ),
    "intake.letter_figure/rounded": Kind(
        NOTE, "邮件正文写“{label}”{written}，{basis}为{shown}，正文为取整数", "请核实；要更正的，请改好报表后重新报送"
    ),
    "intake.letter_before": Kind(
        WARNING,
        "表上的日期 {day} 晚于邮件发出的日期 {sent}，所填可能是预计的数，或日期写错",
        "请核实数据截止到哪一天，并改正日期",
    ),
    "intake.letter_bare": Kind(WARNING, "邮件说有附件，却没有附件", "请连同附件重新发送"),
    "intake.letter_only": Kind(
        WARNING, "没有收到《{title}》，邮件正文写有“{text}”，其中数字未计入", "请用规定的表式报送"
    ),
    "intake.letter_quotes": Kind(
        WARNING,
        "邮件引用的来信写有“{text}”，所附报表中没有{figure}这个数，不知是否已按来信改正",
        "请核实；没有改的，请改好报表后重新报送",
    ),
    "intake.letter_unit": Kind(
        WARNING,
        "邮件里写的单位是{named}（“{text}”），所附报表仍按{unit_name}计入",
        "请核实邮件是哪个单位的；放错的请移到该单位的文件夹",
    ),
    "intake.passed_over": Kind(
        WARNING, "隐藏文件或链接，没有读取", "是报表的请改名，或换成文件本身后重新放入；无关的请删去"
    ),
    "intake.odd_name": Kind(
        ERROR,
        "文件名含有不能识别的字符（编码不对或控制字符），没有读取",
        "请改名后重新放入；从压缩包解出的，请换用能识别中文文件名的软件解压",
    ),
    "intake.no_permission": Kind(ERROR, "没有读取该文件夹的权限，其中的文件没有读取", "请检查文件夹权限后重新运行"),
    # received.csv
    "intake.unregistered": Kind(
        NOTE,
        "{count} 个文件没有收文登记，收文日期按文件的修改时间计",
        "请在 received.csv 登记收文日期，以准确判定是否逾期",
    ),
    "intake.register": Kind(ERROR, "收文登记没有“file”一列，没有采用", "请写成 file,received,unit,note 四列"),
    "intake.register/no_file": Kind(
        WARNING, "收文登记第 {line} 行的文件“{path}”不在收件文件夹中", "请核对路径（从本期文件夹写起）"
    ),
    "intake.register/two_units": Kind(ERROR, "收文登记把“{path}”先后登记给不同的单位，均未采用", "请只保留正确的一行"),
    "intake.register/two_days": Kind(NOTE, "收文登记把“{path}”登记了两个收文日期，以后一行为准"),
    "intake.register/day": Kind(
        WARNING, "收文登记第 {line} 行的日期“{written}”读不出，没有采用", "请写成 2021-06-01 的样子"
    ),
    "intake.register/unit": Kind(
        WARNING, "收文登记第 {line} 行的单位“{written}”不是唯一的报送单位，没有采用", "请写单位的全称或六位代码"
    ),
}
