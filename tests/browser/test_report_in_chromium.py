"""The report as a reader meets it: in a browser, with mouse, keyboard, screen reader, phone and printer."""

from __future__ import annotations

import unicodedata
from io import BytesIO

import pytest
from pypdf import PdfReader

UNITS = "#b-cases-by-unit"
QUALITY = "#b-data-quality"
LONG = "#b-long"


def column(page, table: str, at: int, rows: str = "tr:not(.total):not([hidden])") -> list[str]:
    return page.eval_on_selector_all(
        f"{table} tbody {rows}", f"rows => rows.map(r => r.cells[{at}].textContent.trim())"
    )


def sort_by(page, table: str, label: str) -> None:
    page.locator(f"{table} th button.sort", has_text=label).click()


def test_numbers_sort_as_numbers_up_down_and_back(page):
    before = column(page, UNITS, 1)

    sort_by(page, UNITS, "件数")
    up = column(page, UNITS, 1)
    sort_by(page, UNITS, "件数")
    down = column(page, UNITS, 1)
    sort_by(page, UNITS, "件数")

    numbers = [int(t.replace(",", "")) for t in up]
    assert numbers == sorted(numbers) and max(numbers) > 1000
    assert down == up[::-1]
    assert column(page, UNITS, 1) == before


def test_percentages_sort_as_numbers_and_empty_cells_stay_last(page):
    sort_by(page, UNITS, "不合格发现率")
    up = column(page, UNITS, 3)
    sort_by(page, UNITS, "不合格发现率")
    down = column(page, UNITS, 3)

    rates = [float(t.rstrip("%")) for t in up[:-1]]
    assert rates == sorted(rates) and "10.5%" in up
    assert up[-1] == down[-1] == "—"
    assert down[:-1] == up[:-1][::-1]


def test_the_total_row_stays_where_it_is_when_rows_are_sorted(page):
    sort_by(page, UNITS, "件数")
    sort_by(page, UNITS, "件数")

    assert column(page, UNITS, 0, "tr")[-1] == "合计"


def test_the_sorted_column_says_so_to_a_screen_reader(page):
    sort_by(page, UNITS, "占比")

    assert page.locator(f"{UNITS} th[aria-sort=ascending]").inner_text().startswith("占比")
    assert "升序" in page.locator("#tally-status").text_content()


def test_words_and_lists_filter_the_rows_and_the_count_is_said(page):
    page.locator(f"{QUALITY} input").fill("亭湖区")
    assert set(column(page, QUALITY, 1)) == {"亭湖区"}
    assert page.locator(f"{QUALITY} .count").inner_text() == "显示 4 / 40 行"

    page.locator(f"{QUALITY} input").fill("")
    page.locator(f"{QUALITY} label", has_text="等级").locator("select").select_option("提示")
    assert set(column(page, QUALITY, 2)) == {"提示"} and len(column(page, QUALITY, 2)) == 14


def test_a_filtered_table_says_that_its_total_is_still_of_all_rows(page):
    page.locator(f"{UNITS} input").fill("盐都区")

    assert column(page, UNITS, 0, "tr:not([hidden])") == ["盐都区", "合计"]
    assert "合计仍为全部" in page.locator(f"{UNITS} .count").inner_text()


def test_a_long_table_unfolds_sorts_and_opens_its_figures(page):
    assert len(column(page, LONG, 1)) == 400

    sort_by(page, LONG, "批次")
    assert column(page, LONG, 2)[:3] == ["0", "0", "0"]
    page.locator(f"{LONG} td button").first.click()
    assert "全市查办案件" in page.locator("dialog[open]").inner_text()


def test_a_figure_is_followed_to_its_cell_with_the_mouse(page):
    page.locator("main p button[data-f]").click()
    dialog = page.locator("dialog[open]")
    assert "全市查办案件" in dialog.inner_text()

    dialog.get_by_role("row", name="盐都区").get_by_role("button").click()

    assert [t.strip() for t in dialog.locator("tbody td").all_inner_texts()] == [
        "合计", "盐都区/口罩统计表.xlsx", "附件4", "D14", "737", "737",
    ]  # fmt: skip


def test_a_figure_is_followed_to_its_cell_and_back_with_the_keyboard_alone(page):
    opener = page.locator("main p button[data-f]")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog[open]")
    dialog.wait_for()
    assert page.evaluate("document.activeElement.id") == "tally-dialog-title"

    for _ in range(2):  # close button, then the first unit
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "D14" in dialog.inner_text()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    dialog.locator(".back").focus()
    page.keyboard.press("Enter")
    assert "全市查办案件" in dialog.inner_text() and not dialog.locator(".back").is_visible()

    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert opener.evaluate("e => e === document.activeElement")


def test_a_finding_leads_to_the_figure_it_touches_and_to_its_place_in_the_report(page):
    page.locator(f"{QUALITY} tbody tr").nth(3).locator("button[data-f]").click()
    page.locator("dialog .where button", has_text="各单位案件查处情况（响水县）").click()

    assert page.locator("dialog[open]").count() == 0
    assert page.evaluate("document.activeElement.textContent") == "2,211"


def test_a_finding_links_to_the_table_it_speaks_of(page):
    page.locator(f"{QUALITY} tbody a").first.click()

    assert page.url.endswith("#b-cases-by-unit")


def test_texts_from_returns_are_shown_and_do_nothing(page):
    assert page.locator("main script, main img").count() == 0
    assert "<script>alert(0)</script>" in page.locator(f"{QUALITY} tbody").inner_text()
    assert "<img src=x onerror=alert(1)>" in page.locator("main").text_content()


