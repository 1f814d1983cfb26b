"""Edits of a Word report as an office makes them, each with what it makes wrong: seeded, so that any can be repeated."""

from __future__ import annotations

import copy
import io
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMBER = re.compile(r"(?<![\d.年月第〔])\d{2,}(?:\.\d+)?(?![\d.年月日期])")
_WORDS = (
    ("全市共", "全市累计"), ("查办案件", "查处案件"), ("发现", "检出"), ("其中", "其中，"), ("本期", "本报送期"),
    ("有关情况", "有关工作情况"), ("。", "，特此说明。"), ("抽查", "抽检"),
)  # fmt: skip


@dataclass(frozen=True)
class Edit:
    """What was done; `wrong` are the texts that the judgement has to name, (ours, edited); none for a harmless edit."""

    kind: str
    wrong: tuple[tuple[str, str], ...] = ()


class Report:
    """A Word file opened for editing."""

    def __init__(self, content: bytes):
        self.content = content
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            self.root = etree.fromstring(package.read("word/document.xml"))
        self.body = self.root.find(f"{W}body")

    def paragraphs(self) -> list[etree._Element]:
        """Body paragraphs with a number of two digits or more."""
        return [p for p in self.body.findall(f"{W}p") if _NUMBER.search(text_of(p))]

    def tables(self) -> list[etree._Element]:
        return [t for t in self.body.findall(f"{W}tbl") if len(t.findall(f"{W}tr")) > 4]

    def saved(self) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.content)) as old, zipfile.ZipFile(made, "w") as new:
            for name in old.namelist():
                new.writestr(name, etree.tostring(self.root) if name == "word/document.xml" else old.read(name))
        return made.getvalue()


def text_of(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(f"{W}t"))


def set_text(paragraph: etree._Element, text: str) -> None:
    """The text in the first run, as Word leaves it after a sentence was typed anew."""
    texts = list(paragraph.iter(f"{W}t"))
    texts[0].text = text
    for other in texts[1:]:
        other.text = ""


def digit_in_a_sentence(report: Report, r: random.Random) -> Edit:
    paragraph = r.choice(report.paragraphs())
    text = text_of(paragraph)
    found = r.choice(list(_NUMBER.finditer(text)))
    changed = _other(found[0], r)
    set_text(paragraph, text[: found.start()] + changed + text[found.end() :])
    return Edit("digit in a sentence", ((found[0], changed),))


def unit_in_a_sentence(report: Report, r: random.Random) -> Edit:
    places = [(p, m) for p in report.paragraphs() for m in re.finditer(r"\d+(?:\.\d+)?(万元|件|批次|家)", text_of(p))]
    paragraph, found = r.choice(places)
    other = {"万元": "元", "件": "户次", "批次": "家", "家": "批次"}[found[1]]
    text = text_of(paragraph)
    set_text(paragraph, text[: found.start(1)] + other + text[found.end(1) :])
    number = found[0][: -len(found[1])]
    return Edit("unit in a sentence", ((found[0], number + other),))


def numbers_swapped(report: Report, r: random.Random) -> Edit:
    """其中立案155件，结案104件 as 其中立案104件，结案155件."""
    pattern = re.compile(r"(\d{2,})(件，结案)(\d{2,})(?=件)")
    places = [(p, m) for p in report.paragraphs() for m in pattern.finditer(text_of(p)) if m[1] != m[3]]
    paragraph, found = r.choice(places)
    text = text_of(paragraph)
    set_text(paragraph, text[: found.start()] + found[3] + found[2] + found[1] + text[found.end() :])
    return Edit("two numbers swapped", ((found[1], found[3]), (found[3], found[1])))


def said_to_be_about(report: Report, r: random.Random) -> Edit:
    places = [(p, m) for p in report.paragraphs() for m in re.finditer(r"(\d{3,})(?=人次|户次)", text_of(p))]
    paragraph, found = r.choice(places)
    text = text_of(paragraph)
    set_text(paragraph, text[: found.start()] + f"{int(found[0]) // 10 * 10}余" + text[found.end() :])
    return Edit("number said to be about so much")


def digit_in_a_table(report: Report, r: random.Random) -> Edit:
    cells = [c for t in report.tables() for row in t.findall(f"{W}tr")[2:] for c in row.findall(f"{W}tc")[1:]]
    cell = r.choice([c for c in cells if re.fullmatch(r"▲?\d{2,}(?:\.\d+)?", text_of(c))])
    before = text_of(cell)
    changed = _other(before.lstrip("▲"), r)
    set_text(cell, changed)
    return Edit("digit in a table", ((before, changed),))


def cells_swapped(report: Report, r: random.Random) -> Edit:
    rows = [row for t in report.tables() for row in t.findall(f"{W}tr")[2:]]
    pairs = []
    for row in rows:
        cells = [c for c in row.findall(f"{W}tc")[1:] if re.fullmatch(r"\d{2,}(?:\.\d+)?", text_of(c))]
        if len(cells) >= 2 and text_of(cells[0]) != text_of(cells[1]):
            pairs.append((cells[0], cells[1]))
    a, b = r.choice(pairs)
    before = text_of(a), text_of(b)
    set_text(a, before[1])
    set_text(b, before[0])
    return Edit("two cells swapped", ((before[0], before[1]), (before[1], before[0])))


