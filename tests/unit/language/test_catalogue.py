"""The catalogues: nothing the program says lacks its English, and no translation loses what is filled in."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.cli.language import LANGUAGES, LOCALE, Catalogue, catalogue, chosen, fixed, read_po
from tests.unit.language.spoken import missing, unused


def english(*entries: tuple[str, str]) -> Catalogue:
    spoken = Catalogue()
    spoken.entries = dict(entries)
    return spoken


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, *_ in string.Formatter().parse(text) if name is not None)


def test_everything_said_at_the_command_line_has_its_english():
    assert missing() == {}, (
        "add these to tally/cli/locale/en.po, those of findings to tally/catalogue/locale/en.po: python -m tests.unit.language.spoken lists them"
    )


def test_nothing_is_translated_that_is_no_longer_said():
    assert unused() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_loses_or_invents_what_is_filled_in(language):
    wrong = {m: t for m, t in catalogue(language).entries.items() if placeholders(m) != placeholders(t)}
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_has_words_of_its_own_and_its_gaps_never_touch(language):
    for msgid in catalogue(language).entries:
        if placeholders(msgid):
            first, *others = fixed(msgid)
            assert len("".join((first, *others))) >= 2, msgid
            assert all(others[:-1]), msgid


def test_gaps_are_numbered_in_the_order_of_the_chinese():
    for language in LANGUAGES:
        for msgid in catalogue(language).entries:
            assert placeholders(msgid) == [str(n) for n in range(len(placeholders(msgid)))], msgid


def test_what_is_filled_in_stands_in_the_translation_as_it_was():
    spoken = english(("没有名为 {0} 的报送期", "There is no period {0}"))
    assert spoken.gettext("没有名为 '2021-13' 的报送期") == "There is no period '2021-13'"
    assert spoken.gettext("没有名为 '{1}\\1%s' 的报送期") == "There is no period '{1}\\1%s'"


def test_of_two_templates_that_fit_the_closer_one_is_taken():
    spoken = english(("可用：{0}", "There are: {0}"), ("可用：{0}；请核对拼写", "There are: {0}; check the spelling"))
    assert spoken.gettext("可用：甲、乙；请核对拼写") == "There are: 甲、乙; check the spelling"
    assert spoken.gettext("可用：甲、乙") == "There are: 甲、乙"


def test_what_is_filled_in_is_translated_where_the_translation_asks_for_it():
    spoken = english(("报告已过时：{0}", "Stale: {0:say}"), ("程序有改动", "the program has changed"))
    assert spoken.gettext("报告已过时：程序有改动；声明有改动") == "Stale: the program has changed; 声明有改动"


def test_an_order_changed_by_the_translation_keeps_each_value_in_its_place():
    spoken = english(("{0} 缺少列：{1}", "columns {1} lack in {0}"))
    assert spoken.gettext("更正.csv 缺少列：单位") == "columns 单位 lack in 更正.csv"


def test_messages_put_together_on_a_line_are_each_translated_and_the_rest_stays():
    spoken = english(("更正 {0} 处差错", "correct {0} errors"))
    assert spoken.gettext("  东台市：更正 3 处差错　→ 打开 x") == "  东台市: correct 3 errors  → 打开 x"
    assert spoken.gettext("东台市：别的话") == "东台市：别的话"


def test_what_no_one_translated_is_said_in_chinese_and_never_lost():
    assert english().gettext("从未见过的话：12") == "从未见过的话：12"
    assert english().gettext("") == ""


_PIECES = st.sampled_from(
    [*catalogue("en").entries, *"：；、　（，！{}“”", "{0}", "{0:say}", "→", "东台市", "x\\1", "\n"]
)


@given(st.one_of(st.text(), st.lists(_PIECES).map("".join)), st.sampled_from(LANGUAGES))
def test_no_text_whatever_stops_it_from_being_said(text, language):
    assert isinstance(catalogue(language).gettext(text), str)


@given(st.text(alphabet="东台市0123456789./_-{}%\\ x（）", min_size=1).map(str.strip).filter(bool))
def test_a_quoted_name_is_found_in_the_english_as_it_was_written(name):
    assert f"There is no reporting period named {name!r}" == catalogue("en").gettext(f"没有名为 {name!r} 的报送期")


def test_a_damaged_catalogue_is_refused():
    with pytest.raises(ValueError, match="no line of a .po file"):
        read_po('msgid "a\nmsgstr "b"')
    with pytest.raises(ValueError, match="twice"):
        read_po('msgid "a"\nmsgstr "b"\nmsgid "a"\nmsgstr "c"')


def test_a_catalogue_may_break_a_text_over_lines_and_quote():
    assert read_po('# note\nmsgid ""\n"a\\"b"\nmsgstr "c"\n"\\td\\\\"\n') == {'a"b': "c\td\\"}


def test_every_language_on_offer_has_a_catalogue():
    assert sorted(p.stem for p in LOCALE.glob("*.po")) == sorted(LANGUAGES)


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "zh"),
        ({"LANG": "C"}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LC_ALL": "POSIX"}, "zh"),
        ({"LANG": ""}, "zh"),
        ({"LANG": "zh_CN.GB18030"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN"}, "zh"),
        ({"LC_MESSAGES": "zh_CN", "LC_ALL": "en_GB"}, "en"),
        ({"LC_ALL": "en_GB", "LANGUAGE": "zh_CN:en"}, "zh"),
    ],
)
def test_the_locale_chooses_the_language_and_none_is_chinese(environ, language):
    assert chosen([], environ) == language


@pytest.mark.parametrize("argv", [["--lang", "en", "run"], ["run", "2021-05", "--lang=en"], ["run", "--lang", "en"]])
def test_an_option_goes_before_the_locale_wherever_it_stands(argv):
    assert chosen(argv, {"LC_ALL": "zh_CN.UTF-8"}) == "en"


def test_an_unknown_language_is_left_to_be_refused():
    assert chosen(["--lang", "fr"], {"LANG": "zh_CN"}) == "zh"
    assert chosen(["run", "--lang"], {"LANG": "en"}) == "en"
