"""Old and rare formats by way of LibreOffice, where it is installed: .doc, .wps, .rtf, .odt, .xlsb, …"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from tally.errors import UnreadableFile
from tally.readers.limits import CONVERT_SECONDS

_PLACES = (
    "/usr/bin/soffice",
    "/usr/local/bin/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)


@cache
def converter() -> str | None:
    """The path of LibreOffice's program, None if there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((p for p in _PLACES if Path(p).exists()), None)


def converted(data: bytes, ending: str, to: str) -> bytes:
    """The file `data` (of type `ending`) as type `to` ("docx", "xlsx").

    Raises `UnreadableFile`: "needs_converter" without LibreOffice, "damaged" where it makes nothing of it.
    Each call has a profile of its own, so that calls may run side by side and beside an open LibreOffice.
    """
    program = converter()
    if program is None:
        raise UnreadableFile("needs_converter", f".{ending}")
    with tempfile.TemporaryDirectory(prefix="tally-convert-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"in.{ending}")
        source.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        out = Path(folder, "out")
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck"]
        _run([*command, "--convert-to", to, "--outdir", str(out), str(source)])
        made = out / f"in.{to}"
        if not made.exists() or not made.stat().st_size:
            raise UnreadableFile("damaged", f"LibreOffice 无法打开 .{ending}")
        return made.read_bytes()


def _run(command: list[str]) -> None:
    """Run to the end or kill the whole group: soffice starts a child of its own."""
    own_group = {"start_new_session": True} if os.name == "posix" else {}
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, **own_group
    )
    try:
        process.wait(CONVERT_SECONDS)
    except subprocess.TimeoutExpired as e:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
        raise UnreadableFile("damaged", f"转换超过 {CONVERT_SECONDS} 秒") from e
