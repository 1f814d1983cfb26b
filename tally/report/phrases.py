"""Official phrases, right for zero, one, many, rise, fall and no change. Text pieces in, runs out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from tally.blocks import Paragraph, Run
from tally.totals.change import Change
from tally.totals.figures import Figure, printed, wilson

Piece = str | Figure | Run
Clause = tuple[Piece, ...]

TODO = "【待补充】"
MANY = 12  # units that a sentence still names one by one
SMALL = 30  # records below which a rate says little by itself


def runs(*pieces: Piece) -> tuple[Run, ...]:
    """Runs of a sentence: text as it is, a figure as its number (its `ref` opens it), neighbouring text joined."""
    done: list[Run] = []
    for piece in pieces:
        if isinstance(piece, Figure):
            piece = Run(piece.number, piece.ref, "doubt" if piece.doubt else "")
        if isinstance(piece, str):
            if done and not done[-1].ref and not done[-1].kind:
                done[-1] = Run(done[-1].text + piece)
                continue
            piece = Run(piece)
        done.append(piece)
    return tuple(r for r in done if r.text)


def paragraph(*pieces: Piece) -> Paragraph:
    return Paragraph(runs(*pieces))


def todo(what: str) -> Paragraph:
    """The mark of a part that nobody has written; `what` says which."""
    return Paragraph((Run(TODO, kind="todo"), Run(what)))


def day(d: date, *, year: bool = False) -> str:
    """5月31日, with `year` 2021年5月31日; no leading zeros."""
    return (f"{d.year}年" if year else "") + f"{d.month}月{d.day}日"


def named(names: Sequence[str]) -> str:
    """甲、乙和丙; with more than five their number follows, and of more than `MANY` some are named: 甲、乙……等26个单位."""
    names = list(names)
    if len(names) < 2:
        return "".join(names)
    if len(names) <= 5:
        return f"{'、'.join(names[:-1])}和{names[-1]}"
    return f"{'、'.join(names if len(names) <= MANY else names[:5])}等{len(names)}个单位"


def few(names: Sequence[str], most: int = 3, what: str = "个单位") -> str:
    """甲、乙和丙; of more than `most` the first ones and how many there are: 甲、乙、丙等7个单位."""
    names = list(names)
    if len(names) > most:
        return f"{'、'.join(names[:most])}等{len(names)}{what}"
    return "".join(names) if len(names) < 2 else f"{'、'.join(names[:-1])}和{names[-1]}"


MOST_GROUPS = 5  # of units with the same count that a sentence tells apart


def by_count(counts: Sequence[tuple[str, int]], unit: str) -> str:
    """东台市5家，大丰区3家，亭湖区和响水县各1家: the largest first, units of one count together; of many the rest summed."""
    groups: dict[int, list[str]] = {}
    for name, n in sorted(counts, key=lambda c: -c[1]):
        groups.setdefault(n, []).append(name)
    most = MOST_GROUPS if len(groups) > MOST_GROUPS + 1 else len(groups)  # a rest of one group is told like the others
    told, rest = list(groups.items())[:most], list(groups.items())[most:]
    clauses = [f"{several(who)}{'各' if len(who) > 1 else ''}{n}{unit}" for n, who in told]
    if rest:
        units, amount = sum(len(who) for _, who in rest), sum(n * len(who) for n, who in rest)
        clauses.append(f"其余{units}个单位共{amount}{unit}")
    return "，".join(clauses)


def several(names: Sequence[str]) -> str:
    """Units that a table names all: by name where they are few."""
    return named(names) if len(names) <= MOST_NAMED else few(names)


MOST_NAMED = 5  # units that stand by name where a table has them all


def without(absent: Sequence[str], present: Sequence[str]) -> str:
    """10个单位（不含建湖县）; where few are left these by name: 亭湖区."""
    if len(present) < len(absent) and len(present) <= MOST_NAMED:
        return named(present)
    gone = f"（不含{several(absent)}）" if absent else ""
    return f"{len(present)}个单位{gone}"


def reported(whole: str, expected: int, missing: Sequence[str], failed: Sequence[str] = ()) -> str:
    """全市11个报送单位中10个已报送，建湖县未报送. `failed` sent something that could not be processed."""
    if expected == 1 and not failed:
        return "报送单位未报送" if missing else "报送单位已报送"
    stem = f"{whole}{expected}个报送单位"
    if failed:
        gone = f"{named(missing)}未报送，" if missing else ""
        return f"{stem}中{expected - len(missing) - len(failed)}个的报表已计入，{gone}{named(failed)}的报表处理失败、未计入"
    if not missing:
        return f"{stem}均已报送"
    if len(missing) >= expected:
        return f"{stem}均未报送"
    return f"{stem}中{expected - len(missing)}个已报送，{named(missing)}未报送"


def changed(change: Change | None, unit: str, *, doubt: bool = False) -> tuple[str | Run, ...]:
    """较上期增加3件 / 减少3件 / 持平; of a cumulative column what was added. () if it cannot be compared."""
    if change is None:
        return ()
    size = Run(printed(abs(change.difference), change.decimals), change.ref, "doubt" if doubt else "")
    if change.cumulative:
        return _added(change.difference, size, unit)
    if not change.difference:
        return (Run("与上期持平", change.ref),)
    return ("较上期增加" if change.difference > 0 else "较上期减少", size, unit)


def _added(difference: Decimal, size: Run, unit: str) -> tuple[str | Run, ...]:
    if not difference:
        return (Run("较上期无新增", size.ref),)
    if difference > 0:
        return ("较上期新增", size, unit)
    return ("累计数较上期减少", size, unit, "（累计数不应减少，待核实）")


def rate_changed(change: Change | None) -> tuple[str | Run, ...]:
    """较上期上升1.25个百分点 / 下降 / 持平; 基本持平 where two decimals hide the difference. () without a change."""
    if change is None:
        return ()
    points = change.difference
    if not points:
        return (Run("与上期持平" if change.now == change.last else "与上期基本持平", change.ref),)
    size = Run(printed(abs(points), change.decimals), change.ref)
    return ("较上期上升" if points > 0 else "较上期下降", size, "个百分点")


def interval(part: int, whole: int, record: str = "批次") -> str:
    """（计入抽样误差，约为2.31%～17.96%）, with a word of care for a small number of batches; "" for none."""
    bounds = wilson(part, whole)
    if bounds is None:
        return ""
    care = f"，{record}较少，仅供参考" if whole < SMALL else ""
    return f"（计入抽样误差，约为{bounds[0]}%～{bounds[1]}%{care}）"


def compared(absent: Sequence[str], present: Sequence[str]) -> str:
    """Which units a comparison rests on, when not all."""
    if len(present) < len(absent) and len(present) <= MOST_NAMED:
        return f"（两期均有数据的只有{named(present)}）"
    return f"（按两期均有数据的{len(present)}个单位同口径比较，不含{several(absent)}）" if absent else ""


def listed(pieces: Iterable[Clause], between: str = "，", end: str = "。") -> Clause:
    """Clauses with commas between and a full stop after."""
    done: list[Piece] = []
    for clause in (p for p in pieces if p):
        done += [between] * bool(done) + list(clause)
    return (*done, end) if done else ()
