"""A small report of eleven units, opened in Debian's Chromium as a reader would open it: from a file."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

import pytest

from tally.blocks import Annex, Block, Chart, Entry, Head, Heading, Paragraph, Provenance, Run, Table, Title
from tally.campaigns.masks_2021 import CAMPAIGN
from tally.render import html

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="100" viewBox="0 0 300 100">'
    '<defs><style>*{fill:red}</style><clipPath id="a"><rect width="300" height="100"/></clipPath></defs>'
    '<g id="bars" clip-path="url(#a)"><rect x="10" y="20" width="80" height="80" style="fill: #444; stroke: #000"/>'
    '<rect x="110" y="50" width="80" height="50" fill="#999"/></g></svg>'
)


def cases_of(at: int) -> int:
    """Cases of the `at`-th unit: neither in rising nor falling order, some over a thousand."""
    return (at * 737) % 2411


def report_blocks() -> list[Block]:
    """What the reports' notebooks display, in small, hostile texts included."""
    units = CAMPAIGN.units
    total = sum(cases_of(i) for i in range(len(units)))
    figures = {
        "cases.total.cases_handled": {
            "label": "全市查办案件",
            "value": f"{total:,}件",
            "rule": "各单位合计行之和",
            "parts": [
                {"label": u.name, "value": f"{cases_of(i):,}件", "ref": f"cases.{u.code}.total.cases_handled"}
                for i, u in enumerate(units)
            ],
        }
    }
    for i, u in enumerate(units):
        cell = {"file": f"{u.name}/口罩统计表.xlsx", "sheet": "附件4", "cell": "D14", "raw": str(cases_of(i))}
        figures[f"cases.{u.code}.total.cases_handled"] = {
            "label": f"{u.name}查办案件合计",
            "value": f"{cases_of(i):,}件",
            "rule": "报表所填",
            "parts": [{"label": "合计", "value": f"{cases_of(i):,}", "cells": [cell]}],
        }
    table = Table(
        id="cases-by-unit",
        caption="各单位案件查处情况",
        head=(
            (Head("单位", rowspan=2), Head("查办案件", colspan=2), Head("不合格发现率", rowspan=2)),
            (Head("件数"), Head("占比")),
        ),
        body=(
            *(
                (
                    Entry(u.name),
                    Entry(f"{cases_of(i):,}", ref=f"cases.{u.code}.total.cases_handled", kind="bad" if i == 3 else ""),
                    Entry(f"{100 * cases_of(i) / total:.1f}%"),
                    Entry("—" if i == 5 else f"{(i * 7) % 11}.5%"),
                )
                for i, u in enumerate(units)
            ),
            (Entry("合计"), Entry(f"{total:,}", ref="cases.total.cases_handled"), Entry("100.0%"), Entry("4.2%")),
        ),
        align=("left", "right", "right", "right"),
        unit="件",
        note="注：亭湖区为零。",
        totals=(len(units),),
    )
    quality = Table(
        id="data-quality",
        caption="数据质量清单",
        head=(tuple(Head(t) for t in ("序号", "单位", "等级", "问题", "位置")),),
        body=tuple(
            (
                Entry(str(i + 1)),
                Entry(units[i % 11].name, ref=f"cases.{units[i % 11].code}.total.cases_handled"),
                Entry("错误" if i % 3 else "提示", kind="bad" if i % 3 else ""),
                Entry(f"第{i + 1}条 合计与各类之和不符<script>alert({i})</script>", link="cases-by-unit"),
                Entry(f"{units[i % 11].name}/口罩统计表.xlsx 附件4!D{i + 7}"),
            )
            for i in range(40)
        ),
        align=("center", "left", "center", "left", "left"),
    )
    wide = Table(
        id="wide",
        caption="列多的表",
        head=(tuple(Head(f"第{c}栏名称较长的栏目") for c in range(1, 15)),),
        body=tuple(tuple(Entry(f"第{r}行{c}列的一段文字") for c in range(1, 15)) for r in range(3)),
        align=("left",) * 14,
        landscape=True,
    )
    long = Table(
        id="long",
        caption="行多的表",
        head=((Head("序号"), Head("企业名称"), Head("批次")),),
        body=tuple(
            (Entry(str(n)), Entry(f"样例{n}号口罩有限公司"), Entry(str(n % 7), ref="cases.total.cases_handled"))
            for n in range(1, 401)
        ),
        align=("center", "left", "right"),
    )
    return [
        Title(
            "关于口罩产品质量提升专项整治行动的工作总结", CAMPAIGN.issuer, "2021年5月31日", ("2021年4月", "样例数据")
        ),
        Paragraph(
            (Run("截至4月30日，全市共查办案件"), Run(f"{total:,}件", ref="cases.total.cases_handled"), Run("。"))
        ),
        Heading("一、基本情况", 1, "facts"),
        Heading("（一）案件查处情况", 2),
        table,
        Chart("chart", "图1 各单位查办案件", "两根柱：甲 80，乙 50", CHART),
        Chart("chart2", "图2 各单位查办案件", "两根柱：甲 80，乙 50", CHART),
        Heading("二、存在问题", 1),
        Paragraph((Run("【待补充】", kind="todo"),)),
        Paragraph((Run("苏AB\u202e口罩<img src=x onerror=alert(1)>有限公司 javascript:alert(1)"),)),
        Annex("附件1", "数据质量清单", landscape=True, id="annex-1"),
        quality,
        wide,
        long,
        Provenance(figures),
    ]


