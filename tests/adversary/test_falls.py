"""Cumulative figures that fall: against the last return that there is, in words that are true of the cells."""

from __future__ import annotations

from tests.adversary.world import form4

FALLS = "cases.cumulative_never_falls"
LESS = (12, 18, 4, 3, 2, 1.5, 2, 0.3, 0)
MORE = (60, 70, 4, 3, 2, 1.5, 2, 0.9, 0)


def sent(world, months: dict[str, list[list]]):
    out = None
    for period, rows in months.items():
        world.put("亭湖区/附件4.xlsx", {"附件4": rows}, period)
        out = world.run(period)
    return out


def falls(out) -> list[tuple[str, str]]:
    return sorted((row, field) for _, _, _, row, field in out.said(FALLS))


def test_a_month_without_a_return_hides_no_fall(world):
    world.put("亭湖区/附件4.xlsx", {"附件4": form4(day="2021年4月30日")}, "2021-04")
    world.run("2021-04")
    world.put("盐都区/附件4.xlsx", {"附件4": form4(unit="盐都区")}, "2021-05")
    world.run("2021-05", ["320902"])
    world.put("亭湖区/附件4.xlsx", {"附件4": form4(day="2021年6月30日", quality=LESS)}, "2021-06")
    assert ("quality", "officers_dispatched") in falls(world.run("2021-06"))


def test_a_total_that_rises_is_not_said_to_fall(world):
    rows = form4(day="2021年6月30日", quality=LESS, other=LESS, price=LESS, total=MORE)
    before = form4(price=(20, 30, 4, 3, 2, 1.5, 2, 0.5, 0), other=(20, 30, 4, 3, 2, 1.5, 2, 0.5, 0))
    before[-1] = ["合计", *(20 if at == 0 else v for at, v in enumerate(before[-1][1:]))]
    fallen = falls(sent(world, {"2021-05": before, "2021-06": rows}))
    assert ("total", "officers_dispatched") not in fallen
    assert ("quality", "officers_dispatched") in fallen


def test_rows_that_repeated_one_figure_accuse_nobody(world):
    repeated = {name: (560, 700, 4, 3, 2, 1.5, 2, 0.5, 0) for name in ("quality", "other")}
    before = form4(**repeated)
    for row in before[4:]:
        row[1] = 560
    after = form4(
        day="2021年6月30日", quality=(90, 800, 4, 3, 2, 1.5, 2, 0.6, 0), other=(95, 800, 4, 3, 2, 1.5, 2, 0.6, 0)
    )
    after[-1][1] = 693
    fallen = falls(sent(world, {"2021-05": before, "2021-06": after}))
    assert not [at for at in fallen if at[1] == "officers_dispatched"]


def test_figures_to_date_that_stand_still_over_new_cases_are_a_doubt(world):
    """In May cases were handled, and everything to date is April's; a quiet month with nothing new says nothing."""
    quiet = {"quality": (20, 30, 0, 0, 0, 0, 0, 0.5, 0), "other": (10, 12, 0, 0, 0, 0, 0, 0, 0)}
    busy = sent(world, {"2021-04": form4(day=day("2021-04")), "2021-05": form4()})
    assert {(row, f) for _, _, _, row, f in busy.said("cases.case_without_inspection")} >= {
        ("quality", "cases_handled")
    }
    assert not sent(world, {"2021-05": form4(**quiet)}).said("cases.case_without_inspection")


def test_a_plus_sign_before_a_figure_to_date_is_a_doubt(world):
    rows = form4()
    rows[5][1], rows[5][3] = "+20", "+4"
    world.put("亭湖区/附件4.xlsx", {"附件4": rows})
    out = world.run()
    assert (out.value("quality", "officers_dispatched"), out.value("quality", "cases_handled")) == (20, 4)
    assert [(s, field) for _, s, _, _, field in out.said("cell.increment")] == [("warning", "officers_dispatched")]


def day(period: str) -> str:
    year, month = period.split("-")
    return f"{year}年{int(month) + 1}月1日"


def test_the_period_of_the_last_return_is_named(world):
    """April 20 and 30 people, nothing in May, in June fewer than in April."""
    world.put("亭湖区/4月.xlsx", {"附件4": form4(day=day("2021-04"))}, "2021-04")
    world.run("2021-04")
    world.put("盐都区/5月.xlsx", {"附件4": form4(unit="盐都区市场监督管理局")})
    world.run("2021-05", ["320902", "320903"])
    quality, other = (11, 17, 1, 1, 1, 0.8, 1, 0.2, 0), (6, 7, 1, 1, 1, 0.3, 0.4, 0, 0)
    world.put("亭湖区/6月.xlsx", {"附件4": form4(day=day("2021-06"), quality=quality, other=other)}, "2021-06")
    june = world.run("2021-06")
    fallen = june.findings[june.findings["rule"] == FALLS]
    assert {"officers_dispatched", "operators_inspected", "masks_seized"} == set(fallen["field"])
    assert fallen["message"].str.contains("小于上次报送（2021年4月）（", regex=False).all()


