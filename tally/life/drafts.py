"""A mail ready to be sent to a unit: its text, and the files that go with it attached under the unit's name.

An .eml file that mail programs open as a draft (`X-Unsent`); the address is left to the analyst, whom tally does not know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from tally.declare import Campaign, Unit
from tally.writing.periods import month

WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a mail; `kind` is its media type below application/."""

    name: str
    content: bytes
    kind: str


def mail(subject: str, text: str, attached: Sequence[Attachment], what: str) -> bytes:
    """The draft's bytes; the same parts give the same bytes. `what`: no other draft of ours is called so."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    message["X-Unsent"] = "1"
    message.set_content(text)
    for part in attached:
        message.add_attachment(part.content, maintype="application", subtype=part.kind, filename=part.name)
    if attached:
        message.set_boundary(f"=={sha256(what.encode()).hexdigest()[:32]}==")
    return message.as_bytes()


def workbook_name(unit: Unit, period: str) -> str:
    """What a unit's feedback is called where it goes out."""
    return f"{unit.name}{month(period)}报送期问题清单.xlsx"


def draft(campaign: Campaign, period: str, unit: Unit, text: str, letter: bytes, workbook: bytes) -> bytes:
    """The mail with a reminder. `workbook`: the unit's feedback, b"" if it has no faults."""
    named = f"{unit.name}{month(period)}报送期"
    attached = [Attachment(f"{named}通知.docx", letter, WORD)]
    if workbook:
        attached.append(Attachment(workbook_name(unit, period), workbook, EXCEL))
    subject = f"关于报送和更正{campaign.title}统计表的通知（{named}）"
    return mail(subject, text, attached, f"{campaign.name}-{period}-{unit.code}")