@pytest.fixture(scope="session")
def report(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(html.render(report_blocks(), title="工作总结"), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    """Chromium without a network of its own; the tests are left out, with the reason, where it is missing."""
    if not CHROMIUM:
        pytest.skip("浏览器测试需要 chromium（Debian：apt-get install chromium）")
    if not importlib.util.find_spec("playwright"):
        pytest.skip("浏览器测试需要 playwright（pip install playwright，不必下载浏览器）")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        launched = p.chromium.launch(
            executable_path=CHROMIUM, args=ARGUMENTS, env={**os.environ, **_fonts(tmp_path_factory)}
        )
        yield launched
        launched.close()


def _fonts(tmp_path_factory) -> dict[str, str]:
    """Shows Chromium the fonts of the project's own dependencies, so that a bare machine draws Chinese too."""
    spec = importlib.util.find_spec("noto_cjk_sans_otc")
    if not spec or not spec.submodule_search_locations:
        return {}
    folder = tmp_path_factory.mktemp("fonts")
    config = folder / "fonts.conf"
    dirs = "".join(f"<dir>{d}</dir>" for d in ("/usr/share/fonts", *spec.submodule_search_locations))
    config.write_text(f"<fontconfig>{dirs}<cachedir>{folder}</cachedir></fontconfig>", encoding="utf-8")
    return {"FONTCONFIG_FILE": str(config)}


@pytest.fixture(scope="session")
def violations():
    """What a page in its present state breaks of WCAG 2.2 AA and of good practice: (rule, how many, the first)."""
    if not (spec := importlib.util.find_spec("axe_playwright_python")):
        pytest.skip("无障碍测试需要 axe-playwright-python（自带 axe.min.js）")
    axe = (Path(spec.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")

    def found(page) -> list[tuple[str, int, str]]:
        page.evaluate(axe)
        broken = page.evaluate(f"axe.run({{runOnly: {TAGS}}}).then(r => r.violations)")
        return [(v["id"], len(v["nodes"]), v["nodes"][0]["html"]) for v in broken]

    return found


@pytest.fixture
def page(browser, report):
    """The report open on a desk's screen; the test fails on any console error, page error or request."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    opened = context.new_page()
    troubles: list[str] = []
    opened.on("console", lambda m: troubles.append(m.text) if m.type in ("error", "warning") else None)
    opened.on("pageerror", lambda e: troubles.append(str(e)))
    opened.on("request", lambda r: None if r.url.startswith(report.as_uri()) else troubles.append(r.url))
    opened.goto(report.as_uri())
    opened.locator("th button.sort").first.wait_for()  # the rows of long tables are in place by then
    yield opened
    context.close()
    assert not troubles
