"""What kind of text was sent: only one that tells of this campaign is its summary, and each other kind is said."""

import pytest

from benchmarks.parcels import packing as parcels
from tally import campaigns
from tally.campaigns.masks_2021 import CAMPAIGN
from tally.returns.summaries.sections import unwritten
from tally.returns.summaries.subject import left_of
from tally.returns.summaries.texts import kind_of
from tests.campaigns import lifts_2022
from tests.unit.county.conftest import Folder, cases_sheet, sampling_sheet
from tests.unit.summaries import styles

NOTICE = """盐城市市场监督管理局文件
盐市监质监〔2021〕55号
盐城市市场监管局关于印发口罩产品质量提升专项整治行动责任清单的通知
各县（市、区）市场监管局：
请各单位按时报送相关工作总结和统计表。
""" + "\n".join(f"{d.number}　{d.title}　{'；'.join(d.steps)}" for d in CAMPAIGN.duties)

OTHERS = {
    "summary.not_notice": NOTICE,
    "summary.not_minutes": """口罩专项整治工作推进会会议纪要
时间：2021年5月6日
地点：三楼会议室
主持人：某甲
参加人员：各科室负责人
会议听取了口罩质量专项整治进展。会议强调，要对生产企业全面排查。会议要求，对不合格产品从快立案查处，按时报送工作总结。""",
    "summary.not_chat": """某甲 2021-05-06 10:22:33
口罩报表今天要交
某乙 2021-05-06 10:25:01
总结写好了，排查了12家生产企业，都在产
某甲 2021-05-06 10:26:40
收到，抽检的数字对一下。立案几件？""",
    "summary.not_plan": """亭湖区口罩产品质量提升专项整治行动实施方案
为做好口罩质量整治，制定本方案。
一、工作目标。全面排查口罩生产企业，抽检覆盖率达到100%。
二、工作安排。5月底前完成排查，6月总结。""",
    "summary.not_of_campaign": """亭湖区电动自行车质量安全专项整治工作总结
一、基本情况。全区共检查电动自行车销售门店120家，抽检电动自行车20批次，不合格2批次，立案2件。
二、下一步。继续加强电动自行车监管，同时做好口罩等防疫物资的质量监管。""",
    "summary.not_brief": """市场监管工作简报第12期
我局开展口罩质量整治。执法人员检查了辖区内的口罩生产企业，查处违法案件3件，受到群众好评。全局上下继续努力，营造良好氛围，确保人民群众用上放心口罩。""",
}


@pytest.mark.parametrize("key", OTHERS)
def test_what_is_no_summary_is_told_for_what_it_is(key):
    assert kind_of(CAMPAIGN, OTHERS[key]) == key


# whole texts that name what they are about; the others are pieces of one
WHOLE = [s for s in vars(styles).values() if isinstance(s, styles.Style) and "口罩" in s.text and len(s.text) >= 80]


@pytest.mark.parametrize("style", WHOLE, ids=lambda s: s.place)
def test_a_summary_in_any_style_is_one(style):
    assert kind_of(CAMPAIGN, style.text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "关于报送口罩专项整治工作总结的报告\n市局：现将有关情况报告如下。截至5月31日，查办口罩案件3件。"
        + "成立专班，排查企业。" * 8,
        "2021年上半年工作总结\n一、口罩整治。排查口罩生产企业12家，抽检20批次，立案3件。\n二、其他。略。",
        "亭湖区口罩产品质量提升专项整治行动工作总结\n根据《关于印发责任清单的通知》（盐市监质监〔2021〕55号），我局开展整治。建立工作专班，落实属地监管责任。",
    ],
)
def test_titles_that_mislead_do_not_mislead(text):
    assert kind_of(CAMPAIGN, text) == ""


def test_each_campaign_has_its_own_subject():
    assert left_of(CAMPAIGN.title) == ("口罩",)
    lifts = lifts_2022.CAMPAIGN
    assert kind_of(lifts, styles.OFFICIAL.text) == "summary.not_of_campaign"
    about = f"{lifts.title}工作总结\n" + "检查住宅小区，发现隐患已督促整改。" * 8
    assert kind_of(lifts, about) == "" and kind_of(CAMPAIGN, about) == "summary.not_of_campaign"


