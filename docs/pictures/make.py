"""`python docs/pictures/make.py [ROOT]`: one picture of each output of the sample report, for the README.

Needs the outputs of `pipeline.py run 2021-05` below ROOT (the project by default), and from the system
poppler-utils, LibreOffice and Chromium. Chinese is drawn with the font of the project's own dependencies.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import noto_cjk_sans_otc
import pypdf
from PIL import Image

HERE = Path(__file__).resolve().parent
DPI = 80
SCREEN = "1280,900"
BUSY = "320971"  # the unit whose feedback has most to show


def main(root: Path) -> None:
    folder = root / "reports" / "masks_2021" / "2021-05"
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        os.environ["FONTCONFIG_FILE"] = str(_fonts(work))
        _keep(_pages(folder / "report.pdf", lambda at, text: at < 2, work), "report.png")
        _keep([_screen(folder / "report.html", work)], "html.png")
        _keep(_pages(_printed(folder / "report.docx", work), lambda at, text: at in (0, 2), work), "word.png")
        cases = _printed(folder / "forms.xlsx", work)
        _keep(_pages(cases, lambda at, text: "附件4" in text and "查获口罩" in text, work)[:1], "excel.png")
        back = _printed(folder / "feedback" / f"{BUSY}.xlsx", work)
        _keep(_pages(back, lambda at, text: at == 0, work), "feedback.png")


def _fonts(work: Path) -> Path:
    config, folder = work / "fonts.conf", Path(noto_cjk_sans_otc.FONT_PATH).parent
    config.write_text(f"<fontconfig><dir>{folder}</dir><cachedir>{work}</cachedir></fontconfig>", encoding="utf-8")
    return config


def _printed(document: Path, work: Path) -> Path:
    """The PDF that LibreOffice makes of an office file."""
    profile = f"-env:UserInstallation={(work / 'office').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(work), str(document)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return work / f"{document.stem}.pdf"


def _pages(pdf: Path, wanted: Callable[[int, str], bool], work: Path) -> list[Image.Image]:
    """The pages for which `wanted(place from 0, text)` holds."""
    found = [at for at, page in enumerate(pypdf.PdfReader(pdf).pages) if wanted(at, page.extract_text())]
    return [_page(pdf, at + 1, work) for at in found[:2]]


def _page(pdf: Path, number: int, work: Path) -> Image.Image:
    stem = work / f"{pdf.stem}-{number}"
    place = ["-f", str(number), "-l", str(number), "-singlefile"]
    subprocess.run(["pdftoppm", "-r", str(DPI), "-png", *place, str(pdf), str(stem)], check=True)
    return Image.open(stem.with_suffix(".png"))


def _screen(page: Path, work: Path) -> Image.Image:
    shot = work / "screen.png"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={SCREEN}"]
    command = ["chromium", *options, f"--user-data-dir={work / 'browser'}", f"--screenshot={shot}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return Image.open(shot)


def _keep(pages: list[Image.Image], name: str) -> None:
    """Pages side by side on grey, in few colours so that the file stays small."""
    gap = 12
    width = sum(p.width for p in pages) + gap * (len(pages) + 1)
    sheet = Image.new("RGB", (width, max(p.height for p in pages) + 2 * gap), "#d0d0d0")
    left = gap
    for page in pages:
        sheet.paste(page, (left, gap))
        left += page.width + gap
    sheet.quantize(64).save(HERE / name, optimize=True)
    print(f"{name}: {sheet.width} × {sheet.height}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[1])
