"""A form's return with what scans of it say: a witness beside the unit's own file, else figures that want a witness."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from tally import catalogue
from tally.declare import Campaign, Form, Period
from tally.model import ABSENT, Place, Return
from tally.returns.candidates import Candidate
from tally.returns.scanned_lists import known_firms, list_against, witnessed_list
from tally.returns.scans import Scan
from tally.returns.versions import Counted, choose
from tally.returns.witnesses import held_against, witnessed

Read = Callable[[Counted], Return]  # tables that count -> the return


def with_scans(
    campaign: Campaign,
    period: Period,
    form: Form,
    ret: Return,
    scans: Iterable[Scan],
    read: Read,
    others: Iterable[Return],
) -> Return:
    """`ret` held against scans of the form, or what they show where nothing else came. `others`: the unit's other returns."""
    of_form = [scan for scan in scans if any(t.form == form.name for t in scan.tables)]
    if not of_form:
        return ret
    if form.layout == "list":
        return _with_list(campaign, period, form, ret, of_form, read, others)
    for scan in of_form:
        shown = read(Counted(tuple(_candidates(form, [scan])[:1])))
        if ret.state in ABSENT:
            ret = witnessed(form, shown, scan)
        else:
            ret = replace(ret, findings=(*ret.findings, *held_against(form, ret, shown, scan)))
    return ret


def _candidates(form: Form, scans: Sequence[Scan]) -> list[Candidate]:
    return [Candidate(t, scan.file) for scan in scans for t in scan.tables if t.form == form.name]


def _with_list(
    campaign: Campaign,
    period: Period,
    form: Form,
    ret: Return,
    scans: Sequence[Scan],
    read: Read,
    others: Iterable[Return],
) -> Return:
    """Pages of a list may be pictures of their own: they are put together as the parts of any list are."""
    shown = read(choose(campaign, period, form, _candidates(form, scans)))
    if ret.state not in ABSENT:
        return replace(ret, findings=(*ret.findings, *list_against(form, ret, shown, scans)))
    if shown.state in ABSENT or shown.frame.empty:
        place = Place(scans[0].document.file)
        nothing = catalogue.finding("scan.list/none", place, unit=ret.unit, form=form.name, title=form.title)
        return replace(ret, findings=(*ret.findings, nothing))
    return witnessed_list(form, shown, scans, known_firms(form, others))
