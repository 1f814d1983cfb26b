"""A unit's page: what is wrong with what it sent, what it sent, and what was read from each cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tally.blocks import Block, Entry, Heading, Paragraph, Provenance, Run, Table, Title
from tally.catalogue.words import RETURN_STATES
from tally.declare import Campaign
from tally.model import ABSENT, PeriodTables
from tally.render import html
from tally.render.pages.unit_figures import figures
from tally.render.pages.unit_findings import findings
from tally.render.pages.unit_view import NO_FORM, UnitView, as_text, heads
from tally.writing.periods import month


def standing(states: Sequence[str], due: int) -> str:
    """In a word how the `due` forms came that a unit may send, given the states of its return lines: the gravest counts."""
    came = [s for s in states if s not in (*ABSENT, "replaced")]
    due -= states.count("not asked")
    if not came:
        return "未报" if due else "无须报送"
    if len(came) < due:
        return f"缺{due - len(came)}份材料"
    if "late" in came:
        return "逾期"
    return "零报告" if set(came) == {"zero return"} else "按时"


def unit_page(
    campaign: Campaign,
    period: str,
    unit: str,
    tables: PeriodTables,
    *,
    links: Sequence[tuple[str, str]] = (),
) -> str:
    """The page `reports/<campaign>/<period>/units/<code>.html` of the unit with code or name `unit`.

    `links` are (text, address relative to the page) of the files beside it: see `tally.render.pages.links`.
    """
    who = campaign.unit(unit)
    name = who.name if who != campaign.top else "市本级"
    view = UnitView(campaign, who.code, tables)
    data = list(figures(view))  # first, so that findings can lead to the figures they speak of
    blocks: list[Block] = [
        Title(f"{name}报送情况", campaign.issuer, lines=(f"{campaign.title}　{month(campaign.period(period).name)}",)),
        *findings(view),
        *_records(view),
        *data,
        Provenance(view.figures),
    ]
    return html.render(blocks, title=f"{name}{month(period)}报送情况", links=links)


def _records(view: UnitView) -> Iterable[Block]:
    yield Heading("二、报送记录", 1, "records")
    names = NO_FORM | {form.name: f"{form.number} {form.title}" for form in view.campaign.forms}
    rows = []
    for line in view.of(view.tables.returns).to_dict("records"):
        texts = (names.get(line["form"], line["form"]), *(as_text(line[c]) for c in ("file", "received", "due")))
        state = Entry(
            RETURN_STATES.get(line["state"], line["state"]), kind="bad" if line["state"] in ("missing", "late") else ""
        )
        rows.append((*(Entry(text) for text in texts), state, Entry(as_text(line["sha256"])[:12], kind="muted")))
    if not rows:
        yield Paragraph((Run("本期没有收到该单位的任何材料。"),))
        return
    yield Table(
        "returns", "报送记录", heads("统计表", "文件", "收到日期", "截止日期", "情况", "文件校验码"), tuple(rows),
        ("left", "left", "center", "center", "center", "left"),
    )  # fmt: skip
