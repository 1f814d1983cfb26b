"""`python docs/pictures/desk.py [ROOT]`: the review desk as it opens, and on a telephone's width, for README and guide.

Needs a period that `pipeline.py check 2021-05` read below ROOT (the project by default), Playwright and Chromium.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
ARGUMENTS = ("--no-sandbox", "--disable-gpu")
SIZE = (1360, 860)


def main(root: Path) -> None:
    command = [sys.executable, str(PROJECT / "pipeline.py"), "desk", "2021-05", "--root", str(root), "--no-browser"]
    served = subprocess.Popen([*command, "--by", "李分析", "--lang", "zh"], stdout=subprocess.PIPE, text=True)
    try:
        address = re.search(r"http\S+", served.stdout.readline())[0]
        with sync_playwright() as p:
            browser = p.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
            page = browser.new_page(viewport=dict(zip(("width", "height"), SIZE, strict=True)), locale="zh-CN")
            page.goto(address)
            page.locator(".desk[data-at] .sheet .lit").wait_for()
            page.keyboard.press("a")
            page.locator(".effect .good").first.wait_for()
            page.screenshot(path=HERE / "desk.png")
            browser.close()
    finally:
        served.terminate()
        served.wait()
    picture = Image.open(HERE / "desk.png").convert("RGB").quantize(128)
    picture.save(HERE / "desk.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else PROJECT).resolve())
