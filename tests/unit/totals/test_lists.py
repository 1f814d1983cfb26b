"""Sampling, coverage and the submission record against plain counting."""

from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.model import Place
from tally.totals import History, work_out
from tally.totals.figures import percent, ranged, wilson
from tally.totals.sampling import failing_items, item_names
from tally.writing.numbers import exact, plain
from tests.unit.totals.invented import LATE, MISSING, periods

BEFORE, NOW = periods()


def totals(*tables, campaign=CAMPAIGN):
    return work_out(History(campaign, tables or (BEFORE, NOW)))


def to_date():
    """Records of the latest return of every unit."""
    old = BEFORE.forms["sampling"]
    return pd.concat([NOW.forms["sampling"], old[old["unit"] == MISSING]])


def test_batches_firms_and_failing_are_counted_separately():
    book, rows = totals().book, to_date()
    assert book.count("sampling.batches.to_date") == len(rows)
    assert book.count("sampling.failing.to_date") == sum(rows["result"] == "不合格")
    assert book.count("sampling.firms.to_date") == len(set(zip(rows["unit"], rows["enterprise"], strict=True)))
    assert book.count("sampling.batches") == len(NOW.forms["sampling"])


def test_a_list_of_additions_is_summed_over_periods():
    forms = tuple(replace(f, accumulates="additions") if f.name == "sampling" else f for f in CAMPAIGN.forms)
    book = totals(campaign=replace(CAMPAIGN, forms=forms)).book
    assert book.count("sampling.batches.to_date") == sum(len(t.forms["sampling"]) for t in (BEFORE, NOW))


def test_failing_items_are_exploded_and_counted_once_a_batch():
    counted = dict(item_names(totals().book))
    texts = to_date()["failed_items"].dropna()
    assert counted == {
        i: sum(i in t for t in texts) for i in ("过滤效率", "标识", "耳带断裂强力") if any(i in t for t in texts)
    }


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("过滤效率、标识", ("过滤效率", "标识")),
        ("过滤效率，标识; 耳带/标识", ("过滤效率", "标识", "耳带")),
        ("标识（厂名、厂址） 过滤效率", ("标识(厂名,厂址)", "过滤效率")),
        ("1.过滤效率；2.标识", ("过滤效率", "标识")),
        ("无", ()),
        ("", ()),
        (None, ()),
    ],
)
def test_items_are_separated_outside_brackets(text, items):
    assert failing_items(text) == tuple(i.replace(",", "、") if "厂名" in i else i for i in items)


def test_coverage_compares_names_whatever_their_brackets_and_leaves_stopped_firms_out():
    sampling = NOW.forms["sampling"].copy()
    mine = (sampling["unit"] == "320902") & (sampling["row"] == 3)
    sampling.loc[mine, "enterprise"] = "亭湖区样例 丙口罩(有限)公司"
    worked = totals(BEFORE, replace(NOW, forms={**NOW.forms, "sampling": sampling}))
    assert worked.book.count("coverage.producing@320902") == 4
    assert worked.book.count("coverage.sampled@320902") == 4
    assert worked.book["coverage.rate@320902"].value == 100
    assert set(worked.roster.stopped["status"]) == {"停产"}
    assert "亭湖区" not in {worked.history.units[u] for u in worked.roster.unsampled["unit"]}


def test_batches_without_a_result_are_counted_and_told():
    sampling = NOW.forms["sampling"].copy()
    sampling.loc[0, "result"] = None
    book = totals(NOW, replace(NOW, forms={**NOW.forms, "sampling": sampling})).book
    assert book.count("sampling.unknown.to_date") == 1
    assert book.count("sampling.batches.to_date") == len(sampling)


def test_the_record_tells_late_missing_and_complete():
    worked = totals()
    assert worked.record[MISSING, "cases"].state == "missing"
    assert worked.record[LATE, "cases"].late
    assert [worked.book.count(f"submission.{m}") for m in ("expected", "reported", "complete", "late")] == [
        11,
        10,
        10,
        1,
    ]


def test_a_corrected_return_counts_once_and_its_older_version_is_remembered():
    old = NOW.returns[(NOW.returns["unit"] == "320902") & (NOW.returns["form"] == "cases")].assign(state="replaced")
    worked = totals(replace(NOW, returns=pd.concat([NOW.returns, old])))
    assert (worked.record["320902", "cases"].state, worked.record["320902", "cases"].replaced) == ("on time", 1)


def test_the_same_version_sent_again_is_no_correction():
    old = NOW.returns[(NOW.returns["unit"] == "320902") & (NOW.returns["form"] == "cases")].assign(state="replaced")
    file = str(old["file"].iloc[0])
    note = NOW.findings.iloc[:1].assign(
        unit="320902", form="cases", rule="returns.duplicate", file=f"{file}!附件4.xlsx"
    )
    findings = pd.concat([NOW.findings, note])
    worked = totals(replace(NOW, returns=pd.concat([NOW.returns, old]), findings=findings))
    assert worked.record["320902", "cases"].replaced == 0


def test_wilson_is_wide_for_few_batches_and_never_leaves_0_to_100():
    assert wilson(0, 5) == (Decimal("0.00"), Decimal("43.45"))
    assert wilson(5, 5)[1] == 100
    assert wilson(0, 0) is None
    assert wilson(4, 53) == (Decimal("2.97"), Decimal("17.86"))


def test_numbers_are_exact_and_plain():
    assert exact(0.1) + exact(0.2) == Decimal("0.3")
    assert [plain(Decimal(t)) for t in ("153.140", "1E+3", "-0.0", "0.10")] == ["153.14", "1000", "0", "0.1"]
    assert exact(pd.NA) is None and percent(1, 0) is None and percent(1, 3) == Decimal("33.33")


def test_runs_of_cells_become_ranges():
    places = [Place("a.xlsx", "S", f"F{i}", "合格") for i in (6, 7, 8, 9, 12, 13)]
    assert [p.cell for p in ranged(places)] == ["F6:F9", "F12", "F13"]


def test_no_item_can_be_taken_for_a_part_of_a_figures_name():
    names = failing_items("滤效@320902、x.to_date、y.change、PM2.5、" + "长" * 200 + "、" + "长" * 201)
    assert names[:4] == ("滤效＠320902", "x．to_date", "y．change", "PM2.5")
    assert len(set(names)) == 6 and max(map(len, names)) < 80
