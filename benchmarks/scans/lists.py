"""Forms 3 and 5 with invented records, printed on a page: the truth, the page as a PDF, the same list as a table."""

from __future__ import annotations

import csv
import io
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import typst

from benchmarks.scans.forms import PERIOD, picture_of
from benchmarks.scans.spoil import Spoil
from tally.campaigns.masks_2021 import CAMPAIGN
from tally.declare import Field, Form
from tally.paths import Paths
from tally.render.document.fonts import pip_font
from tally.returns.unit import UnitReturn, read_unit
from tally.rules.credit_code import check_digit
from tally.writing.firms import text_key
from tally.writing.nothing import is_null

Records = list[dict[str, str]]  # field -> as printed, "" for a blank cell
_PLACES = ("盐城市响水", "江苏", "盐城大丰", "阜宁县", "建湖")
_NAMES = ("康佳医疗科技", "净洁防护用品", "鑫源无纺制品", "舒尔劳保用品", "鹿鸣纺织", "百润卫生用品")
_KINDS = ("有限公司", "有限责任公司", "厂")
_PRODUCTS = ("一次性使用口罩", "日常防护型口罩", "儿童口罩", "KN95口罩")
_MODELS = ("平面型 17.5cm×9.5cm", "折叠型", "立体型 L", "15×10cm")
_SIZES = ("大型", "中型", "小型", "微型")


@dataclass(frozen=True)
class PrintedList:
    """One unit's list on paper."""

    unit: str
    form: Form
    truth: Records
    pdf: bytes

    @property
    def picture(self) -> np.ndarray:
        return picture_of(self.pdf)

    def table(self, truth: Records | None = None) -> str:
        """The list as a table (CSV) of these records, its own unless told otherwise."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows([[self.form.title], [f"填报单位：{CAMPAIGN.unit(self.unit).name}"]])
        writer.writerow([f.label for f in self.form.fields])
        writer.writerows([r[f.name] for f in self.form.fields] for r in truth or self.truth)
        return out.getvalue()


def printed_list(name: str, chance: np.random.Generator, records: int = 6) -> PrintedList:
    """The list form of that name, of a unit chosen by chance."""
    form = CAMPAIGN.form(name)
    unit = CAMPAIGN.units[int(chance.integers(len(CAMPAIGN.units)))]
    make = _batch if name == "sampling" else _firm
    truth = [{f.name: "" for f in form.fields} | make(n, chance) for n in range(1, records + 1)]
    return PrintedList(unit.code, form, truth, _pdf(form, unit.name, truth))


def _firm_name(chance: np.random.Generator) -> str:
    return "".join(str(chance.choice(words)) for words in (_PLACES, _NAMES, _KINDS))


def _batch(n: int, chance: np.random.Generator) -> dict[str, str]:
    record = {
        "seq": str(n),
        "product_name": str(chance.choice(_PRODUCTS)),
        "model": str(chance.choice(_MODELS)),
        "enterprise": _firm_name(chance),
        "result": "合格",
        "production_status": "在产",
        "enterprise_size": str(chance.choice(_SIZES)),
    }
    if chance.random() < 0.35:
        record |= {
            "result": "不合格",
            "failed_items": str(chance.choice(["过滤效率", "耳带断裂强力", "标识"])),
            "failed_quantity": str(int(chance.integers(10, 9000))),
            "entered_market": "否",
            "follow_up": "责令停售，立案查处",
        }
    return record


def _firm(n: int, chance: np.random.Generator) -> dict[str, str]:
    code = "91320921" + "".join(chance.choice(list("0123456789ABCDEFGH"), 9))
    return {
        "seq": str(n),
        "enterprise": _firm_name(chance),
        "credit_code": code + check_digit(code),
        "address": f"工业园区{int(chance.integers(1, 99))}号",
        "licences": "齐全",
        "product_name": str(chance.choice(_PRODUCTS)),
        "standard": "GB/T 32610-2016",
        "production_status": str(chance.choice(["在产", "停产"])),
        "enterprise_size": str(chance.choice(_SIZES)),
        "established": f"{int(chance.integers(2004, 2021))}年{int(chance.integers(1, 13))}月",
        "daily_capacity": f"{chance.uniform(0.5, 60):.1f}",
    }


def _pdf(form: Form, unit: str, truth: Records) -> bytes:
    lines = [[f.label for f in form.fields], *([r[f.name] for f in form.fields] for r in truth)]
    cells = ", ".join(f"[{cell}]" for line in lines for cell in line)
    widths = ", ".join(f"{_width(f)}fr" for f in form.fields)
    source = f"""#set page(paper: "a4", flipped: true, margin: 12mm)
#set text(font: "Noto Sans CJK SC", size: 8pt)
#align(center)[#text(14pt)[{form.number} {form.title}]]
填报单位（盖章）：{unit} #h(1fr) 填报时间：2021年6月3日
#table(columns: ({widths}), stroke: 0.7pt, inset: 4pt, align: center + horizon, {cells})
审核人：某甲 #h(4em) 填表人：某乙
"""
    return typst.compile(source.encode(), font_paths=[str(pip_font().parent)], ignore_system_fonts=True)


def _width(field: Field) -> float:
    """How wide a column is beside the others: a code must fit on its line."""
    if field.kind == "seq":
        return 0.5
    return 2.6 if field.kind == "credit_code" else 1.6 if field.confidential == "firm" else 1.0


def judged_list(name: str, spoil: Spoil, seed: int) -> Counter:
    """One page of a list alone, then beside a table with one cell that differs and without its last record."""
    page = printed_list(name, np.random.default_rng(seed))
    picture = spoil(page.picture, np.random.default_rng(seed + 1))
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 85])
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder), CAMPAIGN.name, PERIOD)
        unit = paths.raw / CAMPAIGN.unit(page.unit).name
        unit.mkdir(parents=True)
        (unit / "盖章件.jpg").write_bytes(data.tobytes())
        start = time.perf_counter()
        result = _list_alone(page, read_unit(CAMPAIGN, PERIOD, page.unit, paths.root))
        result["seconds"] = round(time.perf_counter() - start)
        other = [dict(record) for record in page.truth]
        other[1]["product_name"] = "医用外科手套"
        (unit / "清单.csv").write_text(page.table(other[:-1]), encoding="utf-8")
        return result + _list_beside(page, read_unit(CAMPAIGN, PERIOD, page.unit, paths.root))


def _list_alone(page: PrintedList, read: UnitReturn) -> Counter:
    """Cells with a witness, cells that wait for a person; a value that is another than printed is silently wrong."""
    ret, result = read.returns[page.form.name], Counter({"pages": 1})
    cells = {(int(c["row"]), c["field"]): c for c in ret.cells.to_dict("records")}
    for n, record in enumerate(page.truth, 1):
        for field, printed in record.items():
            cell = cells.get((n, field))
            value = "" if cell is None or is_null(cell["value"]) else str(cell["value"])
            waits = cell is None or cell["state"] == "scanned"
            right = text_key(value) == text_key(printed)
            result["flagged"] += waits and bool(printed)
            result["borne out"] += not waits and right and bool(printed)
            result["silently wrong"] += not waits and not right
    return result


def _list_beside(page: PrintedList, read: UnitReturn) -> Counter:
    told = {(f.row, f.field) for f in read.all_findings if f.rule == "scan.disagrees"}
    missing = any(f.rule == "scan.records" for f in read.all_findings)
    return Counter(
        {
            "difference told": int(("2", "product_name") in told) + missing,
            "false alarms": len(told - {("2", "product_name")}),
        }
    )