def row_taken_out(report: Report, r: random.Random) -> Edit:
    table = r.choice(report.tables())
    table.remove(r.choice(table.findall(f"{W}tr")[3:-1]))
    return Edit("row taken out")


def rows_turned(report: Report, r: random.Random) -> Edit:
    long = [t for t in report.tables() if len(t.findall(f"{W}tr")) > 6]
    table = r.choice([t for t in long if not t.findall(f".//{W}vMerge[@{W}val='restart']")] or long)
    rows = table.findall(f"{W}tr")
    moved = r.choice(rows[4:-1])
    table.remove(moved)
    table.insert(table.index(rows[3]), moved)
    return Edit("rows in another order")


def sentence_reworded(report: Report, r: random.Random) -> Edit:
    places = [(p, a, b) for p in report.paragraphs() for a, b in _WORDS if a in text_of(p)]
    paragraph, a, b = r.choice(places)
    set_text(paragraph, text_of(paragraph).replace(a, b, 1))
    return Edit("sentence reworded")


def paragraph_moved(report: Report, r: random.Random) -> Edit:
    paragraph = r.choice(report.paragraphs())
    report.body.remove(paragraph)
    report.body.insert(r.randint(3, 12), paragraph)
    return Edit("paragraph moved")


def words_put_in(report: Report, r: random.Random) -> Edit:
    paragraph = copy.deepcopy(r.choice(report.paragraphs()))
    set_text(paragraph, "各地各部门高度重视，主要负责同志亲自部署，形成了齐抓共管的工作格局。")
    report.body.insert(r.randint(5, 30), paragraph)
    return Edit("paragraph of words put in")


def runs_cut(report: Report, r: random.Random) -> Edit:
    """Word cuts a text into runs wherever somebody once touched it."""
    paragraph = r.choice(report.paragraphs())
    run = next(x for x in paragraph.findall(f"{W}r") if len(text_of(x)) > 3)
    text, twin = text_of(run), copy.deepcopy(run)
    at = r.randint(1, len(text) - 1)
    set_text(run, text[:at])
    set_text(twin, text[at:])
    run.addnext(twin)
    return Edit("runs cut")


def tracked_change(report: Report, r: random.Random) -> Edit:
    """A number deleted and another put in, both still tracked."""
    places = []
    for p in report.paragraphs():
        places += [(run, m) for run in p.findall(f"{W}r") for m in _NUMBER.finditer(text_of(run))]
    run, found = r.choice(places)
    text, changed = text_of(run), _other(found[0], r)
    pieces = [copy.deepcopy(run) for _ in range(4)]
    for piece, part in zip(pieces, (text[: found.start()], found[0], changed, text[found.end() :]), strict=True):
        set_text(piece, part)
        for t in piece.iter(f"{W}t"):
            t.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    deleted, inserted = etree.Element(f"{W}del"), etree.Element(f"{W}ins")
    for t in pieces[1].iter(f"{W}t"):
        t.tag = f"{W}delText"
    deleted.append(pieces[1])
    inserted.append(pieces[2])
    for new in reversed([pieces[0], deleted, inserted, pieces[3]]):
        run.addnext(new)
    run.getparent().remove(run)
    return Edit("tracked change", ((found[0], changed),))


def rounded(report: Report, r: random.Random) -> Edit:
    places = [(p, m) for p in report.paragraphs() for m in re.finditer(r"(\d+)\.(\d)\d(?=万元|%)", text_of(p))]
    paragraph, found = r.choice(places)
    text = text_of(paragraph)
    value = f"{int(float(found[0]) * 10 + 0.5 + 1e-9) / 10:.1f}"
    set_text(paragraph, text[: found.start()] + value + text[found.end() :])
    return Edit("number rounded")


EDITS: tuple[Callable[[Report, random.Random], Edit], ...] = (
    digit_in_a_sentence, unit_in_a_sentence, digit_in_a_table, cells_swapped, tracked_change, digit_in_a_table,
    numbers_swapped, said_to_be_about, row_taken_out, rows_turned, sentence_reworded, paragraph_moved, words_put_in, runs_cut, rounded,
)  # fmt: skip


def edited(content: bytes, seed: int) -> tuple[bytes, Edit]:
    """The report with the edit of a seed."""
    report, r = Report(content), random.Random(seed)
    edit = EDITS[seed % len(EDITS)](report, r)
    return report.saved(), edit


def _other(number: str, r: random.Random) -> str:
    """The same number with one digit another one."""
    at = r.choice([i for i, c in enumerate(number) if c.isdigit()])
    digit = r.choice([d for d in "123456789" if d != number[at]])
    return number[:at] + digit + number[at + 1 :]
