"""Findings in a clerk's words: the order, the places, many alike on one line, the text of a comment."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.catalogue import KINDS
from tally.catalogue.audience import INSIDE
from tally.render.feedback.notices import at, comment_text, gathered, notices, spans
from tally.store.tables import FINDING_COLUMNS


def found(*records: dict) -> pd.DataFrame:
    usual = {"unit": "320902", "form": "cases", "severity": "error", "rule": "cases.x", "message": "不符"}
    return pd.DataFrame([usual | r for r in records], columns=list(FINDING_COLUMNS))


def told(*records: dict):
    return notices(CAMPAIGN, found(*records), "320902")


def test_errors_come_first_then_forms_records_and_cells_in_their_order():
    listed = told(
        {"severity": "note", "row": "price", "cell": "B5"},
        {"form": "sampling", "row": "10", "cell": "B14"},
        {"form": "sampling", "row": "9", "cell": "B13"},
        {"row": "total", "cell": "D12"},
        {"row": "quality", "cell": "E6"},
        {"row": "quality", "cell": "D6"},
        {"severity": "warning", "form": None},
    )
    assert [n.cells for n in listed] == [("D6",), ("E6",), ("D12",), ("B13",), ("B14",), (), ("B5",)]


def test_a_spot_is_named_as_the_form_names_it():
    spots = [n.spot for n in told({"row": "quality", "field": "fines_confiscations"}, {}, {"form": None})]
    assert set(spots) == {"质量类案件　罚没", "全表", ""}
    assert told({"form": "sampling", "row": "3", "field": "follow_up"})[0].spot == "第3条　后处理措施"


def test_other_units_findings_are_not_told():
    assert told({"unit": "320903"}) == []


@pytest.mark.parametrize("rule", sorted(INSIDE))
def test_what_a_unit_cannot_mend_is_told_to_none(rule):
    assert told({"rule": rule}) == []


def test_what_concerns_no_unit_is_a_kind_of_the_catalogue():
    assert {key.split("/")[0] for key in KINDS} >= INSIDE


def test_what_is_no_address_is_no_link():
    assert told({"cell": "第3段"})[0].cells == () and told({"cell": "A0"})[0].cells == ()


def test_many_notes_alike_share_a_line_that_names_all_their_cells():
    repairs = [{"severity": "note", "field": "cases_handled", "cell": f"D{r}", "found": f"{r}件"} for r in (5, 6, 7, 9)]
    (line,) = gathered(told(*repairs))
    assert line.cells == ("D5", "D6", "D7", "D9") and "共 4 处（D5:D7、D9）" in line.message
    assert line.spot == "查办案件（4处）" and line.found == "5件、6件、7件、9件"


def test_errors_alike_stand_one_by_one_until_they_are_very_many():
    def errors(n: int):
        return told(
            *({"form": "enterprises", "row": str(r), "field": "credit_code", "cell": f"C{r}"} for r in range(1, n + 1))
        )

    assert len(gathered(errors(49))) == 49 and len(gathered(errors(50))) == 1


def test_an_explained_warning_keeps_its_own_line():
    explained = [
        {"severity": "note", "field": "cases_handled", "cell": f"D{r}", "message": f"【已说明：理由{r}（某某）】"}
        for r in range(5, 9)
    ]
    assert len(gathered(told(*explained))) == 4


def test_a_comment_says_rule_found_expected_and_what_to_do_of_each_finding():
    text = comment_text(told({"found": "13", "expected": "11", "suggestion": "请核实"}, {"severity": "warning"}))
    assert text == "【差错】不符\n填报内容：13\n应为：11\n怎么办：请核实\n规则：cases.x\n\n【疑点】不符\n规则：cases.x"


@given(st.sets(st.tuples(st.integers(1, 40), st.integers(1, 30)), min_size=1, max_size=30))
def test_ranges_of_cells_name_each_cell_once(places):
    cells = [f"{get_column_letter(c)}{r}" for r, c in places]
    named = []
    for part in spans(cells).split("、"):
        first, _, last = part.partition(":")
        (top, col), (bottom, same) = at(first), at(last or first)
        assert col == same
        named += [(r + 1, col + 1) for r in range(top, bottom + 1)]
    assert sorted(named) == sorted(places)
