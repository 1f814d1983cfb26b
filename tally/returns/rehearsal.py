"""One invented return read from end to end in the warm process, before any notebook is forked from it.

What Python, pandas, Arrow and matplotlib make only at first use (compiled patterns, recognised labels, glyphs, lazily
built parts) is then there for every notebook, which costs a third less. The return is made from the campaign's
declaration alone and lies in a temporary folder; of what units sent, the warm process never sees anything.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from html import escape
from io import BytesIO
from pathlib import Path

import xlsxwriter

from tally import campaigns
from tally.blocks import Chart
from tally.blocks.bars import bars
from tally.declare import Campaign, Field, Form
from tally.paths import Paths
from tally.readers.apart import in_this_process
from tally.returns import shown as county_view
from tally.returns.stored import load_unit, save_unit
from tally.returns.unit import read_unit

RECORDS = 3  # of a list


def rehearse(campaign: str, root: str) -> None:
    """Reads, checks, writes and shows an invented return of the campaign's first unit for its last period."""
    declared = campaigns.load(campaign, root)
    unit = declared.units[0]
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder), declared.name, declared.periods[-1].name)
        for name, content in _files(declared).items():
            place = paths.raw / unit.name / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        with in_this_process():
            read = read_unit(declared, paths.period, unit.code, paths.root)
        save_unit(paths, declared, read)
        load_unit(paths, declared, unit.code)
    shown = [county_view.received(read, declared), county_view.findings(read), county_view.repairs(read, declared)]
    for block in (
        *shown,
        *county_view.values(read, declared),
        county_view.chart(read, declared),
        _every_character(declared),
    ):
        if block is not None:
            block._repr_mimebundle_()


def _every_character(campaign: Campaign) -> Chart:
    """What charts of counties write: no notebook then needs the font."""
    rows = [(c.label, 1, "0123456789") for form in campaign.forms for c in form.parts]
    return bars("rehearsal", "", "", rows or [("", 1, "0123456789")])


def _files(campaign: Campaign) -> dict[str, bytes]:
    files = {f"{form.number}.xlsx": _workbook(_rows(form)) for form in campaign.forms}
    return {**files, "工作总结.docx": _document(_summary(campaign))}


def _record(form: Form, number: int) -> list[str | int]:
    return [_value(f, number) for f in form.fields]


def _rows(form: Form) -> list[list[str | int]]:
    """The form as a sheet: title, header, then categories with their total right, or records."""
    rows: list[list[str | int]] = [[form.number], [form.title], []]
    if form.layout == "list":
        rows.append([f.label for f in form.fields])
        rows += [_record(form, n) for n in range(1, RECORDS + 1)]
        return rows
    rows.append([form.row_header, *(f.label + (f"（{f.unit}）" if f.unit else "") for f in form.fields)])
    for c in form.categories:
        figure = len(form.parts) if c.name == form.total else 1
        rows.append([c.label, *(f"{figure}{f.unit}" if f.numeric else "" for f in form.fields)])
    return rows


def _value(field: Field, n: int) -> str | int:
    by_kind = {"date": "2021年4月10日", "yesno": "否", "credit_code": "", "phone": "（虚构）"}
    if field.kind == "choice":
        return field.choices[0].name
    return by_kind.get(field.kind, n if field.numeric or field.kind == "seq" else f"{field.label}样例{n}（虚构）")


def _summary(campaign: Campaign) -> Iterator[str]:
    """The lines of a text summary: the figures of every matrix, then the duties."""
    yield f"关于{campaign.title}的工作总结"
    for form in campaign.forms:
        if form.layout == "matrix":
            yield "截至目前，共" + "，".join(f"{f.label}{len(form.parts)}{f.unit}" for f in form.fields) + "。"
    for duty in campaign.duties:
        yield f"{duty.title}：" + "；".join(duty.steps)


def _workbook(rows: list[list[str | int]]) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as file:
        sheet = file.add_worksheet()
        for r, row in enumerate(rows):
            sheet.write_row(r, 0, row)
    return content.getvalue()


def _document(lines: Iterator[str]) -> bytes:
    """The least that is a Word document."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    body = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>',
    }
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return content.getvalue()
