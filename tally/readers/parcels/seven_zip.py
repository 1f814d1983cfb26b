"""7z archives -> their members."""

from __future__ import annotations

import io
from collections.abc import Iterator

from tally.errors import UnreadableFile
from tally.readers.parcels.part import Budget, Part, is_litter


def seven_zip_parts(data: bytes, budget: Budget) -> Iterator[Part]:
    """Every member, in the archive's order. Raises `UnreadableFile`: "damaged", "encrypted", "too_large", "unknown_type".

    The sizes in the header are what is unpacked at most, so they are counted before anything is.
    """
    import py7zr  # 0.1 s, for those who are sent one
    from py7zr.exceptions import PasswordRequired, UnsupportedCompressionMethodError
    from py7zr.io import BytesIOFactory

    try:
        with py7zr.SevenZipFile(io.BytesIO(data)) as archive:
            members = [m for m in archive.list() if not m.is_directory and not is_litter(m.filename)]
            budget.count(len(members))
            if archive.needs_password():
                raise PasswordRequired
            budget.spend(sum(m.uncompressed for m in members))
            factory = BytesIOFactory(max((m.uncompressed for m in members), default=0))
            archive.extract(targets=[m.filename for m in members], factory=factory)
    except PasswordRequired as e:
        raise UnreadableFile("encrypted") from e
    except UnsupportedCompressionMethodError as e:
        raise UnreadableFile("unknown_type", "7z 压缩包的压缩方式不能识别") from e
    for member in members:
        content = factory.products.get(member.filename)
        yield Part(member.filename.replace("\\", "/"), content.read() if content else b"")
