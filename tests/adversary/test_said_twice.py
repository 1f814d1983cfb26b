"""One form in two files: a blank one left beside, a copy that writes the same figures otherwise, two that truly differ."""

import pytest

from tests.adversary.world import form4

FIGURES = form4(quality=(45, 66, 14, 3, 2, 12.6, 15.3, 3.5, 0))
HEADER = 3


def written(change) -> list[list]:
    """The form with each figure written by `change`."""
    body = [[row[0], *map(change, row[1:])] for row in FIGURES[HEADER + 1 :]]
    return [*FIGURES[: HEADER + 1], *body]


def in_single_units() -> list[list]:
    """The form in 元 and 只, as its headings say."""
    names = {"罚没（万元）": "罚没（元）", "案值（万元）": "案值（元）", "查获口罩（万只）累计": "查获口罩（只）累计"}
    heading = [names.get(text, text) for text in FIGURES[HEADER]]
    places = [at for at, text in enumerate(FIGURES[HEADER]) if text in names]
    rows = [list(row) for row in FIGURES[HEADER + 1 :]]
    for row in rows:
        for at in places:
            row[at] = round(row[at] * 10_000)
    return [*FIGURES[:HEADER], heading, *rows]


NOTHING = (None,) * 9
UNFILLED = form4(
    price=NOTHING, quality=NOTHING, unfair_competition=NOTHING, intellectual_property=NOTHING,
    drug_device_licensing=NOTHING, false_advertising=NOTHING, other=NOTHING, total=(0,) * 9,
)  # fmt: skip


@pytest.mark.parametrize(
    ("copy", "said"),
    [
        (UNFILLED, set()),
        (written(lambda v: f"{v}件" if v == 14 else v), {"returns.duplicate"}),
        (written(lambda v: "十四" if v == 14 else v), {"returns.duplicate"}),
        (written(lambda v: "-" if v == 0 else v), {"returns.duplicate"}),
        (written(lambda v: None if v == 0 else v), {"returns.duplicate"}),
        (in_single_units(), {"returns.duplicate"}),
    ],
    ids=["blank-with-sums", "with-unit", "in-words", "strokes", "blanks", "元"],
)
@pytest.mark.parametrize("name", ["附件4盖章.xlsx", "附件4 - 副本.xlsx"])
def test_what_says_nothing_else_costs_no_figure(world, name, copy, said):
    world.put("亭湖区/附件4.xlsx", {"Sheet1": FIGURES})
    world.put(f"亭湖区/{name}", {"Sheet1": copy})
    outcome = world.run()
    assert outcome.value("quality", "cases_handled") == 14
    assert outcome.value("quality", "fines_confiscations") == 12.6
    assert outcome.value("price", "cases_handled") == 0
    assert said <= outcome.rules("error", "warning", "note")
    assert not outcome.findings.query("form == 'cases' and severity == 'error'").size


@pytest.mark.parametrize("other", [15, None, "16件"])
def test_a_figure_that_differs_is_not_taken(world, other):
    world.put("亭湖区/附件4.xlsx", {"Sheet1": FIGURES})
    world.put("亭湖区/附件4盖章.xlsx", {"Sheet1": written(lambda v: other if v == 14 else v)})
    outcome = world.run()
    assert outcome.value("quality", "cases_handled") is None
    assert outcome.value("quality", "fines_confiscations") == 12.6
    assert {"returns.versions", "cell.versions_differ"} <= outcome.rules("error")


def test_a_form_of_noughts_is_a_return_of_its_own(world):
    noughts = form4(**dict.fromkeys(("quality", "other"), (0,) * 9))
    world.put("亭湖区/附件4.xlsx", {"Sheet1": FIGURES})
    world.put("亭湖区/附件4盖章.xlsx", {"Sheet1": noughts})
    assert "returns.versions" in world.run().rules("error")
