"""City totals of the cases form against plain Python over the same tables."""

from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.report.basics import lead
from tally.totals import History, as_table, work_out
from tests.unit.totals.invented import BLANK_TOTAL, MISSING, periods

CASES = CAMPAIGN.form("cases")
BEFORE, NOW = periods()


def totals(*tables):
    return work_out(History(CAMPAIGN, tables or (BEFORE, NOW)))


def written(tables, unit, category, field):
    """The cell's value as an exact fraction, None for null."""
    f = tables.forms["cases"]
    values = f.loc[(f["unit"] == unit) & (f["category"] == category), field]
    return None if not len(values) or pd.isna(values.iloc[0]) else Fraction(str(values.iloc[0]))


def truth(field, category, *, to_date):
    """The city's figure worked out with plain sums."""
    total = Fraction(0)
    for unit in (u.code for u in CAMPAIGN.units):
        values = []
        for tables in (BEFORE, NOW) if to_date else (NOW,):
            value = written(tables, unit, category, field.name)
            if value is None and category == "total" and unit == BLANK_TOTAL:
                value = sum(written(tables, unit, c.name, field.name) for c in CASES.parts)
            values += [] if value is None else [value]
        if values:
            total += values[-1] if field.cumulative and to_date else sum(values)
    return total


@pytest.mark.parametrize("to_date", [False, True])
@pytest.mark.parametrize("category", ["price", "quality", "other", "total"])
def test_city_totals_equal_plain_sums(category, to_date):
    book = totals().book
    for field in CASES.fields[2:]:
        figure = book[f"cases.{category}.{field.name}{'.to_date' if to_date else ''}"]
        assert Fraction(str(figure.value)) == truth(field, category, to_date=to_date), figure.ref


def test_money_shows_no_float_noise():
    for figure in totals().book.values():
        assert len(figure.number.partition(".")[2]) <= 2, figure


def test_a_cumulative_column_is_never_summed_over_periods():
    book = totals().book
    assert book["cases.total.officers_dispatched.to_date@320902"].value == 400
    assert book["cases.total.officers_dispatched.to_date"].value == 10 * 400 + 200  # the missing unit's latest


def test_a_missing_units_latest_return_counts_to_date_and_says_so():
    book = totals().book
    assert f"cases.total.officers_dispatched@{MISSING}" not in book
    assert book[f"cases.total.officers_dispatched.to_date@{MISSING}"].note == "沿用2021年4月报送数"
    assert (book["cases.total.cases_handled"].n_units, book["cases.total.cases_handled.to_date"].n_units) == (10, 11)


def test_a_unit_whose_notebook_failed_is_recorded_as_failed_and_not_as_missing():
    unit = "320902"
    frames = {name: f[f["unit"] != unit] for name, f in NOW.forms.items()}
    told = NOW.findings.iloc[:0].reindex([0]).assign(unit=unit, rule="run.notebook_failed", severity="error")
    returns = NOW.returns[NOW.returns["unit"] != unit]
    result = totals(BEFORE, replace(NOW, forms=frames, findings=told, returns=returns))

    assert {s.state for (code, _), s in result.record.items() if code == unit} == {"failed"}
    assert {s.state for (code, _), s in result.record.items() if code == MISSING} == {"missing"}
    told = "".join(str(block) for block in lead(result))
    assert "亭湖区的报表处理失败、未计入" in told and "亭湖区未报送" not in told


def test_a_blank_total_is_derived_from_its_categories_and_marked():
    figure = totals().book[f"cases.total.cases_handled@{BLANK_TOTAL}"]
    parts = [written(NOW, BLANK_TOTAL, c.name, "cases_handled") for c in CASES.parts]
    assert figure.derived and figure.value == sum(parts)
    assert len(figure.parts[0].cells) == 7
    assert totals().book["cases.total.cases_handled"].derived


def with_visits(numbers):
    """This period's tables where 亭湖区 gives 出动 by category only."""
    frame = NOW.forms["cases"].copy()
    mine = frame["unit"] == "320902"
    frame.loc[mine, "officers_dispatched"] = pd.array([*numbers, None], dtype="Int64")
    return replace(NOW, forms={**NOW.forms, "cases": frame})


