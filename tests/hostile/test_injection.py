"""Payloads in every text field of every form, in file names, in names of units and in summaries, followed into every output.

The outputs are opened as people open them: pages in Chromium, workbooks and letters in LibreOffice. Nothing runs, nothing
is worked out, nothing leaves.
"""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from pypdf import PdfReader

from tally import campaigns
from tally.campaigns.new import new_campaign
from tally.readers.convert import converter
from tally.render.html.pack import held
from tests.end_to_end.conftest import Ran, pipeline
from tests.hostile import inert
from tests.hostile.conftest import CODE, PERIOD, UNIT, hostile_root

NAMES = (
    "=1+1.xlsx", "@SUM(1)＜script＞.xlsx", "<img src=x onerror=document.title='开'>.xlsx", "{{7*7}} #let x = 1 $x$.xlsx",
    "a' onmouseover='alert(1).xlsx", 'b" autofocus onfocus="alert(1).xlsx', "\u202excod.xlsx", "&#60;b&#62;％s{0}.xlsx",
    "'![x]sheet.xlsx", "javascript:alert(1).xlsx",
)  # fmt: skip
CALLED = (
    "<script>document.title='开'</script>县", "=HYPERLINK(\"http://127.0.0.1:9\")", "{{7*7}}{% raw %}区", "#let x = 1 市", "@SUM(1)+1",
    '"><img src=http://127.0.0.1:9 onerror=alert(1)>', "'!A1]镇", "\u202e倒县", "[看](javascript:alert(1))", "$x^2$ *粗*",
)  # fmt: skip
LIVE = (
    '=HYPERLINK("http://127.0.0.1:9/x","看")', "=cmd|' /C calc'!A0", '=WEBSERVICE("http://127.0.0.1:9")', "='[外.xlsx]表'!A1",
    '=INDIRECT("A1")', '=DDE("soffice","x","y")', '=CALL("a","b")',
)  # fmt: skip


def test_no_output_of_a_run_holds_anything_that_acts(hostile):
    assert inert.troubles(hostile.reports.parent) == {}


def test_what_typst_jinja_and_markdown_would_take_for_theirs_is_printed_as_it_was_written(hostile):
    html = (hostile.reports / "units" / f"{CODE}.html").read_text(encoding="utf-8")
    rows = html + "".join(held(html, "tally-rows") or [])
    pdf = "".join(page.extract_text() for page in PdfReader(hostile.reports / "report.pdf").pages)
    printed = re.sub(r"\s", "", pdf)

    for payload in ("{{7*7}}厂", "{% for x in y %}厂", "#let x = 1厂", "${7*7}厂", "*粗* _斜_ `码` ~删~厂"):
        assert payload in rows
    for payload in ('甲#"x"厂', "{{7*7}}厂", "=一级厂"):
        assert payload in printed


@pytest.fixture(scope="module")
def injected(tmp_path_factory) -> Ran:
    """Beside the hostile texts: files that are named so, and one that really holds formulas, links, checks and comments."""
    root = hostile_root(tmp_path_factory.mktemp("injected"))
    folder = root / "data" / "raw" / "masks_2021" / PERIOD / UNIT
    for name in NAMES:
        shutil.copyfile(folder / "附件5.xlsx", folder / name)
    _live(folder / "附件4.xlsx")
    done = pipeline("run", PERIOD, root=root)
    for command in (("run", PERIOD, "--edition", "public"), ("remind", PERIOD), ("templates", PERIOD)):
        done = pipeline(*command, root=root)
        assert "Traceback" not in done.output, done.output
    return done


def _live(place: Path) -> None:
    """Real formulas in the cells of figures and of notes, links, a check that reaches out, a comment."""
    book = openpyxl.load_workbook(place)
    sheet = book.active
    for n, formula in enumerate(LIVE):
        sheet.cell(5 + n % 5, 2 + n, formula)
        sheet.cell(20 + n, 1, formula)
    sheet["A1"].hyperlink = "http://127.0.0.1:9/x"
    sheet["B5"].hyperlink = "javascript:alert(1)"
    sheet["A2"].comment = Comment("<script>alert(1)</script>=1+1", "=作者")
    sheet.add_data_validation(DataValidation("custom", formula1='=WEBSERVICE("http://127.0.0.1:9")=1', sqref="B5:B9"))
    book.save(place)


