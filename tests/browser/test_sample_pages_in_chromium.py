"""The sample period's own pages, as a run leaves them: report, index, units' pages; every figure opens."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.paths import PROJECT
from tally.render.html.figures import unpacked

pytestmark = pytest.mark.slow
UNITS = tuple(f"2021-05/units/{unit.code}.html" for unit in CAMPAIGN.units)
PAGES = ("2021-05/report.html", "2021-04/report.html", "2021-05/public/report.html", "index.html", UNITS[4])
STATES = [(320, "dark"), (390, "light"), (1360, "dark"), (1920, "light")]
LARGEST = 200_000  # bytes of the report without its charts


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("sample")
    shutil.copytree(PROJECT / "data" / "raw", root / "data" / "raw")
    for period, edition in (("2021-04", "internal"), ("2021-05", "internal"), ("2021-05", "public")):
        command = [sys.executable, str(PROJECT / "pipeline.py"), "run", period, "--root", str(root)]
        command += ["--edition", edition]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    return root / "reports" / "masks_2021"


@pytest.fixture
def opened(browser, reports):
    """Opens a page of the sample; the test fails on console errors and on any request but for the page itself."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    troubles: list[str] = []

    def visit(name: str):
        page, address = context.new_page(), (reports / name).as_uri()
        page.on("console", lambda m: troubles.append(m.text))
        page.on("pageerror", lambda e: troubles.append(str(e)))
        page.on("request", lambda r: None if r.url.startswith(address) else troubles.append(r.url))
        page.goto(address)
        page.wait_for_function("!document.querySelector('[data-b]')")  # the rows of long tables are in place
        return page

    yield visit
    context.close()
    assert not troubles


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [*((page, *state) for page in PAGES for state in STATES), *((page, 390, "dark") for page in UNITS)],
)
def test_no_page_of_the_sample_breaks_a_rule_of_wcag_2_2_aa(opened, violations, name, width, scheme):
    page = opened(name)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)

    assert violations(page) == []
    figure = page.locator("main button[data-f]").first
    if figure.count():
        figure.evaluate("button => button.click()")
        page.wait_for_selector("dialog[open] .what .key")
        assert violations(page) == []


@pytest.mark.parametrize("name", (*PAGES, *UNITS))
def test_every_page_forbids_whatever_is_not_its_own(reports, name):
    html = (reports / name).read_text(encoding="utf-8")
    policy = unescape(re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)[1])

    assert policy.startswith("default-src 'none'; style-src 'sha256-") and "unsafe" not in policy


def test_a_sum_in_doubt_says_in_its_dialog_which_part_is_and_why(opened):
    page = opened(PAGES[0])
    page.locator("main p button[data-f]", has_text="5780").first.click()

    row = page.locator("dialog[open] tr", has_text="市开发区").first
    assert "存疑" in row.inner_text() and "360" in row.inner_text()


def test_a_sum_names_each_of_its_parts_once(opened):
    page = opened(PAGES[0])
    page.locator("main td button[data-f]").first.wait_for()
    places = page.eval_on_selector_all("main button[data-f]", "all => [...new Set(all.map(b => b.dataset.f))]")
    mixed = 0
    for place in places[:150]:
        page.eval_on_selector(f'main button[data-f="{place}"]', "b => b.click()")
        page.wait_for_selector("dialog[open] .what .key")
        tables = page.eval_on_selector_all(
            "dialog table",
            "all => all.map(t => [t.caption.textContent, [...t.tBodies[0].rows].map(r => r.cells[0].textContent)])",
        )
        parts = dict(map(tuple, tables))
        named, cells = parts.get("由以下各项得出", []), parts.get("原始单元格", [])
        assert not named or set(cells) <= set(named)
        mixed += bool(named and cells)
        page.keyboard.press("Escape")
    assert mixed


@pytest.mark.parametrize("name", PAGES)
def test_the_samples_pages_do_not_scroll_sideways_on_a_phone(opened, name):
    page = opened(name)
    page.set_viewport_size({"width": 360, "height": 740})

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_every_figure_of_the_sample_report_opens_on_how_it_came_about(opened):
    page = opened(PAGES[0])
    places = page.eval_on_selector_all("main button[data-f]", "all => [...new Set(all.map(b => b.dataset.f))]")

    empty = []
    for place in places:
        page.eval_on_selector(f'main button[data-f="{place}"]', "b => b.click()")
        page.wait_for_selector("dialog[open] .what .key")
        if not page.locator("dialog .what table, dialog .what .rule").count():
            empty.append(place)
        page.keyboard.press("Escape")
    assert len(places) > 100 and not empty


def test_every_link_of_the_index_leads_to_a_file(reports):
    links = re.findall(r'href="([\w.][^"#:]+)"', (reports / "index.html").read_text(encoding="utf-8"))
    links = [unquote(address) for address in links]

    assert len(links) > 20
    assert [a for a in links if not (reports / a).exists()] == []


def test_every_link_of_a_unit_page_leads_to_a_file(reports):
    page = reports / "2021-05" / "units" / "320924.html"
    links = re.findall(r'href="([\w.][^"#:]+)"', page.read_text(encoding="utf-8"))

    assert links and [a for a in links if not (page.parent / a).exists()] == []


@pytest.mark.parametrize("name", [page for page in PAGES if page.endswith("report.html")])
def test_every_link_of_a_report_leads_to_a_file(reports, name):
    links = re.findall(r'href="([\w.][^"#:]+)"', (reports / name).read_text(encoding="utf-8"))

    assert len(links) >= 3 and [a for a in links if not (reports / name).parent.joinpath(a).exists()] == []


def test_the_public_report_leads_to_nothing_inside(reports):
    links = re.findall(r'href="([\w.][^"#:]+)"', (reports / PAGES[2]).read_text(encoding="utf-8"))

    assert sorted(links) == ["forms.xlsx", "report.docx", "report.pdf"]


def test_the_sample_report_is_small_and_its_figures_are_whole(reports):
    html = (reports / "2021-05" / "report.html").read_text(encoding="utf-8")
    figures = unpacked(html)

    assert len(re.sub(r"<svg.*?</svg>", "", html, flags=re.S).encode()) < LARGEST
    assert all(0 <= part[2] < len(figures) or part[2] == -1 for f in figures for part in f[4])