def test_visits_repeated_in_every_row_are_never_added_up():
    worked = totals(BEFORE, with_visits([35] * 7))
    assert "cases.total.officers_dispatched@320902" not in worked.book
    assert worked.left_out["cases.total.officers_dispatched"] == ("320902",)


def test_visits_that_differ_by_category_are_added_up():
    assert totals(BEFORE, with_visits([1, 2, 3, 4, 5, 6, 7])).book["cases.total.officers_dispatched@320902"].value == 28


def test_the_comparison_rests_on_units_that_reported_twice():
    worked = totals()
    change = worked.changes["cases.total.cases_filed"]
    units = [u.code for u in CAMPAIGN.units if u.code != MISSING]
    now, last = (sum(written(t, u, "total", "cases_filed") for u in units) for t in (NOW, BEFORE))
    assert (change.now, change.last, change.absent) == (now, last, (MISSING,))


def test_a_period_that_was_skipped_is_not_compared_with():
    assert not totals(NOW).changes


def test_a_return_from_the_city_itself_is_counted_once_under_its_own_name():
    own = NOW.forms["cases"][NOW.forms["cases"]["unit"] == "320902"].assign(unit="320900")
    returns = NOW.returns[NOW.returns["unit"] == "320902"].assign(unit="320900")
    tables = replace(
        NOW,
        forms={**NOW.forms, "cases": pd.concat([NOW.forms["cases"], own])},
        returns=pd.concat([NOW.returns, returns]),
    )
    before, after = totals(NOW), totals(tables)
    ref = "cases.total.cases_handled"
    assert after.history.units["320900"] == "盐城市本级"
    assert after.book[ref].value == before.book[ref].value + before.book[f"{ref}@320902"].value


def test_the_long_table_holds_every_figure_exactly_once():
    table = as_table(totals())
    assert not table.duplicated(["unit", "category", "form", "measure", "scope"]).any()
    row = table[
        (table["unit"] == "320900") & (table["category"] == "total") & (table["measure"] == "fines_confiscations")
    ]
    assert Fraction(row[row["scope"] == "to_date"]["value"].iloc[0]) == truth(CASES.field("fines_confiscations"), "total", to_date=True)  # fmt: skip
    assert set(table["level"]) == {"city", "unit"}


def test_visits_repeated_in_every_row_stay_out_of_the_citys_categories():
    frame = with_visits([35] * 7).forms["cases"]
    frame.loc[(frame["unit"] == "320902") & (frame["category"] == "total"), "officers_dispatched"] = 35
    other = (frame["unit"] == "320903") & (frame["category"] == "price")
    frame.loc[other, "officers_dispatched"] = 4
    book = totals(BEFORE, replace(NOW, forms={**NOW.forms, "cases": frame})).book
    assert book["cases.price.officers_dispatched"].value == 4
    assert book["cases.price.officers_dispatched@320902"].value == 35
    assert "亭湖区在各类别重复填写同一数" in book["cases.price.officers_dispatched"].rule


def test_a_zero_return_adds_nothing_and_leaves_cumulative_figures_as_they_were():
    frame = NOW.forms["cases"].copy()
    mine = frame["unit"] == "320902"
    frame.loc[mine, [f.name for f in CASES.fields]] = pd.NA
    returns = NOW.returns.copy()
    returns.loc[(returns["unit"] == "320902") & (returns["form"] == "cases"), "state"] = "zero return"
    worked = totals(BEFORE, replace(NOW, forms={**NOW.forms, "cases": frame}, returns=returns))
    assert worked.book["cases.total.cases_handled@320902"].value == 0
    assert worked.book["cases.total.officers_dispatched@320902"].value == 200
    assert worked.book["cases.total.cases_handled.to_date@320902"].value == written(
        BEFORE, "320902", "total", "cases_handled"
    )
    assert not worked.left_out
