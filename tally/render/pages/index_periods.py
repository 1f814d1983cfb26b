"""The overview's tables of periods, and of units by periods: each with the files that are there."""

from __future__ import annotations

from collections.abc import Sequence

from tally.blocks import Align, Entry, Head, Table
from tally.declare import Campaign, Unit
from tally.render.blank_forms.names import FORMS, file_name
from tally.render.pages.cells import Cells, Link
from tally.render.pages.stand import Stand
from tally.writing.periods import month

_REPORT = (("网页", "report.html"), ("PDF", "report.pdf"), ("Word", "report.docx"))
_TABLES = (("汇总表", "forms.xlsx"), ("问题清单", "问题清单.xlsx"))
_LISTS = (("商务海关通报清单", "handover/commerce_customs.xlsx"), ("信用公示清单", "handover/credit_publicity.xlsx"))
_RELEASED = (("网页", "report.html"), ("PDF", "report.pdf"), ("Word", "report.docx"))
_OF_UNIT = (("反馈表", "feedback/{code}.xlsx"), ("通知", "remind/{code}.docx"), ("空白表", "templates/{forms}"))


def periods(campaign: Campaign, stands: Sequence[Stand]) -> tuple[Table, Cells]:
    """A row a period: how complete, how many findings, how far its report is, its files."""
    cells = Cells()
    rows = []
    for s in stands:
        counts = s.counts()
        texts = (
            month(s.period.name),
            f"{s.all_due - s.all_missing} / {s.all_due}",
            str(counts["error"]),
            str(counts["warning"]),
        )
        state = Entry(s.state, kind="bad" if s.broken or s.amended else "")
        files = (
            cells.links(there(s, _REPORT), there(s, _TABLES), otherwise="尚无报告"),
            cells.links(*_public(s), otherwise="未生成"),
            cells.links(*_releases(s)),
            cells.links(*([one] for one in there(s, _LISTS))),
        )
        rows.append((*map(Entry, texts), state, *files))
    heads = ("报送期", "已报 / 应报", "差错", "疑点", "发布情况", "本期报告", "公开版", "各次发布", "移送清单")
    align: tuple[Align, ...] = ("left", "center", "right", "right", *("left",) * 5)
    return Table("periods", "各期报告", (tuple(map(Head, heads)),), tuple(rows), align), cells


def there(stand: Stand, files: Sequence[Link], folder: str = "") -> list[Link]:
    """The files of a period that are there, as links from the campaign's folder."""
    return [(text, f"{stand.period.name}/{folder}{name}") for text, name in files if stand.has(f"{folder}{name}")]


def _public(stand: Stand) -> list[list[Link]]:
    files = there(stand, _REPORT, "public/")
    return [files, [("已过时，须重新生成", "")]] if stand.public_behind else [files]


def _releases(stand: Stand) -> list[list[Link]]:
    if stand.release is None:
        return []
    numbers = range(stand.release.number, 0, -1)
    return [[(f"第{n}次", ""), *there(stand, _RELEASED, f"releases/{n}/")] for n in numbers]


def units(campaign: Campaign, stands: Sequence[Stand]) -> tuple[Table, Cells]:
    """Units by periods: how the return came and what stands; leads to the unit's page, its feedback and its letter."""
    cells = Cells()
    rows = []
    for unit in campaign.units:
        row = [Entry(unit.name)]
        for s in stands:
            entry = cells.links(_page(s, unit), _files(s, unit))
            bad = s.counts(unit.code)["error"] or s.missing(unit.code)
            row.append(cells.marked(entry) if bad else entry)
        rows.append(tuple(row))
    heads = ("单位", *(month(s.period.name) for s in stands))
    left: Align = "left"
    note = "点击各期情况可查看该单位的报送记录、填报数据和发现的问题；反馈表、通知、空白表是发给该单位的文件。"
    table = Table("units", "各单位报送情况", (tuple(map(Head, heads)),), tuple(rows), (left,) * len(heads), note=note)
    return table, cells


def _page(stand: Stand, unit: Unit) -> list[Link]:
    page = f"units/{unit.code}.html"
    return [(stand.word_on(unit), f"{stand.period.name}/{page}" if stand.has(page) else "")]


def _files(stand: Stand, unit: Unit) -> list[Link]:
    forms = file_name(unit, stand.period.name, FORMS)
    return there(stand, [(text, name.format(code=unit.code, forms=forms)) for text, name in _OF_UNIT])