def test_the_policy_refuses_a_script_that_was_smuggled_in(browser, report, tmp_path):
    hostile = tmp_path / "hostile.html"
    hostile.write_text(
        report.read_text(encoding="utf-8").replace(
            "</main>", "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\"></main>"
        ),
        encoding="utf-8",
    )
    page = browser.new_page()
    page.goto(hostile.as_uri())

    assert page.title() == "工作总结"
    page.close()


def test_table_headers_stay_in_sight_while_a_long_table_scrolls(page):
    scroll = page.locator(f"{QUALITY} .scroll")
    scroll.evaluate("e => { e.scrollTop = 10000 }")

    top = page.locator(f"{QUALITY} thead").evaluate(
        "e => e.getBoundingClientRect().top - e.closest('.scroll').getBoundingClientRect().top"
    )
    assert scroll.evaluate("e => e.scrollTop") > 30  # further than the header is high
    assert abs(top) < 2


def test_on_a_phone_nothing_but_the_tables_scrolls_sideways(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.reload()

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not page.locator(".contents ol").is_visible()
    page.locator("main p button[data-f]").click()
    box = page.locator("dialog[open]").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360


def test_print_is_a4_with_annexes_on_landscape_pages_repeated_headers_and_no_controls(page):
    pages = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages

    sizes = [(round(float(p.mediabox.width) / 72 * 25.4), round(float(p.mediabox.height) / 72 * 25.4)) for p in pages]
    texts = [p.extract_text() for p in pages]
    annex = [(size, text) for size, text in zip(sizes, texts, strict=True) if "合计与各类之和不符" in text]
    assert set(sizes) == {(210, 297), (297, 210)}
    assert len(annex) > 1 and all(size == (297, 210) and "等级" in text for size, text in annex)
    assert "筛选" not in "".join(texts) and "跳到正文" not in "".join(texts)


def test_no_column_of_a_wide_table_is_cut_off_in_print(page):
    page.set_viewport_size({"width": 650, "height": 900})  # narrower than the text of an A4 page, both ways
    page.emulate_media(media="print")

    cut = page.eval_on_selector_all(".scroll", "all => all.filter(e => e.scrollWidth > e.clientWidth).length")
    assert cut == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1360, 1920])
def test_no_rule_of_wcag_2_2_aa_is_broken(page, violations, width, scheme):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)

    assert violations(page) == []
    page.locator("main p button[data-f]").click()
    assert violations(page) == []


def test_a_figures_button_says_its_row_and_column_to_a_screen_reader(page):
    button = page.locator(f"{UNITS} tbody tr").nth(1).locator("button[data-f]").first

    assert button.get_attribute("aria-label") == "盐都区，查办案件 件数：737"


def test_a_figure_in_doubt_says_so_to_a_screen_reader(page):
    button = page.locator(f"{UNITS} td.bad button[data-f]").first

    assert button.get_attribute("aria-label") == "响水县，查办案件 件数（存疑）：2,211"


def test_a_row_whose_first_cell_is_a_number_is_named_by_the_cell_after_it(page):
    assert page.locator(f"{QUALITY} tbody th[scope=row]").first.inner_text() == "亭湖区"


def test_the_keyboard_gets_past_a_table_in_one_step(page):
    way = page.locator(f"{QUALITY} a.past")
    way.focus()
    assert way.is_visible() and way.inner_text() == "跳过表格：数据质量清单"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate(f"!document.querySelector('{QUALITY}').contains(document.activeElement)")


def test_regions_are_told_apart_by_name(page):
    labels = page.eval_on_selector_all("[role=region]", "all => all.map(e => e.getAttribute('aria-label'))")

    assert len(labels) > 3 and len(set(labels)) == len(labels)


@pytest.mark.parametrize("width", [320, 1360])
def test_everything_that_is_clicked_in_a_table_is_24_pixels_large(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    sizes = page.eval_on_selector_all(
        ".table button, .table td a", "all => all.map(e => e.getBoundingClientRect()).map(b => [b.width, b.height])"
    )

    assert len(sizes) > 100 and [s for s in sizes if min(s) < 24] == []


def test_the_texts_of_a_chart_are_read_on_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 800})
    natural, drawn = page.eval_on_selector(
        "figure svg", "e => [e.viewBox.baseVal.width, e.getBoundingClientRect().width]"
    )

    assert drawn >= natural * 4 / 3  # points as pixels: no text is smaller than it was drawn
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_wide_screen_is_used_whole(page):
    page.set_viewport_size({"width": 1920, "height": 900})

    assert page.locator(f"{UNITS}").bounding_box()["width"] > 1500


def test_dark_paper_is_dark_and_charts_stay_on_white(page):
    page.emulate_media(color_scheme="dark")

    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    chart = page.evaluate("getComputedStyle(document.querySelector('figure svg')).backgroundColor")
    assert (paper, chart) == ("rgb(22, 24, 28)", "rgb(255, 255, 255)")


def test_print_is_on_white_whatever_the_screen(page):
    page.emulate_media(media="print", color_scheme="dark")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def printed(page) -> list[str]:
    """The text of each printed page; some fonts give radicals for characters."""
    pages = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    return [unicodedata.normalize("NFKC", p.extract_text()) for p in pages]


def test_print_shows_no_arrow_and_splits_no_short_table(page):
    pages = printed(page)

    assert "↗" not in "".join(pages)
    assert any("亭湖区" in text and "盐南高新区" in text and "合计 11,603" in text for text in pages)


def test_a_long_table_begins_under_its_caption_with_more_than_a_row_or_two(page):
    pages = [text for text in printed(page) if "口罩有限公司" in text]
    rows = [text.count("号口罩有限公司") for text in pages]

    assert sum(rows) == 400 and min(rows[:-1]) >= 5
    assert "行多的表" in pages[0]
