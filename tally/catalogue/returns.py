"""What is said of a unit's return as a whole: its versions, its summary, and what the analyst wrote about it."""

from __future__ import annotations

from tally.catalogue.kind import Kind
from tally.catalogue.words import ERROR, NOTE, WARNING

_OWN_LINE = "请核对 {path} 第 {line} 行：源文件已改的，删去该行更正"
_OWN = "{path} 第 {line} 行的更正（{unit_name}，{target}）未应用："
_EMPTY = ("表中{what}，{outcome}", "确无内容的请注明“零报告”；漏报的请补报")
_AS_SUMMARY = "请报送本专项的工作总结；已另行报送的不必理会"
_EDITABLE = "请报送可编辑的表格（.xlsx、.xls 或 .docx）"
_REPLACED = "已由{why}的 {newer} 替代，未计入"

RETURNS: dict[str, Kind] = {
    # what came, in which version
    "returns.missing": Kind(ERROR, "没有收到《{title}》", "请尽快补报；没有内容的报“零报告”"),
    "returns.empty": Kind(ERROR, *_EMPTY),
    "returns.empty/words": Kind(WARNING, *_EMPTY),
    "returns.zero_and_rows": Kind(WARNING, "表中写有“零报告”一类的话，却又有记录，记录已计入", "请删去不实的一处"),
    "returns.zero_and_rows/text": Kind(
        WARNING, "{zero} 说该表为零报告，表中却有内容，已按表计入", "请核实以哪一份为准，删去另一份"
    ),
    "returns.other_period": Kind(
        ERROR,
        "该表写明的时间属于 {named}，不是本期（{expected}）；本期没有其他表，暂按本期计入",
        "请核实是否误报了往期数据，并改正填报时间",
    ),
    "returns.other_period/beside": Kind(
        WARNING,
        "该表写明属于 {named}，不是本期（{period}），未计入",
        "该期已经报过的，请删去往期的表；该期还没有报的，请作为该期的补报单独报送",
    ),
    "returns.duplicate": Kind(NOTE, "与 {other} 内容相同，只计一次"),
    "returns.within": Kind(NOTE, "其中各条记录都在 {other} 之内，未另计"),
    "returns.parts": Kind(
        WARNING,
        "该表有两份，序号都从头编起，内容大多不同，已合并计入（另一份在 {other}）",
        "请核实是同一张表的两部分，还是前后两次报送",
    ),
    "returns.scopes": Kind(
        WARNING,
        "“{label}”以前各期累计{last}{measure}，加上本期{part}{measure}是{sum}{measure}，与累计{whole}{measure}不符",
        "请核对本期数、累计数和以前各期的数",
        "{sum}",
    ),
    "returns.scopes/more": Kind(
        WARNING, "“{label}”的本期数（{part}{measure}）大于累计数（{whole}{measure}）", "请核对两列是否填反或填错"
    ),
    "returns.title_status": Kind(
        WARNING, "{what}“{text}”写有“{word}”，仍按本期报表计入", "请核实是不是本期正式报送的数；不是的请删去该表"
    ),
    "returns.set_aside": Kind(
        WARNING, "名称中写有“{word}”，另有没有这样写的一份（{other}），此份未计入", "请核实是否应以此份为准"
    ),
    "returns.set_aside/quoted": Kind(NOTE, "是邮件引用的来信中的表，另有随邮件报送的一份（{other}），此份未计入"),
    "returns.title_time": Kind(
        WARNING, "{what}“{text}”写的是“{word}”，与期次 {period} 的起止不一致", "请核实数据的起止日期，并改正{what}"
    ),
    "returns.title_words": Kind(
        WARNING,
        "{what}“{text}”中的“{word}”不在规定的表名《{title}》之中，仍按该表读取",
        "请核实是不是该表，并使用规定的表名",
    ),
    "returns.title_words/sheet": Kind(
        NOTE, "{what}“{text}”中的“{word}”不是表名、单位、时间，仍按《{title}》读取", "请核实是不是本期正式报送的表"
    ),
    "returns.title_part": Kind(
        WARNING,
        "{what}“{text}”写有“{word}”，像是只报了一部分，仍按全部计入",
        "请核实是不是全部数字；不是的请补报全部，是的请改正{what}",
    ),
    "returns.title_unit": Kind(
        WARNING,
        "{what}“{text}”写的是{word}，表内填报单位写的是{unit_name}，按填报单位计入",
        "请核实是哪个单位的数，并改正写错的一处",
    ),
    "returns.filled_early": Kind(
        WARNING,
        "填报时间写的是“{text}”，而本期是{word}，那时本期刚刚开始，像是上期的表",
        "请核实是不是本期的数；是的请改正填报时间",
    ),
    "returns.part_alone": Kind(
        WARNING,
        "该表写明是“{name}”的，没有收到全单位的表，按全单位计入",
        "请核实表中是不是全单位的数字，不是的请补报全单位的表",
    ),
    "returns.parts_beside": Kind(NOTE, "“{names}”的分表未另计，以全单位的表为准"),
    "returns.parts_differ": Kind(
        WARNING, "“{names}”的分表之和与全单位的表不符：{where}；以全单位的表为准", "请核实分表是否齐全、汇总是否有误"
    ),
    "returns.parts_more": Kind(
        WARNING, "“{names}”的分表中有 {count} 条记录在全单位的表里找不到，未计入", "请核实汇总的表是否漏列"
    ),
    "returns.parts_without_whole": Kind(
        ERROR, "只有“{names}”的分表，没有全单位的汇总表，未计入", "请补报全单位的汇总表"
    ),
    "returns.versions": Kind(
        ERROR,
        "该表有两份且内容不同，分不出先后（另一份在 {other}），两份不同的数未计入",
        "请确认以哪一份为准，删去另一份，或在 received.csv 登记收文日期",
    ),
    "returns.former": Kind(
        WARNING,
        "该表与已被更正的旧版（{former}）相同，按更正后的（{newer}）计入",
        "请核实以哪一份为准；旧版正确的，请说明原因后重新报送",
    ),
    "returns.undone": Kind(
        WARNING,
        "这一格又填成更正前的“{text}”（{other} 已更正为“{corrected}”）",
        "请核实是不是用更正前的旧表填报的；确应改回的请说明原因",
    ),
    "returns.replaced": Kind(NOTE, _REPLACED),
    "returns.replaced/by_name": Kind(WARNING, _REPLACED, "请核实以哪一份为准，并在 received.csv 登记收文日期"),
    "returns.changed_unasked": Kind(
        WARNING,
        "再次报送的《{title}》改动了没有请其更正的 {count} 处：{changes}",
        "请说明这几处为什么改；误改的请恢复原数后重报",
    ),
    # scans and photos
    "scan.facts": Kind(NOTE, "扫描件：{stamp}；填报单位写“{named}”；可见的签字栏：{signed}"),
    "scan.black": Kind(WARNING, "整页漆黑，看不出内容", "请重新扫描或拍照，并报送可编辑的表格"),
    "scan.pages": Kind(
        WARNING,
        "扫描件共 {count} 页，只识别了前 {pages} 页，其余各页没有识别，未计入",
        "请把其余各页另存为一个文件报送，或报送可编辑的表格",
    ),
    "scan.no_form": Kind(WARNING, "扫描件中没有认出规定的统计表，未计入", "是报表的请报送可编辑的表格"),
    "scan.borne_out": Kind(
        WARNING,
        "该表只有扫描件：{count} 格经合计验证后计入，{left} 格没有旁证，未计入",
        "请报送可编辑的表格；或核对原图后在更正文件逐格确认",
    ),
    "scan.unsure": Kind(
        ERROR,
        "扫描件此格两次识别为“{first}”和“{second}”，读不准，未计入{cut}",
        "请报送可编辑的表格；或核对原图后在更正文件填写",
    ),
    "scan.unsure/faint": Kind(
        ERROR, "扫描件此格识别为“{first}”，字迹不清，未计入{cut}", "请报送可编辑的表格；或核对原图后在更正文件填写"
    ),
    "scan.unconfirmed": Kind(
        ERROR, "扫描件此格识别为“{first}”，没有旁证，未计入{cut}", "请报送可编辑的表格；或核对原图后在更正文件确认"
    ),
    "scan.list": Kind(
        WARNING,
        "《{title}》只有扫描件，认出 {count} 条：{agreed} 格有旁证，{left} 格没有旁证，待核实；必填栏还待核实的记录未计入",
        "请报送可编辑的表格；或在审核台对照截图逐格确认",
    ),
    "scan.list/none": Kind(ERROR, "《{title}》只有扫描件，没有认出一条记录，未计入", _EDITABLE),
    "scan.compared": Kind(NOTE, "盖章扫描件已与电子表逐格核对：{same} 格一致，{unsure} 格读不准未核对"),
    "scan.compared/few": Kind(
        WARNING,
        "盖章扫描件与电子表只核对了 {same} 格，{unsure} 格读不准，没有核对",
        "请对照原图人工核对，或按 200 dpi 以上重新扫描后报送",
    ),
    "scan.compared/near": Kind(
        NOTE,
        "盖章扫描件已与电子表逐格核对：{same} 格一致，{unsure} 格读不准未核对；{near} 格文字相差一两个字，应为识别误差：{where}",
    ),
    "scan.records": Kind(
        WARNING,
        "盖章扫描件有 {scanned} 条记录，电子表有 {counted} 条；只在盖章件的：{more}，只在电子表的：{less}",
        "以哪一份为准请说明，并更正另一份",
    ),
    "scan.disagrees": Kind(
        ERROR,
        "盖章件与电子表不一致：盖章件（{file}）为“{picture}”，电子表为“{sheet}”{cut}",
        "请核实以哪一份为准，更正另一份后重新报送",
        "两份一致",
    ),
    "scan.disagrees/faint": Kind(
        WARNING,
        "盖章件此格字迹不清，两次都识别为“{picture}”（{file}），电子表为“{sheet}”{cut}",
        "请对照原图核实以哪一份为准",
        "两份一致",
    ),
    # the text summary
    "summary.several": Kind(NOTE, "收到不止一份文字材料，以此为工作总结，另有：{others}", "请核实以哪一份为准"),
    "summary.not_letter": Kind(NOTE, "邮件正文，不作为工作总结"),
    "summary.not_letter/summary": Kind(
        WARNING, "邮件正文像是工作总结，但正文不作为工作总结，未计入", "请把工作总结存为文件，作为附件报送"
    ),
    "summary.not_chat": Kind(WARNING, "是聊天记录，不是工作总结，未计入", _AS_SUMMARY),
    "summary.not_minutes": Kind(WARNING, "是会议纪要，不是工作总结，未计入", _AS_SUMMARY),
    "summary.not_notice": Kind(WARNING, "是通知文件，不是本单位的工作总结，未计入", _AS_SUMMARY),
    "summary.not_plan": Kind(WARNING, "是方案或计划，不是工作总结，未计入", _AS_SUMMARY),
    "summary.not_brief": Kind(WARNING, "是简报或信息，不是工作总结，未计入", _AS_SUMMARY),
    "summary.not_of_campaign": Kind(
        WARNING, "文字中没有谈到“{title}”，不作为本专项的工作总结，未计入", "请核实是否误放；是工作总结的请写明专项名称"
    ),
    "summary.not_written": Kind(
        WARNING, "标题是本专项的工作总结，却没有写内容，不作为工作总结，未计入", "请写明工作情况后重新报送"
    ),
    "summary.not_written/pictured": Kind(
        WARNING,
        "标题是本专项的工作总结，文字没有内容，只有{drawn}，其中的内容没有读取，不作为工作总结，未计入",
        "请改报文字稿（.docx）",
    ),
    "summary.unwritten": Kind(WARNING, "工作总结的“{headings}”没有写内容", "请补写后重新报送；确无内容的请写明"),
    "summary.rivals": Kind(
        WARNING,
        "两份工作总结对“{label}”说法不同：此份写{written}，{other} 写{rival}；以此份为准",
        "请核实以哪一份为准，删去另一份",
    ),
    "summary.corrects": Kind(
        WARNING, "工作总结里写有“{text}”，程序没有据以改动", "请核实；要更正统计表的，请改好报表后重新报送"
    ),
    "summary.nothing": Kind(
        WARNING, "工作总结只写了“{text}”，没有写工作情况，仍按已报送计", "有工作的请补写；确无工作的请写明原因"
    ),
    "summary.other_unit": Kind(
        WARNING, "工作总结写的单位是{named}，仍作为本单位的总结", "请核实是不是本单位的总结；误放的请删去，写错的请改正"
    ),
    "summary.out_of_date": Kind(
        WARNING,
        "工作总结写的时间是“{word}”，不在本期（{period}）之内，仍作为本期的总结",
        "请核实是否误报了往期的总结；是本期的请改正时间",
    ),
    "summary.copied": Kind(
        WARNING,
        "工作总结与{period}的相比，除日期外几乎一字不差（共 {count} 句），疑似照抄往期",
        "请核实；请按本期工作重写后报送，确无新情况的请说明",
    ),
    "summary.copied/figures": Kind(
        NOTE, "工作总结与{period}的相比，只更新了数字，文字没有变化", "做法、问题有新情况的请补写"
    ),
    "summary.same_text": Kind(
        WARNING, "工作总结与{other}的文字几乎一字不差，疑似照抄", "请核实是不是本单位的总结；不是的请重新报送"
    ),
    "summary.pictured": Kind(
        WARNING,
        "工作总结的文字很少，另有{drawn}，其中的内容没有读取",
        "总结以图片形式报送的，请改报文字稿（.docx）；只是配图的不必理会",
    ),
    "summary.pictured/beside": Kind(
        NOTE, "文字之外另有{drawn}，其中的内容没有读取", "图片里有统计数字的，请写入正文或统计表"
    ),
    "summary.contradicts": Kind(
        WARNING, "工作总结中“{label}”前后不一致：“{other}”与“{first}”", "请核实后统一总结中的数字"
    ),
    "summary.disagrees": Kind(
        WARNING,
        "工作总结写“{label}”{written}，{basis}为{shown}，两者不一致",
        "请核对总结与统计表，改正写错的一处；口径不同的请说明",
    ),
    "summary.table": Kind(
        WARNING, "总结里有一张表（{text}），其中的数没有与统计表核对", "请核对表中的数与统计表是否一致"
    ),
    "summary.table/words": Kind(NOTE, "总结里有一张表（{text}），没有读取"),
    "summary.range": Kind(
        WARNING, "工作总结把“{label}”写成一个范围（{written}），{basis}为{shown}", "请在总结中写明确切的数"
    ),
    "summary.growth": Kind(
        WARNING,
        "工作总结写“{label}”{growth}，按收到的统计表上期为{was}、本期为{now}，两者不一致",
        "请核对总结中与上期的比较；口径不同的请说明",
    ),
    "summary.rounded": Kind(
        NOTE,
        "工作总结写“{label}”{written}，{basis}为{shown}，总结为取整数",
        "请核对总结与统计表，改正写错的一处；口径不同的请说明",
    ),
    # a unit's own words in what we handed out
    "feedback.answered": Kind(
        NOTE,
        "单位在问题清单第 {number} 条（{what}）写明：“{answer}”",
        "市局核实后，可登记到说明文件（explanations）中",
    ),
    # writings that a person confirmed
    "words.used": Kind(NOTE, "“{written}”按已确认的写法读作“{means}”（{who}确认）"),
    # the analyst's own files
    "corrections.applied": Kind(NOTE, "已更正：“{old}”→“{new}”（{reason}；{who}，{when}）"),
    "corrections.applied/scan": Kind(NOTE, "扫描件此格经核对原图确认为“{new}”（{reason}；{who}，{when}）"),
    "corrections.needless": Kind(
        NOTE,
        "单位报来的就是“{raw}”，与第 {line} 行的更正（“{old}”→“{new}”）一致，这条更正已不需要",
        "可从更正文件中删去该行",
    ),
    "corrections.no_cell": Kind(ERROR, _OWN + "所指的第 {row_name} 行没有了", _OWN_LINE),
    "corrections.stale": Kind(ERROR, _OWN + "原值应为“{old}”，现在表中是“{raw}”", _OWN_LINE),
    "corrections.unreadable": Kind(ERROR, _OWN + "更正值“{new}”读不出来", _OWN_LINE),
    "corrections.line": Kind(ERROR, "{path} 第 {line} 行的更正没有采用：{why}", "{remedy}"),
    "explanations.line": Kind(ERROR, "{path} 第 {line} 行的说明没有采用：{why}", "{remedy}"),
    "explanations.empty": Kind(ERROR, "{path} 第 {line} 行的说明没有内容，不予采纳：“{text}”", "请写明具体原因和依据"),
    "explanations.unused": Kind(
        NOTE,
        "说明文件第 {line} 行（{target}）没有对应的差错或疑点：“{text}”",
        "已经更正的，删去该行；否则请核对单位、表、行、栏目和规则的名称",
    ),
    # what stands from earlier periods
    "carried.error": Kind(ERROR, "{period}的差错仍未更正，本期的累计数以该数为依据：{said}"),
    "carried.warning": Kind(WARNING, "{period}的疑点仍未核实，本期的累计数以该数为依据：{said}"),
    # the run
    "run.notebook_failed": Kind(
        ERROR, "该单位的处理没有完成，其数据未计入：{reason}", "请查看 reports 下 runs 文件夹中该单位的笔记本"
    ),
}
