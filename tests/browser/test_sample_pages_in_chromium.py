"""The sample period's own pages, as a run leaves them: report, index, units' pages; every figure opens."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tally.paths import PROJECT
from tally.render.html.figures import unpacked

pytestmark = pytest.mark.slow
PAGES = ("2021-05/report.html", "index.html", "2021-05/units/320924.html")
LARGEST = 150_000  # bytes of the report without its charts


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("sample")
    shutil.copytree(PROJECT / "data" / "raw", root / "data" / "raw")
    for period in ("2021-04", "2021-05"):
        command = [sys.executable, str(PROJECT / "pipeline.py"), "run", period, "--root", str(root)]
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


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious_on_the_samples_pages(opened, name):
    if not (spec := importlib.util.find_spec("axe_playwright_python")):
        pytest.skip("无障碍测试需要 axe-playwright-python（自带 axe.min.js）")
    page = opened(name)
    page.evaluate((Path(spec.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8"))

    found = page.evaluate("axe.run().then(r => r.violations)")
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []


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
    links = re.findall(r'href="([^"#]+)"', (reports / "index.html").read_text(encoding="utf-8"))

    assert len(links) > 20
    assert [a for a in links if not (reports / a).exists()] == []


def test_every_link_of_a_unit_page_leads_to_a_file(reports):
    page = reports / "2021-05" / "units" / "320924.html"
    links = re.findall(r'href="([^"#]+)"', page.read_text(encoding="utf-8"))

    assert links and [a for a in links if not (page.parent / a).exists()] == []


def test_the_sample_report_is_small_and_its_figures_are_whole(reports):
    html = (reports / "2021-05" / "report.html").read_text(encoding="utf-8")
    figures = unpacked(html)

    assert len(re.sub(r"<svg.*?</svg>", "", html, flags=re.S).encode()) < LARGEST
    assert all(0 <= part[2] < len(figures) or part[2] == -1 for f in figures for part in f[4])
