"""Text that somewhere means something else than itself, and a unit that sends it in every text field of every form."""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import openpyxl

from tally.declare import Campaign, Field, Form

FORMULAS = (
    "=1+1", '=HYPERLINK("http://127.0.0.1:9/x","看")', "+1", "-1+2", "@SUM(1)", "=cmd|' /C calc'!A0", "=1\t", "|x", "\t=1",
    '=WEBSERVICE("http://127.0.0.1:9")', "＝1+1", "DDE", "#REF!", "#N/A", "TRUE", "NaN", "inf", "1e999", "null", "None",
)  # fmt: skip
MARKUP = (
    "<script>document.title='开'</script>", "</script><img src=http://127.0.0.1:9/a.png onerror=document.title='开'>", "<b>粗</b>",
    "&amp;&lt;&#0;", "]]>", "<!--", "-->", "{{7*7}}", "{% for x in y %}", "${7*7}", "#let x = 1", '甲#"x"', "$x^2$", "= 一级",
    "*粗* _斜_ `码` ~删~", "[看](javascript:alert(1))", "![图](http://127.0.0.1:9/x.png)", "<w:instrText>DATE</w:instrText>",
    "\\", "\\u0000", "\\input{/etc/passwd}", "'", '"', "';DROP TABLE x;--", "%s %d {0} {x}", "%PDF-1.7", '{"a": 1}', "【待补充】",
)  # fmt: skip
PATHS = ("../../../etc/passwd", "C:\\con", "/dev/null", "a!b.xlsx", "a@320902", "x.to_date", "y.change", "a.b.c@320902")
SHAPES = (
    "",
    "长" * 2000,
    "A" * 2000,
    "a b" * 300,
    "\n" * 30,
    "\t\t",
    "\u3000",
    "\xa0",
    "\u200b零宽",
    "\u00ad软",
    "e\u0301\u0302" * 20,
)
# Excel's own way of writing what XML cannot hold; and marks that turn the direction of text.
CONTROLS = tuple(f"_x{n:04X}_字" for n in (0, 1, 8, 0x0B, 0x0C, 0x1B, 0x1F, 0x7F, 0x85, 0x9B, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF)) + (
    "_x001B_[31m红_x001B_]0;题_x0007_", "\u202e倒写\u202c", "\u2066x\u2069", "\u2028\u2029", "\ufffd", "\ue000私用", "\U000f0000",
)  # fmt: skip
SCRIPTS = ("한국어", "العربية עברית", "ไทย देवनागरी", "𠀀𪚥𬭎", "\U0001f600👨‍👩‍👧", "ﷺ", "①⑳㈱", "Ⅷ", "ａＢ１")
PAYLOADS = (*FORMULAS, *MARKUP, *PATHS, *SHAPES, *CONTROLS, *SCRIPTS)


def of_every_category(seed: int) -> list[str]:
    """A text of characters of each Unicode category but surrogates, chosen by `seed`."""
    chosen, of_category = random.Random(seed), {}
    for code in (*range(0x20, 0xD800), *range(0xE000, 0x11000, 3), *range(0x11000, 0x110000, 401)):
        of_category.setdefault(unicodedata.category(chr(code)), []).append(chr(code))
    return [
        name + "".join(chosen.choices(of_category[name], k=6))
        for name in sorted(of_category)
        if name not in ("Cs", "Cc")
    ]


def send(campaign: Campaign, folder: Path, texts: list[str], unit: str) -> None:
    """Writes every form of the campaign and a summary as that unit would send them, with `texts` in all text fields."""
    folder.mkdir(parents=True)
    for form in campaign.forms:
        rows = _list(form, texts) if form.layout == "list" else _matrix(form, texts)
        _workbook(folder / f"{form.number}.xlsx", [[form.number], [form.title], [f"填报单位：{unit}"], *rows])
    lines = "。\n".join(t for t in texts if "_x" not in t)
    (folder / "工作总结.txt").write_text(
        f"关于{campaign.title}的工作总结\n{lines}。。", encoding="utf-8", errors="replace"
    )


def _workbook(place: Path, rows: list[list]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row, 1):
            cell = sheet.cell(r, c)
            cell._value, cell.data_type = value, "s" if isinstance(value, str) else "n"
    book.save(place)


def _list(form: Form, texts: list[str]) -> list[list]:
    head: list = [f.label for f in form.fields]
    rows = [head]
    for n in range(len(texts)):
        rows.append([_value(f, n, texts) for f in form.fields])
    return rows


def _value(field: Field, n: int, texts: list[str]):
    if field.kind == "seq":
        return n + 1
    if field.kind == "choice":
        return field.choices[-1].name if n % 2 else texts[n]
    if field.numeric:
        return n
    return texts[n] + (f"厂{n}" if field.confidential == "firm" else "")


def _matrix(form: Form, texts: list[str]) -> list[list]:
    """Every category's figures right, one row of them texts, and a note below."""
    head = [form.row_header, *(f.label for f in form.fields)]
    body = []
    for r, category in enumerate(form.categories):
        figures = [texts[c % len(texts)] if r == 1 else 1 for c in range(len(form.fields))]
        body.append([category.label, *figures])
    return [head, *body, [], ["注：" + "".join(texts[:60])[:3000]]]
