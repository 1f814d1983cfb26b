"""What lies in a parcel: a form in any kind of file, a summary, or what is neither; each with what must come of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import typst

from benchmarks.parcels import packing
from samples.writers.delimited import delimited
from samples.writers.sheet import Sheet, sheet_of
from samples.writers.web import web_page
from samples.writers.word import word_tables
from samples.writers.xls import xls
from samples.writers.xlsx import xlsx
from tally.campaigns.masks_2021 import CAMPAIGN
from tally.render.document.fonts import pip_font

FORM = CAMPAIGN.form("cases")
Rows = list[list[str]]
Figures = dict[tuple[str, str], str]


@dataclass(frozen=True)
class Thing:
    """One file. `becomes`: "cases" (its figures count), "summary", or "named" (a finding speaks of it)."""

    name: str
    data: bytes
    becomes: str


def figures(rng: Random) -> Figures:
    """A sound form 4."""
    table: Figures = {}
    for field in FORM.fields:
        column = [rng.randint(0, 40) for _ in FORM.parts]
        for category, value in zip(FORM.parts, column, strict=True):
            table[category.name, field.name] = str(value)
        table[FORM.total, field.name] = str(sum(column))
    return table


def rows(unit: str, table: Figures) -> Rows:
    head = ["查办案件情况", *(f.label for f in FORM.fields)]
    body = [[c.label, *(table[c.name, f.name] for f in FORM.fields)] for c in FORM.categories]
    return [[FORM.title], [f"填报单位：{unit}"], head, *body]


def counted(lines: Rows) -> Sheet:
    """The lines with numbers as numbers."""
    return sheet_of([[int(v) if v.isdigit() else v for v in line] for line in lines], "附件4")


def word(lines: Rows) -> bytes:
    return word_tables([sheet_of(lines, top=2)])


def pdf(lines: Rows) -> bytes:
    cells = ", ".join(f"[{v}]" for line in lines[2:] for v in line)
    source = f"""#set text(font: "Noto Sans CJK SC", size: 8pt)
#set page(paper: "a4", flipped: true)
{lines[0][0]}\n\n{lines[1][0]}\n\n#table(columns: {len(lines[2])}, {cells})"""
    return typst.compile(source.encode(), font_paths=[str(pip_font().parent)], ignore_system_fonts=True)


def markdown(lines: Rows) -> bytes:
    table = [f"| {' | '.join(line)} |" for line in lines[2:]]
    table.insert(1, "|" + "---|" * len(lines[2]))
    return "\n".join((f"# {lines[0][0]}", "", lines[1][0], "", *table)).encode()


def boxed(lines: Rows) -> bytes:
    widths = [max(sum(2 if ord(c) > 255 else 1 for c in line[n]) for line in lines[2:]) for n in range(len(lines[2]))]

    def rule(left: str, mid: str, right: str) -> str:
        return left + mid.join("─" * w for w in widths) + right

    def row(line: list[str]) -> str:
        padded = (v + " " * (w - sum(2 if ord(c) > 255 else 1 for c in v)) for v, w in zip(line, widths, strict=True))
        return "│" + "│".join(padded) + "│"

    body = f"\n{rule('├', '┼', '┤')}\n".join(map(row, lines[2:]))
    return "\n".join((lines[0][0], lines[1][0], rule("┌", "┬", "┐"), body, rule("└", "┴", "┘"))).encode("gb18030")


def spaced(lines: Rows) -> bytes:
    return "\n".join("    ".join(line) for line in lines).encode("gb18030")


FORMS: dict[str, Callable[[Rows], bytes]] = {
    "附件4.xlsx": lambda lines: xlsx([counted(lines)]),
    "附件4.et": lambda lines: xls([counted(lines)]),
    "附件4.xlsm": lambda lines: xlsx([counted(lines)]),
    "口罩案件查处情况统计表.docx": word,
    "附件4.wps": word,
    "附件4.pdf": pdf,
    "附件4.md": markdown,
    "附件4.txt": boxed,
    "案件统计.txt": spaced,
    "附件4.html": lambda lines: web_page([sheet_of(lines, top=2)], "gbk", ""),
    "附件4.csv": lambda lines: delimited(sheet_of(lines), "gb18030"),
}


def summary(unit: str) -> bytes:
    return (
        f"{unit}口罩产品质量提升专项整治行动工作总结\n一、主要做法。成立工作专班，制定实施方案，全面排查口罩生产企业。\n"
        "二、下一步打算。继续加强口罩质量监管，加大抽检力度，严厉打击违法行为。\n"
    ).encode()


OTHERS: dict[str, bytes] = {
    "会议纪要.txt": "专题会议纪要\n时间：2021年5月6日\n地点：三楼会议室\n主持人：某甲\n会议听取了口罩整治的进展。会议强调要抓好落实。".encode(),
    "聊天记录.txt": "某甲 2021-05-06 10:22:33\n报表今天要交\n某乙 2021-05-06 10:25:01\n好的\n某甲 2021-05-06 10:26:40\n收到".encode(),
    "实施方案.txt": "口罩产品质量提升专项整治行动实施方案\n一、目标。排查全部企业。\n二、安排。五月底前完成抽检，六月总结。".encode(),
    "盖章件.jpg": b"\xff\xd8\xff\xe0" + bytes(500),
    "扫描.png": b"\x89PNG\r\n\x1a\n" + bytes(500),
    "坏的.xlsx": b"PK\x03\x04 cut off",
    "坏的.rar": b"Rar!\x1a\x07\x00" + bytes(80),
    "空的.docx": b"",
    "加密.7z": packing.seven_zip({"附件4.xlsx": b"x"}, password="geheim"),
    "链接.url": b"[InternetShortcut]\r\nURL=https://docs.example/x\r\n",
    "程序.exe": b"MZ" + bytes(range(256)) * 4,
}
