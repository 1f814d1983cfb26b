"""The desk as an analyst uses it: in Chromium, served by the command, with the mouse or the keyboard alone."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest

from tally.check.corrections import load_corrections
from tally.paths import PROJECT, Paths
from tests.desk import world
from tests.life import truth

DOUBT = ("320981", "sampling", "1", "production_status")
MISTAKES = world.planted(59, 7) | {DOUBT: world.Mistake("停产", "在产")}


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Paths:
    return world.checked(tmp_path_factory.mktemp("made"), MISTAKES)


@pytest.fixture
def paths(made, tmp_path) -> Paths:
    root = tmp_path / "root"
    shutil.copytree(made.root, root)
    return Paths(root, made.campaign, made.period)


@contextmanager
def served(paths: Paths) -> Iterator[str]:
    """The address that the command prints, while it runs."""
    command = [sys.executable, "pipeline.py", "desk", paths.period, "--root", str(paths.root), "--no-browser"]
    command += ["--by", "李分析", "--lang", "zh", "--port", "8900"]
    process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        said = ""
        while not (found := re.search(r"http\S+", said)):
            line = process.stdout.readline()
            assert line, f"the desk did not start: {said}"
            said += line
        yield found[0]
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def opened(browser, url: str, width: int = 1360) -> Iterator:
    """The page, ready; no console message, page error or request to elsewhere is let pass."""
    context = browser.new_context(viewport={"width": width, "height": 860}, locale="zh-CN")
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda m: troubles.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: troubles.append(str(e)))
    page.on("request", lambda r: None if r.url.startswith(url.split("/desk")[0]) else troubles.append(r.url))
    page.goto(url)
    page.locator(".desk:not([aria-busy]) .progress b").wait_for()
    yield page
    context.close()
    assert not troubles


class Operator:
    """Knows the truth, reads the page, decides."""

    def __init__(self, page, paths: Paths):
        self.page, self.paths = page, paths
        self.left = dict(MISTAKES)
        self.actions = 0
        self.decisions = 0
        self.renew()

    def renew(self) -> None:
        self.items = {i["name"]: i for i in world.desk(self.paths).answer({"ask": "overview"})["items"]}

    def press(self, *keys: str) -> None:
        for each in keys:
            self.page.keyboard.press(each)
            self.actions += 1

    def type(self, text: str) -> None:
        self.page.keyboard.insert_text(text)
        self.actions += len(text)

    @property
    def at(self) -> str:
        return self.page.locator(".desk").get_attribute("data-at")

    def wait(self, condition: str) -> None:
        until(lambda: self.page.evaluate(condition))  # the page's policy lets no text be evaluated inside it

    def related(self, item: dict) -> list[world.Place]:
        """Mistakes not mended yet that the item brings to light."""
        found = []
        for unit, form, row, field in self.left:
            for m in item["members"]:
                about = item["form"] == form or item["form"] == "summary"
                here = m["field"] == field if form == "cases" else m["row"] == row
                if m["unit"] == unit and about and here and (unit, form, row, field) not in found:
                    found.append((unit, form, row, field))
        return found

    def offer(self, item: dict) -> int | None:
        """Which proposal tells the truth."""
        evidence = world.desk(self.paths).answer({"ask": "evidence", "name": item["name"]})
        for n, proposal in enumerate(evidence["proposals"][:5]):
            places = [(item["unit"], c["form"], c["row"], c["field"]) for c in proposal["changes"]]
            if all(
                p in self.left and same(self.left[p].true, c["new"])
                for p, c in zip(places, proposal["changes"], strict=True)
            ):
                return n
        return None

    def mended(self, places: list[world.Place]) -> None:
        for place in places:
            self.left.pop(place)
        self.decisions += 1


def same(true: object, new: str) -> bool:
    try:
        return float(world.typed(true)) == float(new)
    except ValueError:
        return world.typed(true) == new


class ByKeyboard(Operator):
    def accept(self, n: int) -> None:
        self.press(str(n + 1), "Enter")

    def correct(self, place: world.Place) -> None:
        self.press("c")
        self.choose(place)
        if self.page.evaluate("document.activeElement.tagName") == "SELECT":
            options = self.page.evaluate("[...document.activeElement.options].map(o => o.value)")
            self.press(*["ArrowDown"] * options.index(world.typed(self.left[place].true)))
        else:
            self.type(world.typed(self.left[place].true))
        self.press("Tab")
        if not self.page.evaluate("document.activeElement.value"):
            self.type("县局6月8日来电更正")
        self.press("Enter")

    def choose(self, place: world.Place) -> None:
        """The cell, where the desk did not propose it, by the arrow keys."""
        labels = self.page.locator(".form form select").first.locator("option").all_inner_texts()
        at = next(n for n, text in enumerate(labels) if text.startswith(where(place)))
        if at:
            self.press("Shift+Tab", *["ArrowDown"] * at, "Tab")

    def skip(self) -> None:
        self.press("j")

    def again(self) -> None:
        self.press("r")

    def undo(self) -> None:
        self.press("u")


class ByMouse(Operator):
    def click(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.actions += 1

    def accept(self, n: int) -> None:
        self.page.locator(".offer").nth(n).click()
        self.actions += 1
        self.click(".form .primary")

    def correct(self, place: world.Place) -> None:
        self.click(".actions [data-action=correct]")
        chosen = self.page.locator(".form form select").first
        labels = chosen.locator("option").all_inner_texts()
        at = next(n for n, text in enumerate(labels) if text.startswith(where(place)))
        if at:
            chosen.select_option(str(at))
            self.actions += 2
        field = self.page.locator(".form form div :is(input, select)").first
        text = world.typed(self.left[place].true)
        field.select_option(text) if field.evaluate("e => e.tagName") == "SELECT" else field.fill(text)
        reason = self.page.locator(".form form > label input")
        reason.fill(reason.input_value() or "县局6月8日来电更正")
        self.actions += len(text)
        self.click(".form .primary")

    def skip(self) -> None:
        self.page.locator(".entry[aria-current=true]").locator("xpath=../following-sibling::li/button").first.click()
        self.actions += 1

    def again(self) -> None:
        self.page.get_by_role("button", name="重新核对").click()
        self.actions += 1

    def undo(self) -> None:
        self.page.get_by_role("button", name="撤销").click()
        self.actions += 1


def where(place: world.Place) -> str:
    from tally.desk.repairs import label

    _, form, row, field = place
    return label(world.CAMPAIGN.form(form), row, field)


def resolve(who: Operator) -> None:
    """Through the queue, again after each check, until nothing is left to decide."""
    for _ in range(6):
        walk(who)
        who.again()
        who.wait("/核对完成/.test(document.querySelector('.note').textContent)")
        who.renew()
        if not who.items:
            return
    raise AssertionError(f"left after six rounds: {[i['members'][0]['message'] for i in who.items.values()]}")


def walk(who: Operator) -> None:
    """Every item once: what the truth mends is decided, what is only its consequence is passed over."""
    for _ in range(len(who.items)):
        name = who.at
        item = who.items[name]
        told = len(load_corrections(who.paths.corrections, world.CAMPAIGN).entries)
        mistakes = who.related(item)
        n = who.offer(item)
        if n is not None:
            before = dict(who.left)
            evidence = world.desk(who.paths).answer({"ask": "evidence", "name": name})
            places = [(item["unit"], c["form"], c["row"], c["field"]) for c in evidence["proposals"][n]["changes"]]
            who.accept(n)
            who.mended([p for p in places if p in before])
        elif mistakes:
            who.correct(mistakes[0])
            who.mended(mistakes[:1])
        else:
            if name == list(who.items)[-1]:
                return
            who.skip()
            who.wait(f"document.querySelector('.desk').dataset.at !== '{name}'")
            continue
        until(lambda: len(load_corrections(who.paths.corrections, world.CAMPAIGN).entries) > told)  # noqa: B023
        who.wait(
            "document.querySelector('.entry[aria-current=true]')?.dataset.state !== 'decided' || document.querySelectorAll('.entry:not([data-state=decided])').length === 0"
        )
        settle(who)


def settle(who: Operator) -> None:
    who.wait("!document.querySelector('.sheet[aria-busy]') && !document.querySelector('.form form')")


def until(condition) -> None:
    for _ in range(4000):  # a check takes as long as it takes; no time is asserted
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("what was waited for did not come")


@pytest.mark.slow
@pytest.mark.parametrize("hand", [ByKeyboard, ByMouse])
def test_sixty_mistakes_are_resolved_through_the_page_alone(browser, paths, hand):
    with served(paths) as url, opened(browser, url) as page:
        who = hand(page, paths)
        resolve(who)
        assert page.get_by_text("没有需要处理的问题").count()
    assert not who.left
    lines = load_corrections(paths.corrections, world.CAMPAIGN).entries
    assert {(c.unit, c.form, c.row, c.field) for c in lines} == set(MISTAKES)
    assert {c.who for c in lines} == {"李分析"}
    for name in ("cases", "sampling", "enterprises"):
        agrees_with_truth(paths, name)
    print(f"{hand.__name__}: {who.decisions} decisions, {who.actions / who.decisions:.1f} actions each")


def agrees_with_truth(paths: Paths, form: str) -> None:
    frame = pd.read_parquet(paths.processed / f"{form}.parquet")
    for record in frame.to_dict("records"):
        row = str(record.get("category", record.get("row")))
        true = world.records(record["unit"], truth.MAY)[form][row]
        for field, value in true.items():
            read = record[field]
            assert (value == "" and pd.isna(read)) or same(value, str(read)), (record["unit"], row, field, read, value)


@pytest.mark.parametrize("width", [1360, 390])
def test_axe_finds_nothing_serious(browser, paths, width):
    if not (spec := importlib.util.find_spec("axe_playwright_python")):
        pytest.skip("无障碍测试需要 axe-playwright-python（自带 axe.min.js）")
    axe = Path(spec.submodule_search_locations[0]) / "axe.min.js"
    with served(paths) as url, opened(browser, url, width) as page:
        page.locator(".desk[data-at]").wait_for()
        page.evaluate(axe.read_text(encoding="utf-8"))
        seen = page.evaluate("axe.run().then(r => r.violations)")
        page.keyboard.press("c")
        page.locator(".form form").wait_for()
        seen += page.evaluate("axe.run().then(r => r.violations)")
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        page.locator("dialog[open]").wait_for()
        seen += page.evaluate("axe.run().then(r => r.violations)")
        sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    serious = [(v["id"], v["nodes"][0]["html"]) for v in seen if v["impact"] in ("serious", "critical")]
    assert serious == []
    assert sideways <= 0


def test_undo_brings_back_the_finding_and_the_file(browser, paths):
    with served(paths) as url, opened(browser, url) as page:
        who = ByKeyboard(page, paths)
        page.locator(".offer").first.wait_for()
        name = who.at
        who.press("a", "Enter")
        page.locator(".entry[data-state=decided]").first.wait_for()
        assert len(load_corrections(paths.corrections, world.CAMPAIGN).entries) == 1
        who.undo()
        who.wait(f"document.querySelector('.desk').dataset.at === '{name}'")
        assert load_corrections(paths.corrections, world.CAMPAIGN).entries == ()
        assert page.locator(".entry[data-state=decided]").count() == 0


def test_markup_in_a_cell_is_shown_and_not_obeyed(browser, tmp_path):
    evil = "<img src=x onerror=document.title='hit'><script>document.title='hit'</script>"
    place = ("320902", "sampling", "1", "failed_items")
    paths = world.checked(tmp_path, {place: world.Mistake(evil, "")})
    with served(paths) as url, opened(browser, url) as page:
        page.locator(".sheet .lit").wait_for()
        assert page.locator(".sheet .lit").inner_text() == evil
        assert page.title() == "核对台"
        assert page.locator(".desk img, .desk script").count() == 0


def test_a_period_without_findings_says_so(browser, tmp_path):
    paths = world.checked(tmp_path, {})
    with served(paths) as url, opened(browser, url) as page:
        assert page.get_by_text("本期没有需要处理的问题").count() == 1


def test_an_unchecked_period_offers_the_check(browser, tmp_path):
    paths = world.send(tmp_path, {DOUBT: MISTAKES[DOUBT]})
    with served(paths) as url, opened(browser, url) as page:
        page.get_by_role("button", name="现在核对").click()
        page.locator(".entry").first.wait_for()
        assert page.locator(".entry").count() >= 1


def test_nobody_gets_in_without_the_token(browser, paths):
    with served(paths) as url:
        context = browser.new_context()
        page = context.new_page()
        page.goto(url.split("?")[0])
        assert page.locator("#desk").count() == 0
        answer = context.request.post(url.split("?")[0] + "ask", data={"ask": "overview"})
        assert answer.status == 403
        context.close()
