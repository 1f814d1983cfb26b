"""`python docs/pictures/guide.py ROOT`: the pictures of the analyst's guide that the README's (make.py) do not give.

Needs what `run`, `templates` and `remind` of 2021-05 leave below ROOT, and from the system what make.py needs.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import make
from PIL import Image

UNIT, NAME = "320981", "东台市"  # whose return was corrected once and still holds errors
# What a click on the text's figure of cases handled opens. The page lets no foreign script run, so a copy of it is used.
CLICK = """<script>addEventListener('load', () => setTimeout(() =>
[...document.querySelectorAll('main p button[data-f]')][FIGURE].click(), 300))</script>"""
FIGURE = 2  # cases handled, the third figure of the text


def main(root: Path) -> None:
    folder = root / "reports" / "masks_2021" / "2021-05"
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        os.environ["FONTCONFIG_FILE"] = str(make._fonts(work))
        blank = make._printed(next((folder / "templates").glob(f"{NAME}*.xlsx")), work)
        make._keep(make._pages(blank, lambda at, text: "附件4" in text and "罚没" in text, work)[:1], "template.png")
        make._keep([_waited(_clicked(folder / "report.html", work), work)], "figure.png")
        make._keep([make._screen(folder / "units" / f"{UNIT}.html", work)], "unit.png")
        reminder = make._printed(folder / "remind" / f"{UNIT}.docx", work)
        make._keep(make._pages(reminder, lambda at, text: at < 2, work), "reminder.png")


def _clicked(page: Path, work: Path) -> Path:
    """A copy of the report that opens a figure by itself."""
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page.read_text(encoding="utf-8"))
    copy = work / "clicked.html"
    copy.write_text(text.replace("</body>", CLICK.replace("FIGURE", str(FIGURE)) + "</body>"), encoding="utf-8")
    return copy


def _waited(page: Path, work: Path) -> Image.Image:
    """The page on the screen once its scripts have had six seconds."""
    shot = work / "waited.png"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=6000"]
    places = [f"--window-size={make.SCREEN}", f"--user-data-dir={work / 'browser'}", f"--screenshot={shot}"]
    subprocess.run(["chromium", *options, *places, page.as_uri()], check=True, capture_output=True, timeout=120)
    return Image.open(shot)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
