"""`python docs/pictures/scan.py`: a stamped photo of a form beside the workbook, and what is said of it, for the guide (scan.png)."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.scans.forms import FORM, Printed, printed
from benchmarks.scans.spoil import compressed, stamped, turned
from tally import campaigns
from tally.model import Finding
from tally.paths import Paths
from tally.render.document.fonts import pip_font
from tally.returns.unit import read_unit

HERE = Path(__file__).resolve().parent
PERIOD, SEED = "2021-05", 2
WIDTH, PHOTO_HEIGHT, LINE = 1_000, 560, 86
_CUT = re.compile(r"（原图：(.+?)）")


def main() -> None:
    page, chance = printed(np.random.default_rng(SEED)), np.random.default_rng(SEED + 3)
    picture = compressed(turned(stamped(page.picture, chance), chance), chance)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        findings = _read(page, picture, root)
        _drawn(picture, findings, root).quantize(64).save(HERE / "scan.png", optimize=True)


def _read(page: Printed, picture: np.ndarray, root: Path) -> list[Finding]:
    """What is said of the photo beside a workbook in which two figures are others."""
    campaign = campaigns.load()
    unit = campaign.unit(page.unit)
    raw = Paths(root, campaign.name, PERIOD).raw / unit.name
    raw.mkdir(parents=True)
    (raw / "盖章件.jpg").write_bytes(cv2.imencode(".jpg", picture)[1].tobytes())
    truth = dict(page.truth)
    for row, field in ((1, 2), (4, 5)):
        at = (FORM.parts[row].name, FORM.fields[field].name)
        truth[at] = f"{float(truth[at] or 0) + 3:g}"
    rows = [["查办案件情况", *(f.label for f in FORM.fields)]]
    rows += [[c.label, *(truth[c.name, f.name] for f in FORM.fields)] for c in FORM.categories]
    lines = "\n".join(",".join(row) for row in rows)
    (raw / "附件4.csv").write_text(f"{FORM.title}\n填报单位：{unit.name}\n{lines}\n", encoding="utf-8")
    found = read_unit(campaign, PERIOD, page.unit, root).all_findings
    return [f for f in found if f.rule in ("scan.disagrees", "scan.compared", "scan.facts")]


def _drawn(picture: np.ndarray, findings: list[Finding], root: Path) -> Image.Image:
    upper = picture[: int(picture.shape[0] * 0.62)]  # the rest of the sheet is empty
    photo = Image.fromarray(cv2.cvtColor(upper, cv2.COLOR_BGR2RGB))
    photo.thumbnail((WIDTH - 40, PHOTO_HEIGHT))
    sheet = Image.new("RGB", (WIDTH, photo.height + 40 + LINE * len(findings)), "white")
    sheet.paste(photo, ((WIDTH - photo.width) // 2, 20))
    draw, font = ImageDraw.Draw(sheet), ImageFont.truetype(str(pip_font()), 17, index=2)
    order = sorted(findings, key=lambda f: f.severity != "error")
    for n, finding in enumerate(order):
        top, left = photo.height + 36 + n * LINE, 20
        draw.rectangle(
            (left, top, WIDTH - 20, top + LINE - 8), fill="#ffe3e3" if finding.severity == "error" else "#eef4fa"
        )
        left += 12
        if cut := _CUT.search(finding.message):
            part = Image.open(root / cut[1]).convert("RGB")
            part.thumbnail((170, LINE - 28))
            sheet.paste(part, (left, top + 10))
            left += part.width + 14
        text = f"{finding.sheet}{finding.cell}　{_CUT.sub('', finding.message)}"
        for row, start in enumerate(range(0, len(text), 44)):
            draw.text((left, top + 8 + row * 25), text[start : start + 44], "#222222", font)
    return sheet


if __name__ == "__main__":
    main()
