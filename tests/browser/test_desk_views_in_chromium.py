"""The desk's other pages in Chromium: units' sign-off, the report with remarks, its text; and the corners where it is dark."""

from __future__ import annotations

import importlib.util
import os
import shutil
import stat
from pathlib import Path

import pytest

import pipeline
from tally.check.remarks import remarks
from tally.life.accepting import accepted
from tally.paths import Paths
from tally.report.narrative import read
from tests.browser.test_desk_in_chromium import opened, served, until
from tests.desk import world

VIEWS = {"units": "x", "report": "b", "text": "t"}


@pytest.fixture(scope="module")
def reported(tmp_path_factory) -> Paths:
    """A period without mistakes, with its report."""
    paths = world.send(tmp_path_factory.mktemp("reported"), {})
    assert pipeline.main(["run", paths.period, "--root", str(paths.root), "--lang", "zh"]) == 0
    return paths


@pytest.fixture
def paths(reported, tmp_path) -> Paths:
    shutil.copytree(reported.root, tmp_path / "root")
    return Paths(tmp_path / "root", reported.campaign, reported.period)


def test_a_month_is_ended_in_the_page_remark_text_and_sign_off(browser, paths):
    with served(paths) as url, opened(browser, url) as page:
        page.keyboard.press("b")
        page.locator(".paper .figure").first.click()
        page.locator(".remarks textarea").fill("与上月口径是否一致？")
        page.keyboard.press("Enter")
        page.locator(".remark.open").wait_for()
        until(lambda: "desk" in page.evaluate("document.activeElement.className"))  # the keys go on working
        page.locator(".tabs [data-view=queue]").click()
        page.locator(".entry.remark").click()
        page.locator(".remark.open input").fill("已核对")
        page.keyboard.press("Enter")
        page.get_by_text("已办结：已核对").wait_for()
        assert [(r.open, r.answer) for r in remarks(paths.remarks)] == [(False, "已核对")]
        page.locator(".tabs [data-view=text]").click()
        page.locator(".heads button", has_text="存在问题").click()
        page.locator(".writing textarea").fill("一是力量不足。")
        page.keyboard.press("Control+Enter")
        page.get_by_text("已保存“存在问题”").wait_for()
        assert read(paths.narrative).under("存在问题") == ("一是力量不足。",)
        page.locator(".tabs [data-view=units]").click()
        page.get_by_role("button", name="认可其余没有差错的 11 个单位").click()
        page.get_by_text("11 / 11").wait_for()
        known = accepted(world.CAMPAIGN, paths)
        assert len(known) == 11 and all(a.stands and a.who == "李分析" for a in known.values())


@pytest.mark.parametrize("width", [1360, 390])
def test_axe_finds_nothing_serious_on_any_page(browser, paths, width):
    if not (spec := importlib.util.find_spec("axe_playwright_python")):
        pytest.skip("无障碍测试需要 axe-playwright-python（自带 axe.min.js）")
    axe = Path(spec.submodule_search_locations[0]) / "axe.min.js"
    serious = []
    with served(paths) as url, opened(browser, url, width) as page:
        page.evaluate(axe.read_text(encoding="utf-8"))
        for view in VIEWS:
            page.locator(f".tabs [data-view={view}]").click()
            page.locator({"units": ".listing", "report": ".paper .passage", "text": ".heads li"}[view]).first.wait_for()
            seen = page.evaluate("axe.run().then(r => r.violations)")
            serious += [(view, v["id"], v["nodes"][0]["html"]) for v in seen if v["impact"] in ("serious", "critical")]
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, view
    assert serious == []


def test_what_cannot_be_written_is_said_and_nothing_typed_is_lost(browser, paths):
    folder = paths.narrative.parent
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    if os.access(folder, os.W_OK):  # root writes everywhere
        folder.chmod(0o755)
        shutil.rmtree(folder)
        folder.write_text("no folder at all")
    with served(paths) as url, opened(browser, url) as page:
        page.keyboard.press("t")
        page.locator(".writing textarea").fill("写好的一段。")
        page.keyboard.press("Control+Enter")
        page.locator(".note .bad").wait_for()
        assert "无法写入" in page.locator(".note").inner_text()
        assert page.locator(".writing textarea").input_value() == "写好的一段。"
        assert page.locator(".heads small", has_text="未保存").count() == 1


def test_the_text_goes_back_to_what_was_saved_before_and_a_quotation_with_ctrl_z(browser, paths):
    with served(paths) as url, opened(browser, url) as page:
        page.keyboard.press("t")
        field = page.locator(".writing textarea")
        for text in ("第一稿。", "第二稿。"):
            field.fill(text)
            page.keyboard.press("Control+Enter")
            page.get_by_text("已保存“主要做法”").wait_for()
            page.locator(".heads [aria-current=true] small", has_text="已写").wait_for()
        page.get_by_role("button", name="退回上次保存前的文字").click()
        page.locator(".note", has_text="已保存").wait_for()
        until(lambda: field.input_value() == "第一稿。")
        assert read(paths.narrative).under("主要做法") == ("第一稿。",)


def test_after_a_night_the_page_says_that_the_desk_is_gone_and_keeps_what_is_typed(browser, paths):
    """Where the desk is started again the page goes on: its login outlives the server."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    with served(paths) as url:
        page.goto(url)
        page.locator(".desk:not([aria-busy]) .progress b").wait_for()
        page.keyboard.press("t")
        page.locator(".writing textarea").fill("昨晚写的。")
    page.keyboard.press("Control+Enter")
    page.locator(".note .bad").wait_for()
    assert "连接断了，这一步没有写入" in page.locator(".note").inner_text()
    assert page.locator(".writing textarea").input_value() == "昨晚写的。"
    assert not paths.narrative.exists()
    with served(paths):
        page.keyboard.press("Control+Enter")
        page.get_by_text("已保存“主要做法”").wait_for()
    assert read(paths.narrative).under("主要做法") == ("昨晚写的。",)
    context.close()


def test_a_stale_check_is_offered_to_be_run(browser, paths):
    next(paths.raw.glob("*.xlsx")).unlink()
    with served(paths) as url, opened(browser, url) as page:
        assert "核对结果不是最新的" in page.locator(".banner").inner_text()
        assert page.locator(".banner button", has_text="现在核对").count() == 1
        page.keyboard.press("x")
        page.get_by_role("button", name="认可盐都区").click()
        page.locator(".note .bad").wait_for()
        assert "不是最新的，不能认可" in page.locator(".note").inner_text()
