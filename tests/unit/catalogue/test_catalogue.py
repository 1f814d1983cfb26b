"""Every kind of finding is a row of one table, and one builder gives it words and an address."""

import string

import pytest

from tally.catalogue import KINDS, SEVERITIES, finding, place_in_words, remark
from tally.model import Place


def test_a_finding_says_its_kind_at_its_address():
    made = finding(
        "form.unknown_column", Place("甲.xlsx", "表1", "D3", "附注"), unit="320902", form="cases", label="附注"
    )
    assert (made.rule, made.severity, made.message) == (
        "form.unknown_column", "warning", "表中增加了规定以外的列“附注”，该列未计入",
    )  # fmt: skip
    assert (made.file, made.sheet, made.cell, made.found) == ("甲.xlsx", "表1", "D3", "附注")
    assert (made.unit, made.form, made.suggestion) == ("320902", "cases", "请使用规定的表式")


def test_a_variant_is_a_finding_of_the_same_rule():
    assert remark("form.duplicate_row", label="合计", first=3).severity == "error"
    same = remark("form.duplicate_row/same", label="合计", first=3)
    assert (same.rule, same.severity) == ("form.duplicate_row", "note")


def test_what_is_given_stands_in_place_of_the_kinds_own():
    assert remark("returns.missing", title="统计表", expected="2021年5月6日前报送").expected == "2021年5月6日前报送"


def test_braces_in_what_a_unit_wrote_stay_as_they_are():
    assert remark("cell.garbled", seen="{label}").message == "“{label}”是乱码"


def test_a_kind_or_a_word_that_is_not_there_is_a_bug_at_once():
    with pytest.raises(KeyError):
        remark("form.no_such_kind")
    with pytest.raises(KeyError):
        remark("form.unknown_column")


@pytest.mark.parametrize("key", KINDS)
def test_every_kind_is_well_formed(key):
    kind = KINDS[key]
    assert kind.severity in SEVERITIES
    assert key.partition("/")[0] in KINDS, "a variant belongs to a kind"
    for text in (kind.text, kind.remedy, kind.expected):
        for _, name, form, conversion in string.Formatter().parse(text):
            assert name is None or (name.isidentifier() and not form and not conversion)
    assert kind.text and not kind.text.endswith("。")


def test_a_place_is_worded_one_way():
    assert place_in_words("甲.xlsx", "表1", "D3") == "甲.xlsx　表1　D3"
    assert place_in_words("甲.docx") == "甲.docx"
