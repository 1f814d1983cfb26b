"""The judge can tell a silent mistake from one that was spoken of: a perfect reading, spoiled in one place at a time."""

from dataclasses import replace

import pandas as pd
import pytest

from benchmarks.mess.compose import compose
from benchmarks.mess.judge import judge
from tally.model import Finding, Return

SEED = 6  # a clean return


@pytest.fixture
def messy(tmp_path):
    return compose(SEED, tmp_path)


def perfect(messy) -> dict[str, Return]:
    """What a reader that knows the truth would return."""
    made = {}
    for form, keys in messy.records.items():
        known = [k for k in messy.known if k.form == form]
        values = {key: {k.field: k.writing.value for k in known if k.row == key} for key in keys}
        frame = pd.DataFrame.from_dict(values, orient="index").astype(object)
        cells = pd.DataFrame(
            [
                {"row": k.row, "field": k.field, "state": "repaired", **(k.place._asdict() if k.place else {})}
                for k in known
            ]
        )
        made[form] = Return(messy.unit, form, "on time", frame, cells)
    return made


def outcomes(judgement):
    return [v for v in judgement.cells if v.outcome == "silent"]


def a_cell(messy, form="cases", row="quality", field="operators_inspected"):
    return next(k for k in messy.known if (k.form, k.row, k.field) == (form, row, field))


def spoiled(made, known, value):
    made[known.form].frame.loc[known.row, known.field] = value
    return made


def said(known, severity):
    return Finding("", known.form, "cell.x", severity, "", known.row, known.field, *known.place)


def test_a_perfect_reading_has_no_silent_mistake(messy):
    judgement = judge(messy, perfect(messy), ())
    assert not outcomes(judgement) and not judgement.extra and not judgement.alarms


def test_another_number_without_a_word_is_silently_wrong(messy):
    known = a_cell(messy)
    silent = outcomes(judge(messy, spoiled(perfect(messy), known, known.writing.value + 1), ()))
    assert [(v.known, v.got) for v in silent] == [(known, known.writing.value + 1)]


def test_a_number_lost_without_a_word_is_silently_wrong(messy):
    known = a_cell(messy)
    assert [v.known for v in outcomes(judge(messy, spoiled(perfect(messy), known, None), ()))] == [known]


@pytest.mark.parametrize(("severity", "silent"), [("note", 1), ("warning", 0), ("error", 0)])
def test_only_a_warning_or_an_error_at_the_cell_excuses_another_number(messy, severity, silent):
    known = a_cell(messy)
    judgement = judge(messy, spoiled(perfect(messy), known, 10**7), [said(known, severity)])
    assert len(outcomes(judgement)) == silent


def test_a_warning_elsewhere_excuses_nothing(messy):
    known = a_cell(messy)
    elsewhere = said(a_cell(messy, row="price"), "warning")
    assert len(outcomes(judge(messy, spoiled(perfect(messy), known, 10**7), [elsewhere]))) == 1


def test_a_value_where_nothing_is_written_is_silently_wrong(messy):
    known = next(k for k in messy.known if k.writing.must == "blank" and k.place and k.form == "sampling")
    assert [v.known for v in outcomes(judge(messy, spoiled(perfect(messy), known, 1), ()))] == [known]


def test_a_record_left_out_is_silently_wrong_in_each_of_its_cells(messy):
    made = perfect(messy)
    kept = made["enterprises"]
    made["enterprises"] = replace(kept, frame=kept.frame.drop("2"), cells=kept.cells[kept.cells["row"] != "2"])
    silent = outcomes(judge(messy, made, ()))
    assert {v.known.row for v in silent} == {"2"} and {v.known.form for v in silent} == {"enterprises"}
    assert len(silent) >= 8


def test_a_record_too_many_is_counted(messy):
    made = perfect(messy)
    kept = made["sampling"]
    frame = pd.concat([kept.frame, kept.frame.iloc[[0]].set_axis(["99"])])
    first = kept.cells[kept.cells["row"] == "1"].assign(row="99", cell="A400")
    made["sampling"] = replace(kept, frame=frame, cells=pd.concat([kept.cells, first]))
    assert len(judge(messy, made, ()).extra) == 1


def test_an_error_on_a_clean_return_is_an_alarm(messy):
    assert len(judge(messy, perfect(messy), [said(a_cell(messy), "error")]).alarms) == 1


def test_a_planted_mistake_is_found_only_at_its_cell(tmp_path):
    messy = compose(2, tmp_path)
    planted = next(p for p in messy.planted if p.scope == "cell")
    right = Finding("", planted.form, "x", "error", "", planted.row, "", *planted.places[0])
    wrong = replace(right, cell="ZZ999")
    made = perfect(messy)
    assert dict(judge(messy, made, [right]).found)[planted] == "error"
    assert dict(judge(messy, made, [wrong]).found)[planted] == ""


def test_a_doubtful_writing_needs_a_word(tmp_path):
    messy = compose(1, tmp_path)
    doubtful = [k for k in messy.known if k.writing.must == "flagged"]
    silent = [v.known for v in outcomes(judge(messy, perfect(messy), ()))]
    assert doubtful and set(doubtful) <= set(silent)
