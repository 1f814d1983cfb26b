"""A cell that stores one thing and shows another: number formats of .xlsx, .xls and .ods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle

from benchmarks.kinds import files, forms
from benchmarks.kinds.forms import MEASURES
from benchmarks.kinds.make import four
from benchmarks.kinds.truth import FLAG, Case, Either, Truth
from samples.writers.sheet import Sheet, sheet_of
from samples.writers.xls import xls
from samples.writers.xlsx import xlsx

HANDLED, FINES, MASKS = "cases_handled", "fines_confiscations", "masks_seized"
FOURTEEN = Either((14,))
WRITERS = {"xlsx": xlsx, "xls": xls}
Formats = tuple[tuple[str, object, str, Truth], ...]

SAME: Formats = (
    (HANDLED, 14, "0_ ", 14), (HANDLED, 14, "#,##0_);(#,##0)", 14), (HANDLED, 14, "[Red]0", 14), (HANDLED, 14, '0"件"', 14),
    (HANDLED, 14, "00000", 14), (HANDLED, 14, "0.00E+00", 14), (HANDLED, 14, "[DBNum1]General", 14),
    (HANDLED, 14, "[DBNum2][$-804]General", 14), (HANDLED, 14, "0;-0;;@", 14), (HANDLED, 14, '0"起"', 14),
    (HANDLED, "14", "@", 14), (HANDLED, 14, "??0", 14), (FINES, 12.6, "0.00_ ", 12.6), (FINES, 12.6, '0.0"万元"', 12.6),
    (FINES, 12.6, "_ * #,##0.00_ ;_ * -#,##0.00_ ", 12.6), (FINES, 126000, "0!.0,", Either((12.6,))), (FINES, 126000, "0\\.0,", Either((12.6,))),
    (FINES, 126000, '0"元"', Either((12.6,))), (FINES, 126000, '#,##0.00"元"', Either((12.6,))), (MASKS, 35000, '0"只"', Either((3.5,))),
    (HANDLED, 14, '[>=100]0;[<100]0', 14), (HANDLED, 14, "0* ", 14),
)  # fmt: skip
OTHER: Formats = (
    (HANDLED, 14, '"≥"0', FLAG), (HANDLED, 14, '0"以上"', FLAG), (HANDLED, 14, '"("0")"', FLAG), (HANDLED, 14, "-0", FLAG),
    (HANDLED, -14, "0;0", FLAG), (HANDLED, 14, '[=14]"无";0', FLAG), (HANDLED, 14, '[>10]"多";0', FLAG), (HANDLED, 0.14, "0%", FLAG),
    (HANDLED, 14.4, "0", FLAG), (HANDLED, 14, '0"万"', FLAG), (HANDLED, 14, 'yyyy/m/d', FLAG), (HANDLED, 14, "[h]", FLAG),
    (HANDLED, 12, '"14"', FLAG), (HANDLED, 14, '0"→16"', FLAG), (HANDLED, 14, '0"(预计)"', FLAG), (HANDLED, 14, '"上年"0', FLAG),
    (HANDLED, 14, '"其中:"0', FLAG), (HANDLED, 14, '0"%"', FLAG), (HANDLED, 14, "0,", FLAG), (HANDLED, 14, '0"-16"', FLAG),
    (HANDLED, 14, '0"/12"', FLAG), (HANDLED, 14, '0"?"', FLAG), (HANDLED, 14, '"1"0', FLAG), (HANDLED, 14, "aaaa", FLAG), (HANDLED, 14, '"近"0', FLAG),
    (FINES, 12.6, "[$￥-804]#,##0.00", FLAG), (FINES, 12.6, '[$USD] 0.0', FLAG), (FINES, 12.6, '0.0"亿"', FLAG), (FINES, 12.6, '0.0"千元"', FLAG),
    (FINES, 12.6, '0"."00', FLAG), (MASKS, 3.5, '0.0"箱"', FLAG), (MASKS, 3.5, '0.0"只"', FLAG), (HANDLED, 14, ";;", FLAG), (HANDLED, 14, '""', FLAG),
)  # fmt: skip


def sent(kind: str, table: Formats, exts: tuple[str, ...]) -> Iterator[Case]:
    for (measure, value, code, true), ext in zip(table, cycle(exts), strict=False):
        rows = forms.form4(forms.twice(measure, value))
        letter = "BCDEFGHIJ"[MEASURES.index(measure)]
        content = WRITERS[ext]([_formatted(rows, letter, code)])
        yield four(kind, f"{measure} {value!r} as {code} .{ext}", content, forms.true_twice(measure, true), ext)


def _formatted(rows: forms.Rows, letter: str, code: str) -> Sheet:
    sheet = sheet_of(rows)
    for row in (6, 12):
        place = (row - 1, ord(letter) - ord("A"))
        sheet.inks[place] = replace(sheet.inks[place], number_format=code)
    return sheet


ODS: tuple[tuple[str, object, str, str, Truth], ...] = (
    (HANDLED, 14, "约14", "float", FLAG), (HANDLED, 14, "14件", "float", 14), (HANDLED, 14, "16", "float", FLAG), (HANDLED, 14, " ", "float", FLAG),
    (HANDLED, 0.14, "14%", "percentage", FLAG), (FINES, 12.6, "￥12.60", "currency", FLAG), (FINES, 126000, "126000元", "float", Either((12.6,))),
    (HANDLED, 14.4, "14", "float", FLAG), (MASKS, 3.5, "3.5箱", "float", FLAG), (HANDLED, 14, "14*", "float", FOURTEEN), (FINES, 12.6, "12.60", "float", 12.6),
)  # fmt: skip


def _shown(value: object, shown: str, kind: str) -> str:
    """A stored value that the page shows otherwise."""
    stored = f'office:value-type="{kind}" office:value="{value}"'
    return f"<table:table-cell {stored}><text:p>{shown}</text:p></table:table-cell>"


def ods() -> Iterator[Case]:
    for number, (measure, value, shown, kind, true) in enumerate(ODS):
        letter = "BCDEFGHIJ"[MEASURES.index(measure)]
        cells = {f"{letter}{row}": _shown(value, shown, kind) for row in (6, 12)}
        ext = ("ods", "fods")[number % 2]
        content = files.ods(forms.form4(), cells, flat=ext == "fods")
        yield four(
            "format: OpenDocument",
            f"{measure} {value!r} shown {shown} .{ext}",
            content,
            forms.true_twice(measure, true),
            ext,
        )


CASES = (
    *sent("format: shows the value", SAME, ("xlsx", "xls")),
    *sent("format: shows another thing", OTHER, ("xlsx", "xls")),
    *sent("format: shows another thing", OTHER[1::4], ("xlsx",)),
    *ods(),
)