def test_a_total_that_rose_is_not_said_to_have_fallen(world):
    """Three categories give fewer people than in May, a fourth so many that the total rises: said of the three."""
    rows = {"price": (10, 12, 1, 1, 1, 0.3, 0.4, 0, 0), "quality": (20, 30, 4, 3, 2, 1.5, 2, 0.5, 0)}
    rows["other"] = (10, 12, 2, 1, 1, 0.3, 0.4, 0, 0)
    world.put("亭湖区/5月.xlsx", {"附件4": form4(**rows)})
    world.run("2021-05")
    less = {name: (row[0] - 3, *row[1:]) for name, row in rows.items()}
    less["false_advertising"] = (60, 0, 0, 0, 0, 0, 0, 0, 0)
    world.put("亭湖区/6月.xlsx", {"附件4": form4(day=day("2021-06"), **less)}, "2021-06")
    june = world.run("2021-06")
    fallen = june.findings[(june.findings["rule"] == FALLS) & (june.findings["field"] == "officers_dispatched")]
    assert set(fallen["row"]) == {"price", "quality", "other"}


def test_one_number_in_every_row_says_nothing_of_any_row(world):
    """In May 56 people in every row and in the total, in June their work by category: no row has fallen."""
    everywhere = {name: (56, *row[1:]) for name, row in _rows().items()}
    world.put("亭湖区/5月.xlsx", {"附件4": form4(**everywhere, total=(56, 70, 7, 7, 7, 0.7, 0.7, 0, 0))})
    world.run("2021-05")
    world.put("亭湖区/6月.xlsx", {"附件4": form4(day=day("2021-06"), **_rows())}, "2021-06")
    june = world.run("2021-06")
    assert FALLS not in set(june.findings[june.findings["field"] == "officers_dispatched"]["rule"])


def _rows() -> dict[str, tuple]:
    names = ("price", "quality", "unfair_competition", "intellectual_property", "drug_device_licensing")
    return dict.fromkeys((*names, "false_advertising", "other"), (9, 10, 1, 1, 1, 0.1, 0.1, 0, 0))


def severities(out, rule: str) -> set[tuple[str, str]]:
    return {(severity, row) for _, severity, _, row, _ in out.said(rule)}


def test_a_case_or_two_of_earlier_inspections_in_one_row_are_a_note_and_many_a_doubt(world):
    """The total's inspections have grown, those of 其他 have not: one case there may come of April's, nine hardly."""
    may = {"quality": (25, 36, 3, 2, 1, 1, 1, 0.6, 0)}
    for cases, severity in ((1, "note"), (9, "warning")):
        other = (10, 12, cases, 0, 0, 0, 0, 0, 0)
        out = sent(world, {"2021-04": form4(day=day("2021-04")), "2021-05": form4(**may, other=other)})
        assert severities(out, "cases.case_without_inspection") == {(severity, "other")}


def test_two_quiet_months_are_alike_and_ask_nobody(world):
    quiet = {"quality": (20, 30, 0, 0, 0, 0, 0, 0.5, 0), "other": (10, 12, 0, 0, 0, 0, 0, 0, 0)}
    world.put("盐都区/附件4.xlsx", {"附件4": form4(unit="盐都区市场监督管理局")}, "2021-05")
    out = sent(world, {"2021-05": form4(**quiet), "2021-06": form4(day="2021年6月30日", **quiet)})
    assert {s for s, _ in severities(out, "cases.not_stale")} == {"note"}
    assert out.rules() - {"returns.missing"} == set()


def test_a_total_is_not_said_to_fall_below_one_that_was_no_sum(world):
    """May's total said 63 over rows that make 36; June's 46 is a fall against the one and none against the others."""
    may = {"quality": (24, 30, 4, 3, 2, 1.5, 2, 0.5, 0), "other": (12, 12, 2, 1, 1, 0.3, 0.4, 0, 0)}
    wrong = form4(**may, total=(63, 42, 6, 4, 3, 1.8, 2.4, 0.5, 0))
    june = {"quality": (30, 40, 1, 1, 1, 0.5, 1, 0.6, 0), "other": (16, 20, 1, 1, 1, 0.3, 0.4, 0.1, 0)}
    out = sent(world, {"2021-05": wrong, "2021-06": form4(day="2021年6月30日", **june)})
    assert severities(out, FALLS) == {("note", "total")}
