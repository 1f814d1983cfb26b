"""Taking back what one wrote oneself, in Chromium: the line beside the finding, D, and harm that is asked about twice."""

from __future__ import annotations

from tally.check.corrections import load_corrections
from tests.browser.test_desk_in_chromium import ByKeyboard, made, opened, paths, served, until  # noqa: F401 (fixtures)
from tests.desk import world


def lines(paths):  # noqa: F811
    return load_corrections(paths.corrections, world.CAMPAIGN).entries


def test_a_correction_is_taken_back_beside_its_finding_by_the_keyboard(browser, paths):  # noqa: F811
    with served(paths) as url, opened(browser, url) as page:
        who = ByKeyboard(page, paths)
        page.locator(".offer").first.wait_for()
        name = who.at
        who.press("a", "Enter")
        until(lambda: lines(paths))
        page.locator(f".desk:not([data-at='{name}'])").wait_for()
        page.locator(".entry[data-state=decided]").first.click()
        page.locator(".written [data-line]").first.wait_for()
        assert "李分析" in page.locator(".written").inner_text()
        who.press("d")
        page.locator(".form form").wait_for()
        who.press("Enter")
        until(lambda: not lines(paths))
        page.get_by_text("删去更正").wait_for()
        who.press("u")
        until(lambda: lines(paths))


def test_what_only_does_harm_is_saved_at_the_second_word(browser, paths):  # noqa: F811
    with served(paths) as url, opened(browser, url) as page:
        who = ByKeyboard(page, paths)
        page.locator(".entry", has_text="各类之和").first.click()
        page.locator(".panel h2", has_text="各类之和").wait_for()
        who.press("c")
        page.locator(".form form div input").fill("987654")
        page.locator(".effect .bad").first.wait_for()
        page.locator(".form form > label input").fill("县局6月8日来电更正")
        who.press("Enter")
        page.get_by_role("button", name="仍要保存").wait_for()
        assert not lines(paths)
        who.press("Enter")
        until(lambda: lines(paths))


def test_what_is_remembered_says_first_how_many_places_it_reads(browser, tmp_path):
    labels = {unit: {("cases", "cases_closed"): "了结的案子"} for unit in ("320902", "320903")}
    sent = world.send(tmp_path, {}, labels)
    world.check(sent)
    with served(sent) as url, opened(browser, url) as page:
        page.locator(".entry", has_text="了结的案子").first.click()
        page.locator(".actions [data-action=remember]").wait_for()
        assert page.locator(".actions [data-action=correct]").count() == 0  # a heading is no cell to be corrected
        page.keyboard.press("c")
        assert page.locator(".form form").count() == 0
        page.keyboard.press("m")
        page.locator(".form form").wait_for()
        assert "本期有 1 处这样写" in page.locator(".form").inner_text()
        page.locator(".form select").nth(1).select_option(label="所有单位")
        assert "本期有 2 处这样写" in page.locator(".form").inner_text()
        page.locator(".form select").first.select_option("cases_closed")
        page.locator(".form [type=submit]").click()
        until(lambda: sent.mappings.exists() and "了结的案子" in sent.mappings.read_text("utf-8-sig"))
