"""Files being written: hidden, marked as parts in their names, renamed when whole. What a killed process leaves is told by that.

Every file that this package writes goes through `begin`, most by `write_bytes`. A part whose writer is dead is removed by `sweep`: whoever
holds the root's lock may do so, because nobody else writes there.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tally.errors import TallyError
from tally.system.long_paths import is_too_long
from tally.system.replacing import replace

if TYPE_CHECKING:
    import pyarrow as pa

_MARK = ".part"


def begin(target: Path) -> tuple[int, Path]:
    """A new empty part in the folder of `target` (made if need be): its open descriptor and its place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    suffix = _MARK + target.suffix * (target.suffix == ".ipynb")  # papermill asks for the name of a notebook
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=suffix)
    return handle, Path(name)


def _umask() -> int:
    """What the user's settings withhold from the group and from others."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


_WITHHELD = _umask()  # read once: a process has one, and to read it is to set it


def as_others_may(part: Path) -> None:
    """The rights of any new file of this user's: a part, made for its owner alone, is about to become what people open."""
    part.chmod(0o666 & ~_WITHHELD)


def sweep(*folders: Path) -> None:
    """Removes every part that lies directly in the folders."""
    for folder in folders:
        for pattern in (f".*{_MARK}", f".*{_MARK}.ipynb"):
            for part in folder.glob(pattern):
                part.unlink(missing_ok=True)


def sweep_below(*folders: Path) -> None:
    """Removes every part in the folders and all folders below."""
    for folder in folders:
        for place, _, _ in os.walk(folder):
            sweep(Path(place))


def write_bytes(path: Path, content: bytes | pa.Buffer, *, lasting: bool = False) -> None:
    """Puts `content` at `path`, whole or not at all; makes the folder. `lasting`: on the disk before this returns."""
    try:
        handle, part = begin(path)
        try:
            with os.fdopen(handle, "wb") as f:
                f.write(content)
                if lasting:
                    f.flush()
                    os.fsync(f.fileno())
            as_others_may(part)
            replace(part, path)
            if lasting:
                sync_folder(path.parent)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as e:
        raise unwritable(path, e) from e


def unwritable(path: Path, error: OSError) -> TallyError:
    """That nothing could be written at `path`, why, and what can be done."""
    if is_too_long(path, error):
        return TallyError(f"无法写入 {path}：路径太长", "请把数据文件夹移到更短的路径下，或缩短文件名")
    return TallyError(
        f"无法写入 {path}：{error.strerror or error}",
        "请检查磁盘空间和文件夹的写入权限，或关闭占用该文件的程序后重试",
    )


def kept(path: Path) -> bytes:
    """What stands in a file that people keep, b"" where there is none; TallyError where it cannot be read, or is a folder."""
    try:
        return path.read_bytes() if path.exists() else b""
    except OSError as e:
        raise TallyError(f"无法读取 {path}：{e.strerror or e}", "文件可能正被 Excel 独占打开，关闭后重试") from e


def write_text(path: Path, content: str, *, lasting: bool = False) -> None:
    write_bytes(path, content.encode("utf-8"), lasting=lasting)


def sync_folder(folder: Path) -> None:
    """Names in the folder are on the disk too; nothing where a system has no such thing."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
