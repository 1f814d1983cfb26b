"""The first period: blank forms, returns of which some are wrong, late or missing, corrections, reasons, release 1."""

from __future__ import annotations

import openpyxl

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.campaigns.masks_2021.duties import DUTIES
from tests.life import clerks, truth
from tests.life.bureau import CORRECTIONS, EXPLANATIONS, Bureau
from tests.unit.life import clerk

APRIL, MEASURES = truth.APRIL, (*truth.CUMULATIVE, *truth.PER_PERIOD)
FILED_TOO_MANY, UNREADABLE, IN_YUAN, NO_SAMPLES, MISQUOTED, LATE = (
    "320903", "320924", "320904", "320925", "320981", "320921",
)  # fmt: skip
SLIPS = {
    FILED_TOO_MANY: {("quality", "cases_filed"): 9},
    UNREADABLE: {("price", "fines_confiscations"): "3.1.4"},
    IN_YUAN: {("quality", "fines_confiscations"): 63000},
}


def blank_forms(bureau: Bureau) -> None:
    assert "11 个单位的空白表" in bureau.types("templates", APRIL)
    sheet = openpyxl.load_workbook(bureau.blank_file(LATE, APRIL))["附件4"]
    assert sheet["A3"].value == "填报单位（盖章）：响水县市场监督管理局"


def returns_come_in(bureau: Bureau) -> None:
    """Ten units send in time; one of them without 附件5, three with slips in 附件4, one misquotes itself."""
    sent = []
    for unit in truth.UNITS:
        if unit == LATE:
            continue
        book = clerks.sends(bureau, unit, APRIL, SLIPS.get(unit))
        if unit == NO_SAMPLES:
            book.write_bytes(clerks.without_sheet(book.read_bytes(), "附件5"))
        stated = {"officers": truth.of_unit(unit, APRIL, "officers_dispatched") + 10} if unit == MISQUOTED else {}
        sent += [book, clerks.writes(bureau, unit, APRIL, **stated)]
    said = bureau.types("receive", *sent, "--period", APRIL, "--date", "2021-04-09")
    assert said.text.count(f"→ {APRIL}/") == 20
    assert "亭湖区统计表.xlsx（亭湖区）" in said


def faults_are_found_at_their_cells(bureau: Bureau) -> None:
    bureau.types("check", APRIL)
    assert {t for t in bureau.told(APRIL) if t[0] != LATE} == {
        (FILED_TOO_MANY, "cases", "cases.filed_at_most_handled", "E6"),
        (UNREADABLE, "cases", "cell.not_number", "G5"),
        (UNREADABLE, "cases", "cell.uncached", "G12"),  # its 合计 cannot be worked out from that
        (NO_SAMPLES, "sampling", "returns.missing", ""),
    }
    warned = {t[:3] for t in bureau.told(APRIL, "warning")}
    assert warned == {
        (IN_YUAN, "cases", "cases.fines_scale"),
        (MISQUOTED, "summary", "summary.disagrees"),
    }


def where_it_stands(bureau: Bureau) -> None:
    now = bureau.status(APRIL)
    assert (now["rates"]["required"], now["rates"]["received"], now["rates"]["on_time"]) == (44, 39, 39)
    tasks = {(s["name"], s["what"]) for s in now["next"] if s["who"] == "unit"}
    assert tasks == {
        ("盐都区", "更正 1 处差错"),
        ("射阳县", "更正 2 处差错"),
        ("大丰区", "核实并说明 1 处疑点"),
        ("东台市", "核实并说明 1 处疑点"),
        ("建湖县", "补报附件5（应于2021年5月5日前报送）"),
        ("响水县", "补报附件3（应于2021年4月10日前报送）"),
        ("响水县", "补报附件4、附件5、工作总结（应于2021年5月5日前报送）"),
    }


def units_are_reminded(bureau: Bureau) -> None:
    said = bureau.types("remind", APRIL)
    open_units = {*SLIPS, NO_SAMPLES, MISQUOTED, LATE}
    assert f"{len(open_units)} 个单位" in said
    letters = bureau.paths(APRIL).reports / "remind"
    assert {p.stem for p in letters.glob("*.docx")} == open_units
    assert "附件4《口罩案件查处情况统计表》" in (letters / f"{LATE}.txt").read_text("utf-8")
    sheet = openpyxl.load_workbook(bureau.feedback(FILED_TOO_MANY, APRIL))["附件4"]
    assert "【差错】" in sheet["E6"].comment.text and sheet["E6"].fill.fgColor.rgb != "00000000"


def units_mend(bureau: Bureau) -> None:
    """One corrects the feedback workbook itself, one sends its form again, one sends for the first time, too late."""
    book = openpyxl.load_workbook(bureau.feedback(FILED_TOO_MANY, APRIL))
    right = truth.happened(FILED_TOO_MANY, APRIL).cases["quality"]["cases_filed"]
    book["附件4"]["E6"] = right
    mended = bureau.arrives(f"{APRIL}/盐都区反馈.xlsx", clerk.saved(book))
    said = bureau.types("receive", mended, "--date", "2021-04-15")
    assert "与前一版相比有 2 处不同" in said and f"其中：立案：9 → {right}（E6）" in said
    again = clerks.sends(bureau, UNREADABLE, APRIL, name="更正表")
    assert "3.1.4" in bureau.types("receive", again, "--date", "2021-04-16")
    late = clerks.sends(bureau, LATE, APRIL), clerks.writes(bureau, LATE, APRIL)
    bureau.types("receive", *late, "--date", "2021-05-20")
    assert bureau.status(APRIL)["stale"]


