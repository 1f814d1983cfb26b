"""A table as HTML: in a region that scrolls by itself, with a way past it, its columns as wide as what they hold.

End tags that HTML lets go are left out: one a cell counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from markupsafe import Markup, escape

from tally.blocks import Entry, Head, Table
from tally.render.document.grid import placed
from tally.render.html.columns import Columns, leaves, naming
from tally.render.html.page import attribute, shown

Content = Callable[
    [Entry], tuple[Markup | str, Markup]
]  # of a body cell: the attribute by which it opens, and its text
ALIGNED = {"right": "text-align:right;white-space:nowrap", "center": "text-align:center"}
_ALIGN = {"right": "r", "center": "c"}
_SHORT = 12  # rows; a table with no more is not torn apart in print


@dataclass(frozen=True, slots=True)
class Names:
    """What a table is called on its page: `id`, the `label` of its region, whether the caption is only to be heard."""

    id: str
    label: str
    silent: bool = False


def merged(block: Table) -> bool:
    """Whether the body has cells that span others."""
    return any(entry.colspan > 1 or entry.rowspan > 1 for entry in chain.from_iterable(block.body))


def whole(block: Table, names: Names, columns: Columns, aligned: str, body: Markup) -> Markup:
    """The table with all around it. A body with merged cells is left unsortable, because its rows hold together."""
    sortable = block.sortable and not merged(block) and len(block.body) - len(block.totals) > 1
    classes = [
        f"m{columns.wide}",
        f"n{columns.narrow}",
        f"q{round(columns.paper * 10)}",
        *([aligned] if aligned else []),
    ]
    live = sortable or any(entry.ref or entry.link for entry in chain.from_iterable(block.body))
    return Markup(
        '<div class="table{}"{}>{}{}<div class=scroll role=region tabindex=0{}>'
        "<table{}{}>{}<thead>{}</thead>{}</table></div>{}{}</div>"
    ).format(
        _looks(block, columns),
        attribute("id", names.id),
        _above(block, names),
        _way_past(names) if live else "",
        attribute("aria-label", names.label),
        attribute("class", " ".join(classes)),
        Markup(" data-sort") if sortable else "",
        Markup("").join(Markup("<col class=p{}>").format(share) for share in columns.shares),
        _header(block),
        body,
        Markup("<p class=note>{}</p>").format(shown(block.note)) if block.note else "",
        Markup('<span tabindex=-1 id="{}-past"></span>').format(names.id) if live else "",
    )


def _looks(block: Table, columns: Columns) -> Markup:
    looks = {" wide": block.landscape, " short": len(block.body) <= _SHORT, " crowded": columns.crowded}
    return Markup("").join(Markup(look) for look, has in looks.items() if has)


def _way_past(names: Names) -> Markup:
    return Markup('<a class="skip past" href="#{}-past">跳过表格：{}</a>').format(names.id, shown(names.label))


def _above(block: Table, names: Names) -> Markup:
    """Caption and unit of measure: above the part that scrolls, so that both stay in the middle of the screen."""
    caption = Markup("")
    if block.caption:
        style = Markup('"caption unseen"') if names.silent else Markup("caption")
        caption = Markup("<p class={}>{}</p>").format(style, shown(block.caption))
    return caption + (Markup("<p class=unit>单位：{}</p>").format(shown(block.unit)) if block.unit else "")


def _header(block: Table) -> Markup:
    marks = {(r, c): "x key" if c == naming(block) else "x" for r, c, _ in leaves(block)}
    rows = [Markup("<tr>")]
    line, at = 0, 0
    for r, c, head in placed(block.head):
        while line < r:
            rows.append(Markup("<tr>"))
            line, at = line + 1, 0
        rows.append(_head(head, marks.get((r, c), ""), c if c != at else None))
        at += 1
    return Markup("").join(rows) if block.head else Markup("")


def _head(head: Head | Entry, mark: str, column: int | None) -> Markup:
    """A header cell; one right above its column carries a class, and the column where it is not the cell's own number."""
    scope = attribute("scope", "colgroup" if head.colspan > 1 else "col")
    known = attribute("class", mark) if mark else Markup("")
    if mark and column is not None:
        known += attribute("data-c", column)
    return Markup("<th{}{}{}>{}").format(scope, known, _spans(head), shown(head.text))


def rows(block: Table, aligned: str, content: Content) -> Markup:
    """The body's rows. `aligned`: the class that aligns the columns, "" where each cell says for itself."""
    names_row = naming(block)
    lines: list[list[Markup]] = [[_row_start(block, at)] for at in range(len(block.body))]
    for r, c, entry in placed(block.body):
        if not isinstance(entry, Entry):
            continue
        align = "" if aligned or c >= len(block.align) else _ALIGN.get(block.align[c], "")
        lines[r].append(_cell(entry, c == names_row, align, content(entry)))
    return Markup("").join(Markup("").join(line) for line in lines)


def _row_start(block: Table, at: int) -> Markup:
    return Markup("<tr class=total>") if at in block.totals else Markup("<tr>")


def _cell(entry: Entry, names_row: bool, align: str, content: tuple[Markup | str, Markup]) -> Markup:
    opens, text = content
    tag = "th scope=row" if names_row and entry.text.strip() else "td"
    styles = f"{align} {entry.kind}".strip()
    classes = attribute("class", styles) if styles else ""
    return Markup(
        f"<{tag}{classes}{escape(opens)}{_spans(entry)}>{escape(text)}"
    )  # all parts are markup: no second time


def _spans(cell: Head | Entry) -> Markup:
    if cell.colspan == cell.rowspan == 1:
        return Markup("")
    wide = attribute("colspan", cell.colspan) if cell.colspan > 1 else Markup("")
    return wide + (attribute("rowspan", cell.rowspan) if cell.rowspan > 1 else Markup(""))


def width_rules(all_columns: Sequence[Columns]) -> str:
    """The rules of the shares and widths that a page's tables use."""
    shares = sorted(set(chain.from_iterable(columns.shares for columns in all_columns)))
    wide = sorted({columns.wide for columns in all_columns})
    narrow = sorted({columns.narrow for columns in all_columns})
    rules = [f".p{share}{{width:{share / 2:g}%}}" for share in shares]
    rules += [f".m{em}{{min-width:{em}em}}" for em in wide]
    phone = "".join(f".n{em}{{min-width:{em}em}}" for em in narrow)
    return "".join(rules) + (f"@media screen and (max-width:640px){{{phone}}}" if phone else "")
