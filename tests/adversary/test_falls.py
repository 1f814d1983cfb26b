"""Cumulative figures that fall: against the last return that there is, in words that are true of the cells."""

from __future__ import annotations

from tests.adversary.world import form4

LESS = (12, 18, 4, 3, 2, 1.5, 2, 0.3, 0)
MORE = (60, 70, 4, 3, 2, 1.5, 2, 0.9, 0)


def sent(world, months: dict[str, list[list]]):
    out = None
    for period, rows in months.items():
        world.put("亭湖区/附件4.xlsx", {"附件4": rows}, period)
        out = world.run(period)
    return out


def falls(out) -> list[tuple[str, str]]:
    return sorted((row, field) for _, _, _, row, field in out.said("cases.cumulative_never_falls"))


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
