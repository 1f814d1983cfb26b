"""This period's column beside the figures to date, and the other way round: the one that does not count is a witness."""

import pytest

from tests.adversary.test_falls import sent
from tests.adversary.world import MEASURES, NONE, form4

APRIL = {"quality": (20, 30, 4, 3, 2, 1.5, 2, 0.5, 0), "other": NONE}
MAY = {"quality": (50, 70, 6, 3, 2, 1.5, 2, 0.9, 0), "other": NONE}


def beside(field: str, heading: str, figure: float) -> list[list]:
    """May's form with a column of the other scope beside one of its fields, `figure` in 质量类 and 合计."""
    rows, at = form4(**MAY), 2 + MEASURES.index(field)
    for row, value in zip(rows[3:], [heading, 0, figure, *[0] * 5, figure], strict=True):
        row.insert(at, value)
    return rows


@pytest.mark.parametrize(
    ("field", "heading", "figure", "says"),
    [
        ("officers_dispatched", "出动执法人员（人次）本月", 30, ""),
        ("officers_dispatched", "出动执法人员（人次）本月", 35, "不符"),
        ("officers_dispatched", "出动执法人员（人次）本月", 60, "大于累计数"),
        ("masks_seized", "查获口罩（万只）本月", 0.4, ""),
        ("masks_seized", "查获口罩（只）本月", 4000, ""),
        ("masks_seized", "查获口罩（万只）本月", 0.6, "不符"),
        ("cases_handled", "查办案件（件）累计", 10, ""),
        ("cases_handled", "查办案件（件）累计", 12, "不符"),
        ("cases_handled", "查办案件（件）累计", 5, "大于累计数"),
    ],
)
def test_the_column_left_out_bears_witness(world, field, heading, figure, says):
    out = sent(world, {"2021-04": form4(day="2021年4月30日", **APRIL), "2021-05": beside(field, heading, figure)})
    assert out.value("total", field) == MAY["quality"][MEASURES.index(field)]
    said = out.findings[out.findings["rule"] == "returns.scopes"]
    assert set(said["row"]) == ({"quality", "total"} if says else set())
    assert set(said["severity"]) <= {"warning"} and said["message"].str.contains(says).all()


def test_without_every_earlier_period_only_a_part_larger_than_its_whole_is_said(world):
    out = sent(world, {"2021-05": beside("officers_dispatched", "出动执法人员（人次）本月", 35)})
    assert not {r for r in out.rules() if r.startswith("不符")}
