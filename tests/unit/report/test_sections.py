"""The report's sections over invented tables: what is said, marked and numbered."""

from dataclasses import replace

import pandas as pd
import pytest

from tally.blocks import Annex, Heading, Table, Title, from_bundle
from tally.campaigns.masks_2021 import CAMPAIGN
from tally.paths import PROJECT
from tally.report import SECTIONS, Report, charts, narrative
from tally.totals import History, work_out
from tests.unit.totals.invented import periods

BEFORE, NOW = periods()
NOBODY = narrative.Narrative({})


def report(*tables, text=NOBODY, **more):
    return Report(work_out(History(CAMPAIGN, tables or (BEFORE, NOW))), text, **more)


@pytest.fixture(scope="module")
def usual():
    return report()


def text(report, name):
    section = report.section(name, charts=False)
    return "\n".join(b.as_text() for b in section if b.kind in ("paragraph", "heading", "title"))


def with_form(name, frame):
    return replace(NOW, forms={**NOW.forms, name: frame})


def test_the_cases_sentence_has_the_official_form(usual):
    book = usual.totals.book
    v = [book[f"cases.total.{f.name}.to_date"].number for f in CAMPAIGN.form("cases").fields]
    assert (
        f"截至5月31日，全市共出动执法人员{v[0]}人次，检查经营者{v[1]}户次，查办案件{v[2]}件，其中立案{v[3]}件，结案{v[4]}件，"
        f"罚没{v[5]}万元，案值{v[6]}万元，查获问题口罩{v[7]}万只，移送公安机关{v[8]}件。" in text(usual, "cases")
    )


def test_the_lead_names_who_is_missing_and_what_stands_in(usual):
    said = text(usual, "cover")
    assert "全市11个报送单位中10个已报送，建湖县未报送" in said
    assert "建湖县的附件3、附件4、附件5沿用2021年4月报送数" in said
    assert "已报送单位：10/11" in said


def test_the_sampling_sentence_has_rate_interval_and_change(usual):
    said = text(usual, "sampling")
    assert (
        "全市共抽查53家企业生产的53批次产品，发现4批次不合格，不合格发现率为7.55%（计入抽样误差，约为2.97%～17.86%）"
        in said
    )
    assert (
        "按两期都报送的10个单位（不含建湖县）同口径比较，不合格发现率本期为8.16%、上期为10.26%，较上期下降2.10个百分点"
        in said
    )
    assert "变化在随机波动范围内" in said
    now, last = (usual.totals.book[f"sampling.failing_rate.{w}.change"] for w in ("now", "last"))
    assert [f.parts[0].value for f in (now, last)] == ["4批次不合格÷49批次", "4批次不合格÷39批次"]


def test_no_failing_batch_reads_as_none_found():
    frame = NOW.forms["sampling"].assign(
        result="合格", failed_items=None, failed_quantity=pd.array([None] * len(NOW.forms["sampling"]), dtype="Int64")
    )
    said = text(report(with_form("sampling", frame)), "sampling")
    assert "未发现不合格产品，不合格发现率为0.00%（计入抽样误差，约为0.00%～" in said
    assert "不合格项目" not in said


def test_no_batch_at_all_gives_no_rate():
    said = text(report(with_form("sampling", NOW.forms["sampling"].iloc[:0])), "sampling")
    assert "没有抽查记录" in said and "%" not in said


def test_the_first_period_is_compared_with_nothing():
    said = text(report(BEFORE), "comparison")
    assert "本期为首个报送期，不作比较" in said and "较上期" not in said


def test_a_last_period_that_was_not_processed_is_told():
    assert "上期（2021年4月）数据尚未处理，不作比较" in text(report(NOW), "comparison")


def test_a_unit_without_a_usable_total_is_named_as_left_out():
    frame = NOW.forms["cases"].copy()
    mine = frame["unit"] == "320902"
    frame.loc[mine, "cases_filed"] = pd.NA
    assert "没有计入的有：立案（亭湖区）。" in text(report(with_form("cases", frame)), "cases")


def test_what_nobody_has_written_is_marked_and_counted(usual):
    assert "【待补充】" in text(usual, "problems")
    title = usual.cover()[0]
    assert isinstance(title, Title) and f"尚有{len(usual.todos())}处内容待补充（文中标明【待补充】）" in title.working
    assert not title.lines and title.date == "【待定】"


def test_the_analysts_text_takes_its_place():
    text_ = narrative.parse(
        "# 四、存在问题\n\n第一个问题，\n接着写。\n\n<script>x</script>\n\n## （五）突出网售产品质量监管\n已督促平台自查。"
    )
    r = report(text=text_)
    assert text(r, "problems") == "四、存在问题\n第一个问题，接着写。\n<script>x</script>"
    assert "已督促平台自查。" in text(r, "measures")
    assert len(r.todos()) == len(report().todos()) - 2


