"""A mailbox in one file (.mbox) -> its mails; and what mail programs put around one (.emlx, a byte order mark)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tally.readers.parcels.part import Budget, Part

_FROM = re.compile(
    rb"^From \S.*\d{4}\r?\n(?=[A-Za-z][A-Za-z0-9-]*:)", re.M
)  # a line that a mailbox puts before each mail
_COUNT = re.compile(
    rb"\A\s*(\d{1,12})\s*\r?\n(?=[A-Za-z][A-Za-z0-9-]*:)"
)  # Apple's mail writes a mail's size before it
_MARK = b"\xef\xbb\xbf"


def is_mailbox(data: bytes) -> bool:
    """Whether the bytes are mails one after the other; a single one after its line is a mail."""
    return data.startswith(b"From ") and len(_FROM.findall(data)) > 1


def mailbox_parts(data: bytes, budget: Budget) -> Iterator[Part]:
    """Every mail, in order."""
    starts = [m.start() for m in _FROM.finditer(data)]
    budget.count(len(starts))
    for n, (start, end) in enumerate(zip(starts, [*starts[1:], len(data)], strict=True), 1):
        budget.spend(end - start)
        yield Part(f"第{n}封.eml", data[start:end])


def bare_mail(data: bytes) -> bytes:
    """The mail without what is put before and after it."""
    data = data.removeprefix(_MARK)
    if counted := _COUNT.match(data):
        return data[counted.end() : counted.end() + int(counted[1])]
    return data