@pytest.fixture(scope="module")
def named(tmp_path_factory) -> Ran:
    """A campaign whose title, units and offices are called so; two of its units report."""
    root = tmp_path_factory.mktemp("named")
    folder = new_campaign("fire_2023", root)
    with (folder / "units.csv").open(encoding="utf-8", newline="") as f:
        head, *units = csv.reader(f)
    with (folder / "units.csv").open("w", encoding="utf-8", newline="") as f:
        renamed = [[unit[0], called, *unit[2:]] for unit, called in zip(units, CALLED, strict=False)]
        csv.writer(f).writerows([head, *renamed])
    campaign = campaigns.load("fire_2023", root)
    period = campaign.periods[0].name
    for unit in campaign.units[:2]:
        place = root / "data" / "raw" / campaign.name / period / unit.code
        place.mkdir(parents=True)
        lines = [("监督检查情况统计表",), (f"填报单位：{unit.name}",)]
        lines += [("单位类型", "检查家数（家次）", "发现问题（个）", "完成整改（个）", "罚没（万元）")]
        lines += [("生产单位", 3, 1, 1, "0"), ("销售单位", 4, 2, 1, "0"), ("合计", 9, 3, 2, "0")]
        with (place / "监督检查情况统计表.csv").open("w", encoding="utf-8-sig", newline="") as f:
            csv.writer(f).writerows(lines)
    return pipeline("run", period, "--campaign", campaign.name, root=root)


@pytest.mark.slow
def test_nothing_acts_whatever_files_and_cells_hold(injected):
    assert inert.troubles(injected.root / "reports") == {}


@pytest.mark.slow
def test_nothing_acts_whatever_units_are_called(named):
    assert named.code == 0, named.output
    assert inert.troubles(named.root / "reports") == {}


@pytest.mark.slow
@pytest.mark.parametrize("source", ["injected", "named"])
def test_pages_opened_in_a_browser_run_nothing_and_ask_for_nothing(source, request, browser):
    root = request.getfixturevalue(source).root / "reports"
    pages = sorted(root.rglob("*.html"))
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    troubles: list[str] = []
    for place in pages:
        page, address = context.new_page(), place.as_uri()
        page.on("console", lambda m, n=place.name: troubles.append(f"{n} {m.text}"))
        page.on("pageerror", lambda e, n=place.name: troubles.append(f"{n} {e}"))
        page.on("dialog", lambda d, n=place.name: (troubles.append(f"{n} {d.message}"), d.dismiss()))
        page.on("request", lambda r, a=address: None if r.url == a else troubles.append(r.url))
        page.goto(address)
        page.wait_for_function("!document.querySelector('[data-b]')")
        for button in page.locator("main button[data-f]").all()[:40]:
            button.evaluate("b => { b.click(); document.querySelector('dialog').close(); }")
        if page.title() == "开" or page.evaluate(
            "document.querySelectorAll('main img, main iframe, main script').length"
        ):
            troubles.append(f"{place.name} ran")
        page.close()
    context.close()
    assert len(pages) >= 4 and not troubles


@pytest.mark.slow
@pytest.mark.skipif(converter() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("source", ["injected", "named"])
def test_workbooks_and_letters_opened_in_libreoffice_hold_nothing_that_acts(source, request, tmp_path):
    root = request.getfixturevalue(source).root / "reports"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    troubles = {}
    for ending, flat in ((".xlsx", "fods"), (".docx", "fodt")):
        files = [path for path in sorted(root.rglob(f"*{ending}")) if "releases" not in path.parts]
        for number, path in enumerate(files):
            shutil.copyfile(path, tmp_path / f"{number}{ending}")
        copies = [str(tmp_path / f"{number}{ending}") for number in range(len(files))]
        command = [converter(), profile, "--headless", "--convert-to", flat, "--outdir", str(tmp_path / "out"), *copies]
        subprocess.run(command, check=True, timeout=300, capture_output=True)
        for number, path in enumerate(files):
            if found := inert.converted(tmp_path / "out" / f"{number}.{flat}"):
                troubles[path.relative_to(root).as_posix()] = found[:5]
    assert troubles == {}