def test_every_ref_in_text_and_tables_is_explained(usual):
    figures = usual.provenance().figures
    refs = [e.ref for b in usual.blocks() if isinstance(b, Table) for row in b.body for e in row if e.ref]
    refs += [r.ref for b in usual.blocks() if b.kind == "paragraph" for r in b.runs if r.ref]
    assert len(refs) > 300 and not set(refs) - set(figures)
    parts = [p["ref"] for f in figures.values() for p in f["parts"] if p.get("ref")]
    assert not set(parts) - set(figures)


def test_an_open_error_marks_the_units_figure_and_links_to_the_list(usual):
    table = next(b for b in usual.cases() if getattr(b, "id", "") == "cases-unit")
    entry = next(row for row in table.body if row[0].text == "亭湖区")[3]
    assert (entry.kind, entry.link) == ("doubt", "quality")
    quality = next(b for b in usual.quality() if getattr(b, "id", "") == "quality")
    assert quality.body[0][5].ref == "cases.total.cases_handled@320902"
    assert [row[1].text for row in quality.body] == ["差错", "疑点"]


SOUND = replace(BEFORE, findings=BEFORE.findings.iloc[:0])


def test_an_error_of_an_earlier_period_marks_the_figure_to_date_that_still_counts_it():
    table = next(
        b for b in report(BEFORE, replace(NOW, findings=SOUND.findings)).cases() if getattr(b, "id", "") == "cases-unit"
    )
    handled = next(row for row in table.body if row[0].text == "亭湖区")[3]
    assert handled.kind == "doubt" and "2021年4月" in table.note


def with_findings(*rows):
    return replace(NOW, findings=pd.DataFrame(rows, columns=NOW.findings.columns))


def marked(report, id):
    """First text of the row and column number of every marked figure of a table."""
    table = next(
        b for name in ("cases", "forms") for b in report.section(name, charts=False) if getattr(b, "id", "") == id
    )
    return {(row[0].text, c) for row in table.body for c, e in enumerate(row) if e.kind == "doubt"}


AT = ("320902/附件4.xlsx", "Sheet1", "G6", "9000", "")
FINES = 6


def test_a_value_of_the_wrong_scale_marks_its_figure_the_units_total_and_the_sums():
    scale = ("320902", "cases", "quality", "fines_confiscations", "cases.fines_scale", "warning", *AT, "相差悬殊", "")
    doubtful = report(SOUND, with_findings(scale))
    assert marked(doubtful, "cases-category") == {("质量类案件", FINES), ("合计", FINES)}
    assert marked(doubtful, "cases-unit") == {("亭湖区", FINES), ("全市合计", FINES)}
    assert marked(doubtful, "cases-official-unit") == {("亭湖区", FINES), ("全市合计", FINES)}
    assert (
        "▲ 所依据的填报数有未更正的差错或疑点"
        in next(b for b in doubtful.cases() if getattr(b, "id", "") == "cases-unit").note
    )


def test_the_cell_that_an_errors_suggestion_names_is_marked_like_the_error():
    suggestion = "最可能填错的是质量类案件“罚没”（单元格 G6）：9000 应为 0.9。请核实，系统未作改动"
    error = (
        "320902",
        "cases",
        "total",
        "fines_confiscations",
        "cases.total_equals_sum",
        "error",
        *AT,
        "不符",
        suggestion,
    )
    assert marked(report(SOUND, with_findings(error)), "cases-category") == {("质量类案件", FINES), ("合计", FINES)}


def test_a_warning_that_doubts_no_scale_marks_nothing():
    converted = (
        "320902",
        "cases",
        "quality",
        "case_value",
        "cell.unit_converted",
        "warning",
        *AT,
        "“5000元”换算",
        "请核实",
    )
    usual_again = report(SOUND, with_findings(converted))
    assert marked(usual_again, "cases-category") == set()
    assert "▲" not in next(b for b in usual_again.cases() if getattr(b, "id", "") == "cases-unit").note


def test_a_form_in_its_official_layout_says_of_every_column_whether_it_is_of_the_period_or_to_date(usual):
    official = next(b for b in usual.forms() if getattr(b, "id", "") == "cases-official")
    said = ["累计" if f.cumulative else "本期" for f in CAMPAIGN.form("cases").fields]
    assert [h.text[-2:] for h in official.head[1]] == said
    assert official.caption.endswith("（汇总，标“累计”的栏为累计数，其余为本期数）")
    to_date = next(b for b in usual.cases() if getattr(b, "id", "") == "cases-unit")
    assert {h.text[-2:] for h in to_date.head[1]} == {"累计"}


