"""The page over a campaign's periods and units, from which everything that was made can be reached.

    newest period's state and figures -> what is open -> each period's files -> units by periods

It is made from tables and from what lies on disk; the caller writes it. Addresses in it are relative, so that the folder
`reports/<campaign>` can be moved or put on a share as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from tally.blocks import Block, Heading, Paragraph, Run, Table, Title
from tally.declare import Campaign
from tally.paths import Paths
from tally.render.html.blocks import Writer, targets
from tally.render.html.figures import Figures
from tally.render.html.page import page
from tally.render.pages.cells import Cells
from tally.render.pages.index_figures import course, plain
from tally.render.pages.index_open import blank_forms, open_actions
from tally.render.pages.index_periods import periods, units
from tally.render.pages.links import unit_links
from tally.render.pages.stand import Stand, stands
from tally.render.pages.unit import unit_page
from tally.report.phrases import day
from tally.writing.periods import month

__all__ = ["campaign_page", "unit_links", "unit_page"]

KEY_FIGURES = "key-figures"  # the id of page 1's table


def campaign_page(campaign: Campaign, root: Path, newest: Sequence[Block] = ()) -> str:
    """The page `reports/<campaign>/index.html` below `root`: processed periods, newest first, by unit.

    `newest` are the blocks of the newest period's report, for its figures and its gaps. Only files that exist are
    linked. A period that was never processed is not shown, but for its blank forms.
    """
    processed = stands(campaign, root)
    title = Title(f"{campaign.title}数据报送与报告", campaign.issuer, lines=(campaign.notice,))
    tables = {"periods": periods(campaign, processed), "units": units(campaign, processed)}
    figures = _figures(processed, newest)
    writer = Writer(Figures({}), targets((*(table for table, _ in (*figures, *tables.values())),)))
    parts = [
        writer.write(title),
        *_now(writer, processed, figures),
        writer.write(Heading("二、待办事项", 1, "open-part")),
        open_actions(processed, newest),
        blank_forms(campaign, _unprocessed(campaign, root, processed)),
        writer.write(Heading("三、各期报告", 1, "periods-part")),
        writer.table(*tables["periods"]),
        writer.write(Heading("四、各单位报送情况", 1, "units-part")),
        writer.table(*tables["units"]),
    ]
    body = Markup("\n").join(filter(None, parts))
    return page(title=title.text, lang="zh-CN", body=body, rows=writer.folded_rows(), css=writer.css())


def _figures(processed: Sequence[Stand], newest: Sequence[Block]) -> list[tuple[Table, Cells]]:
    leading = [plain(block) for block in newest if isinstance(block, Table) and block.id == KEY_FIGURES]
    over_time = course(processed[0].paths) if processed else None
    return [*leading, over_time] if over_time else leading


def _now(writer: Writer, processed: Sequence[Stand], figures: Sequence[tuple[Table, Cells]]) -> list[Markup]:
    """The newest period: how far its report is, then its figures."""
    if not processed:
        return []
    stand = processed[0]
    span = f"{month(stand.period.name)}（{day(stand.period.start, year=True)}至{day(stand.period.end, year=True)}）"
    state = Paragraph((Run("报告：", kind="strong"), Run(f"{stand.state}。")))
    heading = Heading(f"一、最近一期：{span}", 1, "now-part")
    return [writer.write(heading), writer.write(state), *(writer.table(*figure) for figure in figures)]


def _unprocessed(campaign: Campaign, root: Path, processed: Sequence[Stand]) -> list[Paths]:
    names = {stand.period.name for stand in processed}
    return [Paths(root, campaign.name, period.name) for period in campaign.periods if period.name not in names]
