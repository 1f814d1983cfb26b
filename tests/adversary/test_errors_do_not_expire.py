"""An open error of an earlier period stays on every figure that rests on it, until it is corrected or explained."""

from __future__ import annotations

import pytest

from tally import totals
from tally.check import explanations
from tally.paths import Paths
from tests.adversary.world import form4, form5, passing

APRIL, MAY, JUNE = "2021-04", "2021-05", "2021-06"
WRONG = (20, 30, 3, 3, 2, 9000, 2, 0.5, 0)  # 9000万元 for three cases
RIGHT = (20, 30, 3, 3, 2, 1.5, 2, 0.5, 0)
PLACE = ("quality", "fines_confiscations")


def send(world, period: str, day: str, quality) -> None:
    world.put(f"亭湖区/附件4-{period}.xlsx", {"表": form4(day=day, quality=quality)}, period)


def carried(outcome) -> list[tuple[str, str, str]]:
    f = outcome.findings[outcome.findings["rule"].str.startswith("carried.")]
    return sorted(zip(f["severity"], f["row"], f["field"], strict=True))


@pytest.fixture
def two_months(world):
    send(world, MAY, "2021年5月31日", WRONG)
    send(world, JUNE, "2021年6月30日", RIGHT)
    world.run(MAY)
    return world


def read(world, period: str) -> totals.Totals:
    return totals.work_out(totals.read_history(world.campaign, Paths(world.root, "masks_2021", period)))


def test_the_doubt_stands_in_the_next_month_s_list_with_its_place(two_months):
    june = two_months.run(JUNE)
    assert ("warning", *PLACE) in carried(june)
    [finding] = june.findings[
        (june.findings["rule"] == "carried.warning") & (june.findings["row"] == "quality")
    ].to_dict("records")[:1]
    assert finding["file"].startswith("2021-05/亭湖区/") and finding["cell"] == "G6"
    assert "2021年5月" in finding["message"] and finding["found"] == "9000"


def test_the_figure_to_date_is_marked_and_the_month_s_own_is_not(two_months):
    two_months.run(JUNE)
    doubts = {ref: figure.doubt for ref, figure in read(two_months, JUNE).book.items()}
    assert doubts["cases.quality.fines_confiscations.to_date@320902"]
    assert doubts["cases.quality.fines_confiscations.to_date"]
    assert doubts["cases.total.fines_confiscations.to_date"], "the total holds it"
    assert not doubts["cases.quality.fines_confiscations"]


def test_a_correction_in_its_own_month_lifts_it(two_months):
    path = Paths(two_months.root, "masks_2021", MAY).corrections
    path.parent.mkdir(parents=True)
    path.write_text(
        "unit,form,row,field,old,new,reason,who,when\n"
        "320902,cases,quality,fines_confiscations,9000,0.9,县局来电更正,某甲,2021-06-03\n"
        "320902,cases,total,fines_confiscations,9000.3,1.2,县局来电更正,某甲,2021-06-03\n",
        "utf-8",
    )
    two_months.run(MAY)
    assert carried(two_months.run(JUNE)) == []


def test_an_explanation_in_its_own_month_lifts_it(two_months):
    path = Paths(two_months.root, "masks_2021", MAY).explanations
    path.parent.mkdir(parents=True)
    path.write_text(
        "unit,form,row,field,rule,explanation,who,when\n320902,cases,,,cases.fines_scale,大案一件罚没九千万元,某甲,2021-06-03\n",
        "utf-8",
    )
    two_months.run(MAY)
    assert [c for c in carried(two_months.run(JUNE)) if c[1:] == PLACE] == []


def test_a_cumulative_column_reported_anew_rests_on_its_last_return_alone(world):
    send(world, MAY, "2021年5月31日", (20, 30, 3, 3, 2, 1.5, 2, 9000, 0))
    send(world, JUNE, "2021年6月30日", RIGHT)
    world.run(MAY)
    assert [c for c in carried(world.run(JUNE)) if c[2] == "masks_seized"] == []


def test_a_cumulative_column_carried_over_is_marked_while_no_new_return_has_come(world):
    send(world, MAY, "2021年5月31日", (20, 30, 3, 3, 2, 1.5, 2, 9000, 0))
    world.put("盐都区/附件4.xlsx", {"表": form4(unit="盐都区", day="2021年6月30日")}, JUNE)
    world.run(MAY)
    assert ("warning", "quality", "masks_seized") in carried(world.run(JUNE))


def test_an_open_error_needs_an_answer_before_the_next_month_is_released(world):
    send(world, MAY, "2021年5月31日", (20, 30, 3, 5, 2, 1.5, 2, 0.5, 0))  # 立案 5 of 查办 3
    send(world, JUNE, "2021年6月30日", RIGHT)
    world.run(MAY)
    june = world.run(JUNE)
    _, without = explanations.error_answers(world.campaign, Paths(world.root, "masks_2021", JUNE), june.tables.findings)
    assert "carried.error" in {e["rule"] for e in without}


def test_it_is_handed_on_over_more_than_one_month_and_said_once(world):
    send(world, APRIL, "2021年4月30日", WRONG)
    send(world, MAY, "2021年5月31日", RIGHT)
    send(world, JUNE, "2021年6月30日", RIGHT)
    for period in (APRIL, MAY):
        world.run(period)
    assert carried(world.run(JUNE)).count(("warning", *PLACE)) == 1


def test_a_list_of_the_whole_that_came_anew_carries_nothing(world):
    world.put("亭湖区/附件5.xlsx", {"表": form5(passing(1, "盐城样例甲口罩有限公司", result="?"))}, MAY)
    world.put("亭湖区/附件5.xlsx", {"表": form5(passing(1, "盐城样例甲口罩有限公司"))}, JUNE)
    may = world.run(MAY)
    assert "error" in set(may.findings["severity"])
    assert [c for c in carried(world.run(JUNE)) if c[2] == "result"] == []


def test_a_doubt_between_two_cells_stays_open_until_it_is_explained(world):
    send(world, MAY, "2021年5月31日", (20, 30, 3, 3, 0, 1.5, 2, 0.5, 0))  # fined, and nothing closed
    send(world, JUNE, "2021年6月30日", RIGHT)
    world.run(MAY)
    assert ("warning", *PLACE) in carried(world.run(JUNE))
    path = Paths(world.root, "masks_2021", MAY).explanations
    path.parent.mkdir(parents=True)
    path.write_text(
        "unit,form,row,field,rule,explanation,who,when\n"
        "320902,cases,,,cases.fines_without_closed,先行没收，案件未结,某甲,2021-06-03\n",
        "utf-8",
    )
    world.run(MAY)
    assert ("warning", *PLACE) not in carried(world.run(JUNE))
