"""Office files in an encrypted container.

Excel encrypts a workbook whose structure alone is protected, with a password known to every program: such a
file opens without asking anyone, so it is read here too. Any other password makes the file unreadable.
"""

from __future__ import annotations

import io

from tally.errors import UnreadableFile

_STRUCTURE_ONLY = "VelvetSweatshop"


def opened(data: bytes) -> bytes:
    """The decrypted file. Raises `UnreadableFile("encrypted")` where it takes a password."""
    import msoffcrypto  # few files need it, and it takes long to load

    clear = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        office.load_key(password=_STRUCTURE_ONLY)
        office.decrypt(clear)
    except Exception as e:  # a wrong password shows as any of a dozen errors
        raise UnreadableFile("encrypted", str(e)) from e
    return clear.getvalue()
