"""Cases in one line: what is written in one place of a sound form, in the file kind named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import cycle

from benchmarks.kinds import files, forms
from benchmarks.kinds.forms import Rows
from benchmarks.kinds.truth import Case, Key, Truth

FOLDER = "亭湖区/"
WRITERS: Mapping[str, Callable[[Rows], bytes]] = {
    "xlsx": files.xlsx,
    "csv": files.text,
    "docx": files.docx,
    "html": files.html,
    "ods": files.ods,
    "xls": files.xls,
    "xml": files.xml2003,
    "fods": lambda rows: files.ods(rows, flat=True),
    "txt": lambda rows: files.text(rows, "\t", "gb18030"),
}
Table = tuple[tuple[str, object, Truth], ...]


def four(
    kind: str, name: str, content: bytes, over: Mapping[Key, Truth] | None = None, ext: str = "xlsx", **more
) -> Case:
    """A form 4 alone."""
    other = more.pop("other", (0,) * 9)
    return Case(kind, name, {f"{FOLDER}附件4.{ext}": content}, forms.true4(over, other), **more)


def five(
    kind: str, name: str, content: bytes, over: Mapping[Key, Truth] | None = None, ext: str = "xlsx", **more
) -> Case:
    """A form 5 alone; three records unless said otherwise."""
    more.setdefault("records", {"sampling": 3})
    return Case(kind, name, {f"{FOLDER}附件5.{ext}": content}, forms.true5(over), **more)


def three(
    kind: str, name: str, content: bytes, over: Mapping[Key, Truth] | None = None, ext: str = "xlsx", **more
) -> Case:
    """A form 3 alone; two records unless said otherwise."""
    more.setdefault("records", {"enterprises": 2})
    return Case(kind, name, {f"{FOLDER}附件3.{ext}": content}, forms.true3(over), **more)


EXTS = ("xlsx", "csv", "docx", "html", "ods", "xls")


def typed4(kind: str, table: Table, exts: tuple[str, ...] = EXTS, wide: bool = False) -> Iterator[Case]:
    """What is typed in the measure's cell of 质量类 and of 合计 alike, the file kinds in turn."""
    for (measure, raw, true), ext in zip(table, cycle(exts), strict=False):
        rows = forms.form4(forms.twice(measure, raw))
        yield four(
            kind, f"{measure} {raw!r} .{ext}", WRITERS[ext](rows), forms.true_twice(measure, true), ext, wide=wide
        )


def typed5(kind: str, table: Table, exts: tuple[str, ...] = EXTS) -> Iterator[Case]:
    """What is typed in a cell of form 5, addressed as in the workbook; the field of the second batch if named so."""
    for (name, raw, true), ext in zip(table, cycle(exts), strict=False):
        letter = "ABCDEFGHIJKLMN"[forms.SAMPLING.index(name)]
        rows = forms.form5({f"{letter}6": raw})
        yield five(kind, f"{name} {raw!r} .{ext}", WRITERS[ext](rows), forms.k5(2, name, true), ext)


def typed3(kind: str, table: Table, exts: tuple[str, ...] = EXTS) -> Iterator[Case]:
    """What is typed in a cell of the second firm of form 3."""
    for (name, raw, true), ext in zip(table, cycle(exts), strict=False):
        letter = "ABCDEFGHIJKLMNO"[forms.ENTERPRISES.index(name)]
        rows = forms.form3({f"{letter}6": raw})
        yield three(kind, f"{name} {raw!r} .{ext}", WRITERS[ext](rows), forms.k3(2, name, true), ext)
