"""A mail ready to be sent to each unit: the letter as its text, the Word letter and the feedback workbook attached.

An .eml file that mail programs open as a draft (`X-Unsent`); the address is left to the analyst, whom tally does not know.
"""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from tally.declare import Campaign, Unit
from tally.writing.periods import month

_WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draft(campaign: Campaign, period: str, unit: Unit, text: str, letter: bytes, workbook: Path | None) -> bytes:
    """The draft's bytes; the same parts give the same bytes. `workbook`: the unit's feedback, None if it has no faults."""
    mail = EmailMessage(policy=SMTP)
    named = f"{unit.name}{month(period)}报送期"
    mail["Subject"] = f"关于报送和更正{campaign.title}统计表的通知（{named}）"
    mail["X-Unsent"] = "1"
    mail.set_content(text)
    mail.add_attachment(letter, maintype="application", subtype=_WORD, filename=f"{named}通知.docx")
    if workbook is not None:
        content = workbook.read_bytes()
        mail.add_attachment(content, maintype="application", subtype=_EXCEL, filename=f"{named}问题清单.xlsx")
    mail.set_boundary(f"=={campaign.name}-{period}-{unit.code}==")
    return mail.as_bytes()
