"""What one can ask of everything that has been processed, on both sample periods."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest

import tally
from tally.errors import TallyError, UsageError
from tests.unit import processed


@pytest.fixture(scope="module")
def db():
    return tally.open("masks_2021", str(processed.root()))


def test_every_table_has_every_period_first(db):
    for name in db.names:
        table = db.table(name)
        assert table.columns[0] == "period"
        assert set(table["period"]) == {"2021-04", "2021-05"}
    stored = [pd.read_parquet(processed.root() / f"data/processed/masks_2021/{p}/cells.parquet") for p in db.periods]
    assert len(db.cells) == sum(map(len, stored))


def test_a_table_is_ones_own_copy(db):
    mine = db.cases
    mine["period"] = "spoilt"
    assert "spoilt" not in set(db.cases["period"])


def test_an_unknown_table_names_those_there_are(db):
    with pytest.raises(UsageError, match="enterprises"):
        db.table("nope")
    with pytest.raises(AttributeError):
        db.nope  # noqa: B018


def test_labels_are_the_forms_own(db):
    cases = db.labelled("cases")
    assert {"报送期", "报送单位", "类别", "罚没（万元）", "移送公安机关案件数（件）"} <= set(cases.columns)
    assert {"亭湖区", "盐南高新区"} <= set(cases["报送单位"])
    assert "合计" in set(cases["类别"])
    findings = db.labelled("findings")
    assert set(findings["性质"]) == {"差错", "疑点", "提示"}
    assert "口罩案件查处情况统计表" in set(findings["统计表"])
    assert {"按时", "未报"} <= set(db.labelled("returns")["状态"])
    assert set(db.labelled("figures")["口径"]) == {"本期", "累计"}


def test_sql_answers_over_the_tables_by_name(db):
    asked = db.sql("select sum(cases_handled) as n from cases where category = 'total' and period = '2021-05'")
    frame = db.cases.query("category == 'total' and period == '2021-05'")
    assert asked["n"].iloc[0] == frame["cases_handled"].sum() > 0


def test_sql_knows_dates_and_nulls(db):
    asked = db.sql("select count(*) as n from returns where received > due or received is null")
    frame = db.returns
    late = sum(pd.isna(a) or (not pd.isna(b) and a > b) for a, b in zip(frame["received"], frame["due"], strict=True))
    assert asked["n"].iloc[0] == late > 0


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_text('{file}')",
        "select * from '{file}'",
        "select * from glob('{folder}/*')",
        "copy cases to '{file}'",
        "attach '{folder}/other.db'",
        "install httpfs",
        "drop view cases",
        "create table mine as select 1",
        "select 1; select 2",
        "set enable_external_access = true",
        "selec 1",
        "",
    ],
)
def test_sql_can_neither_write_nor_reach_a_file(db, tmp_path, query):
    file = tmp_path / "kept.csv"
    file.write_text("a,b\n1,2\n")
    with pytest.raises(UsageError):
        db.sql(query.format(file=file, folder=tmp_path))
    assert file.read_text() == "a,b\n1,2\n" and list(tmp_path.iterdir()) == [file]


def test_compare_takes_like_with_like(db):
    by_unit = db.compare("cases", "cases_handled").set_index("报送单位")
    both = by_unit.dropna()
    assert pd.isna(by_unit.loc["响水县", "增减"]) and not pd.isna(by_unit.loc["响水县", "上期"])
    total = db.compare("cases").set_index("指标").loc["查办案件"]
    assert total["单位数"] == len(both)
    assert (total["上期"], total["本期"]) == (both["上期"].sum(), both["本期"].sum())
    assert total["增减"] == total["本期"] - total["上期"]


def test_compare_of_money_is_exact(db):
    row = db.compare("cases").set_index("指标").loc["罚没"]
    assert row["增减"] == round(row["增减"], 4)


def test_compare_counts_a_lists_records(db):
    counted = db.compare("sampling").set_index("报送单位").loc["亭湖区"]
    frame = db.sampling.query("unit == '320902'")
    assert counted["本期"] == (frame["period"] == "2021-05").sum()


def test_what_codes_mean_can_be_joined_and_the_tables_listed(db):
    named = db.sql("select u.name, c.label from cases join units u using (unit) join categories c using (category)")
    assert {"亭湖区", "市开发区"} <= set(named["name"]) and "质量类案件" in set(named["label"])
    assert {"cases", "units", "categories", "figures"} <= set(db.sql("show tables")["name"])


def test_a_whole_list_is_had_once(db):
    every = db.sampling
    assert set(db.latest("sampling")["period"]) == {db.periods[-1]} < set(every["period"])


def test_compare_takes_any_two_periods_and_shows_counts_as_counts(db):
    assert db.compare("cases", "", "2021-05", "2021-04").equals(db.compare("cases"))
    shown = db.compare("cases").set_index("指标").loc["查办案件", "本期"]
    assert isinstance(shown, int)
    assert str(db.compare("cases", "cases_handled")["本期"].dtype) == "Int64"


def test_a_chart_is_told_in_a_line(db):
    assert len(repr(db.chart(db.compare("cases", "cases_handled"), "报送单位", "本期"))) < 2000


def test_compare_says_when_there_is_no_period_before(db):
    with pytest.raises(UsageError, match="没有可比的上期"):
        db.compare("cases", period="2021-04")


def test_find_names_file_sheet_and_cell(db):
    hit = db.cells.query("state == 'repaired' and form == 'cases'").iloc[0]
    found = db.find(hit["value"])
    mine = found[(found["文件"] == hit["file"]) & (found["单元格"] == hit["cell"])]
    assert len(mine) >= 1 and hit["raw"] in set(mine["原文"])


def test_find_takes_a_number_as_a_whole_and_a_text_by_its_part(db):
    values = pd.to_numeric(db.find(12)["读作"].dropna(), errors="coerce").dropna()
    assert set(values) == {12}
    name = db.enterprises["enterprise"].dropna().iloc[0]
    assert name in set(db.find(name[2:6])["读作"])


def test_find_needs_something_to_look_for(db):
    with pytest.raises(UsageError):
        db.find(" ")


def test_find_takes_text_as_text(db):
    assert len(db.find("(.*)")) == 0


def test_a_figure_is_followed_to_its_cells(db):
    assert "cases.total.cases_handled" in db.refs
    assert list(db.trace("cases.total.cases_handled").every_cell())


@pytest.mark.parametrize(("ending", "begins"), [(".png", b"\x89PNG"), (".SVG", b"<svg")])
def test_a_chart_is_saved_for_a_paper_of_ones_own(db, tmp_path, ending, begins):
    chart = db.chart(db.compare("cases", "cases_handled"), "报送单位", "本期")
    chart.save(tmp_path / f"图{ending}")
    assert begins in (tmp_path / f"图{ending}").read_bytes()[:400]
    with pytest.raises(ValueError, match="png"):
        chart.save(tmp_path / "图.jpg")


@pytest.mark.parametrize("kind", ["bar", "line"])
def test_a_chart_of_ones_own_is_a_block_of_the_report(db, kind):
    chart = db.chart(db.compare("cases", "cases_handled"), "报送单位", "本期", kind)
    assert chart.kind == "chart" and chart.svg.startswith("<svg") and "亭湖区" in chart.alt
    assert "响水县" not in chart.alt


@pytest.mark.parametrize(
    ("x", "y", "kind"), [("无", "本期", "bar"), ("报送单位", "报送单位", "bar"), ("报送单位", "本期", "pie")]
)
def test_a_chart_that_cannot_be_drawn_says_why(db, x, y, kind):
    with pytest.raises(UsageError):
        db.chart(db.compare("cases", "cases_handled"), x, y, kind)


def test_nothing_processed_is_said_with_the_remedy(tmp_path):
    with pytest.raises(TallyError) as said:
        tally.open("masks_2021", str(tmp_path))
    assert "pipeline.py run" in said.value.remedy


def test_opening_writes_nothing(db):
    before = {p: p.stat().st_mtime_ns for p in Path(processed.root()).rglob("*")}
    db.find("口罩"), db.sql("select 1"), repr(db)
    assert {p: p.stat().st_mtime_ns for p in Path(processed.root()).rglob("*")} == before


def test_a_chart_drawn_with_matplotlib_itself_has_its_chinese(db, recwarn):
    from matplotlib import pyplot as plt

    axes = db.labelled("cases").set_index("报送单位")["查办案件（件）"].head(3).plot.barh(title="查办案件数（件）")
    axes.figure.savefig(io.BytesIO(), format="png")
    plt.close(axes.figure)
    assert not [w for w in recwarn if "missing from font" in str(w.message)]


def test_a_column_that_is_not_there_is_answered_with_those_that_are(db):
    with pytest.raises(UsageError) as refused:
        db.sql("select 1 from cases c join units u on u.code = c.unit")
    assert "units：unit、name、office、parent" in refused.value.remedy
