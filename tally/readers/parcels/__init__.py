"""Kinds of file that hold other files: archives, mails. `tally.readers.leaves` takes them apart, however deep they lie.

A new kind of parcel is a function (bytes and budget in, parts out) and a line in `PARCELS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tally.readers.parcels.letter import Letter
from tally.readers.parcels.mail import mail_letter, mail_parts
from tally.readers.parcels.mailbox import mailbox_parts
from tally.readers.parcels.outlook import outlook_letter, outlook_parts
from tally.readers.parcels.part import Budget, Part
from tally.readers.parcels.rar import rar_parts
from tally.readers.parcels.self_extracting import self_extracting_parts
from tally.readers.parcels.seven_zip import seven_zip_parts
from tally.readers.parcels.signed import signed_parts
from tally.readers.parcels.tar import packed_parts, tar_parts
from tally.readers.parcels.tnef import tnef_parts
from tally.readers.parcels.zip_archive import zip_parts

PARCELS: dict[str, Callable[[bytes, Budget], Iterator[Part]]] = {
    "zip": zip_parts,
    "7z": seven_zip_parts,
    "rar": rar_parts,
    "tar": tar_parts,
    "packed": packed_parts,
    "eml": mail_parts,
    "msg": outlook_parts,
    "tnef": tnef_parts,
    "mbox": mailbox_parts,
    "cms": signed_parts,
    "exe": self_extracting_parts,
}
LETTERS: dict[str, Callable[[bytes], Letter]] = {"eml": mail_letter, "msg": outlook_letter}