def the_analyst_corrects(bureau: Bureau) -> None:
    """The figure and the 合计 that the form's formula had made of it, each on a line of its own."""
    told = "县局4月20日来函更正，误按元填报", "王小明", "2021-04-20"
    right = truth.happened(IN_YUAN, APRIL).cases["quality"]["fines_confiscations"]
    total = truth.of_unit(IN_YUAN, APRIL, "fines_confiscations")
    cell = IN_YUAN, "cases"
    bureau.writes(
        bureau.paths(APRIL).corrections,
        (*cell, "quality", "fines_confiscations", "63000", str(right), *told),
        (*cell, "total", "fines_confiscations", str(total - right + 63000), str(total), *told),
        head=CORRECTIONS,
    )


def the_report_adds_up(bureau: Bureau) -> None:
    """Units that mended what they had sent in time are not late; the sums are the truth's, to the last digit."""
    bureau.types("run", APRIL)
    assert bureau.told(APRIL) == {(NO_SAMPLES, "sampling", "returns.missing", "")}
    assert {t[:3] for t in bureau.told(APRIL, "warning")} == {(MISQUOTED, "summary", "summary.disagrees")}
    assert {m: bureau.total(APRIL, m) for m in MEASURES} == {m: truth.of_city(APRIL, m) for m in MEASURES}
    report = bureau.report(APRIL)
    assert sentence(APRIL) in report.replace("▲", "")
    every, failing, firms = truth.batches(APRIL, without=NO_SAMPLES)
    assert f"全市共抽查{firms}家企业生产的{every}批次产品，发现{failing}批次不合格" in report
    assert "统计表报送齐全的10个，统计表逾期报送的1个" in report and "建湖县缺附件5" in report


def release_needs_reasons(bureau: Bureau) -> None:
    refused = bureau.types("approve", APRIL, "--by", "柳青", "--date", "2021-05-25", code=1)
    assert "还有1处差错" in refused and f"{NO_SAMPLES},sampling,,,returns.missing," in refused
    by = "王小明", "2021-05-21"
    bureau.writes(
        bureau.paths(APRIL).explanations,
        (NO_SAMPLES, "sampling", "", "", "returns.missing", "县局来函：样品仍在检验，下期一并报送", *by),
        (MISQUOTED, "summary", "", "", "summary.disagrees", "总结把市局督查人员也计入，以统计表为准", *by),
        (IN_YUAN, "cases", "", "", "cases.fines_scale", "单位的填报口径与往年不同", *by),  # corrected since
        head=EXPLANATIONS,
    )
    assert "更正或说明有变动" in bureau.types("approve", APRIL, "--by", "柳青", "--date", "2021-05-25", code=1)


def release(bureau: Bureau) -> None:
    bureau.paths(APRIL).narrative.parent.mkdir(parents=True)
    bureau.paths(APRIL).narrative.write_text(narrative(), "utf-8")
    bureau.types("run", APRIL)
    assert "待补充" not in bureau.report(APRIL)
    assert not bureau.told(APRIL, "warning")
    assert ("", "", "explanations.unused", "F4") in bureau.told(APRIL, "note")
    said = bureau.types("approve", APRIL, "--by", "柳青", "--date", "2021-05-25")
    assert "第1次" in said and "带书面说明的差错1处" in said and "【待补充】0处" in said


def sentence(period: str) -> str:
    """The report's sentence of figures, from the truth."""
    places = {f.name: f.places for f in CAMPAIGN.form("cases").fields}
    n = {m: f"{truth.to_date(period, m):.{places[m]}f}" for m in MEASURES}
    return (
        f"全市共出动执法人员{n['officers_dispatched']}人次，检查经营者{n['operators_inspected']}户次，查办案件{n['cases_handled']}件，"
        f"其中立案{n['cases_filed']}件，结案{n['cases_closed']}件，罚没{n['fines_confiscations']}万元，案值{n['case_value']}万元，"
        f"查获问题口罩{n['masks_seized']}万只，移送公安机关{n['cases_transferred']}件。"
    )


def narrative() -> str:
    """A sentence for each duty and each part that figures cannot write."""
    done = "".join(f"## {d.title}\n\n全市按责任清单推进第{d.name}项。\n\n" for d in DUTIES)
    return f"# 主要做法\n\n{done}# 取得成效\n\n质量稳步提升。\n\n# 存在问题\n\n报送不够及时。\n\n# 下一步打算\n\n继续推进。\n"


CHAPTERS = (
    blank_forms, returns_come_in, faults_are_found_at_their_cells, where_it_stands, units_are_reminded, units_mend,
    the_analyst_corrects, the_report_adds_up, release_needs_reasons, release,
)  # fmt: skip
