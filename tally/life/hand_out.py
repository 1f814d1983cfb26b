"""What goes out to the units at the beginning of a period: blank forms, a blank work summary, a mail with both, ready to be sent.

declarations + last returns -> templates/<unit>-<period>-统计表.xlsx, …-工作总结.docx, …-邮件.eml
"""

from __future__ import annotations

from pathlib import Path

from tally.declare import Campaign, Unit
from tally.life.drafts import EXCEL, WORD, Attachment, mail
from tally.paths import Paths
from tally.render.blank_forms import write_templates
from tally.render.blank_forms.names import LETTER, SUMMARY, file_name
from tally.render.blank_forms.summary_form import summary_form
from tally.report.phrases import day
from tally.store.files import write_bytes
from tally.writing.periods import month


def hand_out(campaign: Campaign, paths: Paths) -> list[Path]:
    """Writes the units' files; the workbooks, in the campaign's order. Errors as of `write_templates`."""
    workbooks = write_templates(campaign, paths)
    for unit, workbook in zip(campaign.reporters, workbooks, strict=True):
        attached = [Attachment(workbook.name, workbook.read_bytes(), EXCEL)]
        if _owes_summary(campaign, paths.period, unit):
            attached.append(_summary(campaign, paths.period, unit))
            write_bytes(workbook.with_name(attached[-1].name), attached[-1].content)
        letter = workbook.with_name(file_name(unit, paths.period, LETTER))
        write_bytes(letter, _letter(campaign, paths.period, unit, attached))
    return workbooks


def _owes_summary(campaign: Campaign, period: str, unit: Unit) -> bool:
    return "summary" in campaign.period(period).due and unit.must("summary")


def _summary(campaign: Campaign, period: str, unit: Unit) -> Attachment:
    content = summary_form(campaign, period, unit, timestamp=campaign.period(period).moment)
    return Attachment(file_name(unit, period, SUMMARY), content, WORD)


def _letter(campaign: Campaign, period: str, unit: Unit, attached: list[Attachment]) -> bytes:
    subject = f"关于报送{campaign.title}{month(period)}统计表的通知（{unit.name}）"
    return mail(subject, "\n".join(_lines(campaign, period, unit)), attached, f"{campaign.name}-{period}-{unit.code}")


def _lines(campaign: Campaign, period: str, unit: Unit) -> list[str]:
    due = campaign.period(period).due
    names = {f.name: f"{f.number}《{f.title}》" for f in unit.owed(campaign.forms)}
    names |= {"summary": "工作总结"} if unit.must("summary") else {}
    asked = "统计表和工作总结" if _owes_summary(campaign, period, unit) else "统计表"
    dates = [f"{names[form]}：{day(when, year=True)}前" for form, when in due.items() if when and form in names]
    when = ["报送时限：", *(f"　　{line}" for line in dates)] if dates else []
    return [
        f"{unit.office or unit.name}：", "",
        f"　　请填报{campaign.title}{month(period)}报送期的{asked}，空白表见附件。名单类的表已填入上期所报各条，"
        "请逐条核对后更改、删去或增补；没有内容的统计表请报“零报告”。填好后把文件原样发回，不必改名。",
        *when, "", campaign.issuer, "",
    ]  # fmt: skip
