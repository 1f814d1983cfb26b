"""Words within a table that speak of one record: that it does not hold, that it is another unit's, what a remark says of its row.

A list's own words (a firm's name, a remark) and columns the form does not know are read alike: 误报，请删除, 作废, 已迁往.
Nothing is left out for such words; a person is told at the cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tally.declare import Field
from tally.locate.body import Body, Reporter
from tally.locate.extra_columns import purpose_of
from tally.locate.headers import Header
from tally.locate.notes import qualifies
from tally.locate.view import View
from tally.model import Finding
from tally.writing.characters import narrow
from tally.writing.nothing import NOTHING

_VOID = re.compile(
    r"误报|误填|填错|请?删除|待删|作废|废止|不计入|不计$|剔除|撤销|取消上报|重复(填|报|计)|^重复$|无此(企业|产品|批次)|非本(辖区|[区县市])|^退回$"
)
_AGAINST = re.compile(
    rf"{_VOID.pattern}|有误|错误|更正|待定|待核|复检|无效|重复|注销|吊销|迁[往出至到]|搬[离迁]|空壳|不生产|不再生产|已?报过|已报|未报|取消|删"
    r"|同序号|同一(企业|批次|产品)|退出|外地|代加工|退回"
)
# Fields that tell what was done about a product: there 注销, 更正 and 复检 are steps.
_STEPS = re.compile(r"措施|处理|处置|帮扶|项目|方向|标准|依据")
_REMARK = re.compile(r"(其他|情况|填报)?(备注|说明|附注|备考|批注|意见)(说明|情况)?\d?")
_NO = re.compile(r"(是否|有无|可否).*")
_MOST = 20  # cells of one column that are spoken of one by one


def words_of_records(view: View, header: Header, body: Body) -> Iterator[Finding]:
    """A warning at each cell that says of its record that it may not hold."""
    if header.form.layout == "list":
        for column in header.columns:
            yield from _of_column(view, header, body, column.col, header.form.field(column.field))


def _of_column(view: View, header: Header, body: Body, col: int, field: Field) -> Iterator[Finding]:
    if field.kind != "text":
        return
    against = _VOID if _STEPS.search(field.label) else _AGAINST
    report = Reporter(view, header.form)
    seen: dict[str, bool] = {}
    for key, row in body.rows:
        raw = view.own(row, col)
        if not isinstance(raw, str):
            continue
        if raw not in seen:
            seen[raw] = against.search(narrow(raw)) is not None
        if seen[raw] and not _agrees(view, header, row, narrow(raw)):
            yield report(
                "form.record_words",
                row,
                col,
                row=key,
                field=field.name,
                found=raw[:200],
                text=raw[:80],
                label=field.label,
            )


def _agrees(view: View, header: Header, row: int, text: str) -> bool:
    """True if a choice of the same record says what the words say: 注销 beside a remark 已注销."""
    for column in header.columns:
        field = header.form.field(column.field)
        value = view.text(row, column.col)
        if (
            field.kind == "choice"
            and value
            and any(value in (c.name, *c.aliases) and c.name in text for c in field.choices)
        ):
            return True
    return False


def words_of_extra(view: View, header: Header, body: Body, col: int, label: str) -> Iterator[Finding]:
    """What stands in a column that the form does not know: of a column of remarks each text, of another what tells against a record."""
    if purpose_of(view, header, body, col) != "unknown":
        return
    remark = (
        _REMARK.fullmatch(view.label(header.last, col).core) is not None or _REMARK.fullmatch(narrow(label)) is not None
    )
    report = Reporter(view, header.form)
    count = 0
    for key, row in body.rows:
        text = view.text(row, col) if view.own(row, col) is not None else ""
        if not text or text in NOTHING or text.replace(".", "").isdigit() or count >= _MOST:
            continue
        doubted = _AGAINST.search(text) or qualifies(text) or _denied(narrow(label), text)
        if doubted or (remark and header.form.layout == "matrix"):
            count += 1
            yield report("form.extra_words", row, col, row=key, found=text[:200], text=text[:80], label=label)


def _denied(label: str, text: str) -> bool:
    """True for 是 under 是否删除 and for 否 under 是否口罩企业."""
    return bool(_NO.fullmatch(label)) and text in (("是", "有") if _AGAINST.search(label) else ("否", "无"))


def some_texts(view: View, body: Body, col: int) -> str:
    """The first few different texts of a column, as quoted in a sentence: “删除”“保留”等; "" for figures alone."""
    every = dict.fromkeys(view.text(row, col) for _, row in body.rows)
    texts = [t for t in every if t and not t.replace(".", "").isdigit()]
    first = texts[:3]
    return "".join(f"“{t[:20]}”" for t in first) + ("等" if len(texts) > len(first) else "")