@pytest.mark.parametrize("key", OTHERS)
def test_a_unit_that_sent_such_a_text_has_sent_no_summary(key, tmp_path):
    folder = Folder(tmp_path)
    folder.put("亭湖区/工作总结.txt", OTHERS[key])
    got = folder.read()
    assert got.summary is None
    said = "intake.notice" if key == "summary.not_notice" else key
    assert [f.rule for f in got.findings if f.file == "亭湖区/工作总结.txt"] == [said]


def test_the_notice_sent_back_is_no_return_but_what_was_filled_into_its_forms_is(tmp_path):
    folder = Folder(tmp_path)
    blank = [row if n < 4 else [row[0], *[None] * 9] for n, row in enumerate(cases_sheet())]
    duties = [[d.number, d.title, "；".join(d.steps)] for d in CAMPAIGN.duties]
    folder.put("亭湖区/通知.xlsx", {"通知": [[CAMPAIGN.notice], *duties], "附件4": blank, "附件5": sampling_sheet([])})
    got = folder.read()
    assert {r.state for r in got.returns.values()} == {"missing"}
    folder.put("亭湖区/通知.xlsx", {"通知": [[CAMPAIGN.notice], *duties], "附件4": cases_sheet()})
    assert folder.read().returns["cases"].state != "missing"


def test_a_mails_text_is_no_summary_and_what_is_attached_may_be_one(tmp_path):
    folder = Folder(tmp_path)
    text = styles.OFFICIAL.text.replace("响水县", "亭湖区")
    folder.put("亭湖区/甲.eml", parcels.message({}, text=text).as_bytes())
    assert folder.read().summary is None
    assert [f.severity for f in folder.read().findings if f.rule == "summary.not_letter"] == ["warning"]
    folder.put("亭湖区/乙.eml", parcels.message({"工作总结.txt": text.encode()}).as_bytes())
    assert folder.read().summary.name == "亭湖区/乙.eml!工作总结.txt"


def test_the_campaign_may_declare_what_it_is_about():
    assert campaigns.load().subject == ()


TITLE = f"关于{CAMPAIGN.title}的工作总结\n亭湖区市场监督管理局\n"
FIGURES = "一、基本情况\n出动执法人员539人次\n查办案件11件\n罚没3.5万元\n"


@pytest.mark.parametrize(
    ("text", "kind", "empty"),
    [
        (TITLE + FIGURES + "二、主要做法\n（一）加强组织领导\n（二）强化抽查\n三、取得成效\n无\n", "", ["二、主要做法"]),
        (TITLE + FIGURES + "二、主要做法\n（一）加强组织领导。成立专班，排查企业12家。\n三、成效\n四、下步打算\n继续。", "", ["三、成效"]),
        ("亭湖区口罩专项整治5月小结\n5月检查药店12家，未发现不合格口罩。", "", []),
        (TITLE + "一、基本情况\n二、主要做法\n", "summary.not_written", None),
        ("口罩报表\n出动执法人员539人次\n查办案件11件\n罚没3.5万元\n", "intake.no_form", None),
    ],
)  # fmt: skip
def test_a_summary_is_one_though_parts_of_it_are_not_written(text, kind, empty):
    assert kind_of(CAMPAIGN, text) == kind
    assert empty is None or unwritten(text) == empty


def test_what_was_refused_is_only_noted_beside_a_summary_that_came(tmp_path):
    folder = Folder(tmp_path)
    folder.put("亭湖区/旧稿.txt", TITLE + "一、基本情况\n二、主要做法\n")
    alone = [f.severity for f in folder.read().all_findings if f.rule == "summary.not_written"]
    folder.put("亭湖区/总结.txt", TITLE + "本月出动执法人员，检查企业12家，没有发现不合格口罩。继续加强监管。\n")
    beside = [f.severity for f in folder.read().all_findings if f.rule == "summary.not_written"]
    assert (alone, beside) == (["warning"], ["note"])