def test_the_errors_with_most_influence_come_first():
    extra = NOW.findings.iloc[[0]].assign(message="影响大的差错")
    r = report(
        BEFORE, replace(NOW, findings=pd.concat([NOW.findings, extra], ignore_index=True)), influence={3: "±50件"}
    )
    first = next(b for b in r.quality() if getattr(b, "id", "") == "quality").body[0]
    assert "影响大的差错" in first[7].text and first[8].text == "±50件"


def test_a_chart_stands_right_below_the_table_whose_figures_it_draws(usual):
    ids = [getattr(b, "id", "") for b in usual.cases()]
    assert ids[ids.index("cases-unit") + 1] == "chart-efficiency"


def test_tables_and_charts_of_the_body_are_numbered_through(usual):
    captions = [
        b.caption for b in usual.blocks() if b.kind in ("table", "chart") and not getattr(b, "landscape", False)
    ]
    for kind in "表图":
        mine = [c.split(" ")[0] for c in captions if c.startswith(kind)]
        assert mine == [f"{kind}{n}" for n in range(1, len(mine) + 1)]


def test_annexes_keep_the_official_numbers_of_the_forms(usual):
    labels = {b.title: b.label for b in usual.blocks() if isinstance(b, Annex)}
    assert [labels[f.title] for f in CAMPAIGN.forms] == [f.number for f in CAMPAIGN.forms]
    table = next(b for b in usual.forms() if getattr(b, "id", "") == "cases-official")
    assert table.landscape and [h.text for h in table.head[0]][1:] == [f.label for f in CAMPAIGN.form("cases").fields]


def test_every_table_row_fills_its_columns(usual):
    for b in usual.blocks():
        if isinstance(b, Table):
            width = sum(h.colspan for h in b.head[0])
            taken = [0] * len(b.body)
            for r, row in enumerate(b.body):
                for e in row:
                    taken[r : r + e.rowspan] = [n + e.colspan for n in taken[r : r + e.rowspan]]
            assert set(taken) <= {width}, b.id
            assert len(b.align) == width and len(b.widths or b.align) == width, b.id


def test_blocks_survive_the_notebook_as_json(usual):
    for b in usual.blocks():
        assert from_bundle(b._repr_mimebundle_()) == b


def test_headings_follow_the_official_order(usual):
    heads = [b.text for b in usual.blocks() if isinstance(b, Heading) and b.level == 1]
    assert [h[0] for h in heads] == list("一二三四五")


def test_the_same_tables_give_the_same_blocks(usual):
    again = report()
    assert [again.section(n, charts=False) for n in SECTIONS] == [usual.section(n, charts=False) for n in SECTIONS]
    assert again.provenance() == usual.provenance()
    assert charts.rates(again.totals) == charts.rates(usual.totals)


def test_charts_have_outlined_text_no_dates_and_stay_small(usual):
    charts = [b for b in usual.blocks() if b.kind == "chart"]
    assert len(charts) == 4  # all producing firms are covered: no chart of one bar
    for c in charts:
        assert "<text" not in c.svg and "dc:date" not in c.svg and len(c.svg) < 60_000, c.id
        assert c.alt and c.svg


def test_a_duty_that_speaks_of_problems_is_not_taken_for_the_part_on_problems():
    written = narrative.parse("## 强化抽查发现问题后处理\n已逐一复查。\n# 存在问题\n进度不一。")
    assert "进度不一。" in text(report(text=written), "problems")
    only_duty = report(text=narrative.parse("## 强化抽查发现问题后处理\n已逐一复查。"))
    assert "已逐一复查。" in text(only_duty, "measures") and "【待补充】" in text(only_duty, "problems")


def test_text_under_a_heading_that_the_report_does_not_know_is_missed_aloud():
    written = report(text=narrative.parse("没有标题的话。\n# 取得成放\n成效明显。\n# 下一步\n继续。"))
    said = text(written, "next_steps")
    assert "“取得成放”一段没有编入报告" in said and "开头没有标题的一段没有编入报告" in said
    assert "继续。" in said and len([t for t in written.todos() if "没有编入报告" in t]) == 2


def test_the_samples_own_narrative_fills_april_and_leaves_gaps_in_may():
    april, may = (narrative.read(PROJECT / f"data/narrative/masks_2021/2021-0{m}.md") for m in (4, 5))
    assert not [t for t in report(text=april).todos()]
    assert 5 < len(report(text=may).todos()) < 15
