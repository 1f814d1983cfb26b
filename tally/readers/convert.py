"""Old and rare formats by way of LibreOffice, where it is installed: .doc, .wps, .rtf, .odt, …"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from tally.errors import UnreadableFile
from tally.readers.conversions import conversion
from tally.readers.limits import CONVERT_SECONDS
from tally.system import programs

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
    program = programs.program("soffice") or programs.program("libreoffice")
    return program or next((p for p in _PLACES if Path(p).exists()), None)


def converted(data: bytes, ending: str, to: str) -> bytes:
    """The file `data` (of type `ending`) as type `to` ("docx", "xlsx"), as it was made the last time or now.

    Raises `UnreadableFile`: "needs_converter" without LibreOffice, "damaged" where it makes nothing of it.
    """
    program = converter()
    if program is None:
        raise UnreadableFile("needs_converter", f".{ending}")
    return conversion(data, ending, to, program, lambda: _made(data, ending, to, program))


def _made(data: bytes, ending: str, to: str, program: str) -> bytes:
    """Each call has a profile of its own, so that calls may run side by side and beside an open LibreOffice."""
    with tempfile.TemporaryDirectory(prefix="tally-convert-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"in.{ending}")
        source.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        out = Path(folder, "out")
        _settle(Path(folder, "profile"))
        command = [
            *_without_network(),
            program,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--norestore",
            "--nolockcheck",
        ]
        _run([*command, "--convert-to", to, "--outdir", str(out), str(source)])
        made = out / f"in.{to}"
        if not made.exists() or not made.stat().st_size:
            raise UnreadableFile("damaged", f"LibreOffice 无法打开 .{ending}")
        return made.read_bytes()


_SETTINGS = {  # of the throw-away profile: no macro runs, no link is followed, and nothing is reached over a network
    ("Office.Common/Security/Scripting", "MacroSecurityLevel"): "3",
    ("Office.Common/Security/Scripting", "DisableMacrosExecution"): "true",
    ("Office.Common/Security/Scripting", "DisableActiveContent"): "true",
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks"): "true",
    ("Office.Writer/Content/Update", "Link"): "0",
    ("Office.Calc/Content/Update", "Link"): "1",
    ("Inet/Settings", "ooInetProxyType"): "2",
    ("Inet/Settings", "ooInetHTTPProxyName"): "127.0.0.1",
    ("Inet/Settings", "ooInetHTTPProxyPort"): "9",
    ("Inet/Settings", "ooInetHTTPSProxyName"): "127.0.0.1",
    ("Inet/Settings", "ooInetHTTPSProxyPort"): "9",
    ("Inet/Settings", "ooInetNoProxy"): "",
}
_ITEM = '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'


def _settle(profile: Path) -> None:
    items = "".join(_ITEM.format(path, name, value) for (path, name), value in _SETTINGS.items())
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


@cache
def _without_network() -> tuple[str, ...]:
    """What starts a program without any network, where the system lets us: a namespace of its own."""
    unshare = programs.program("unshare")
    command = (unshare, "--map-root-user", "--net", "--") if unshare else ()
    works = bool(command) and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
    return command if works else ()


def _run(command: list[str]) -> None:
    """Run to the end or kill the whole group: soffice starts a child of its own."""
    nowhere = {name: "http://127.0.0.1:9" for name in ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy")}
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
        env={**os.environ, **nowhere, "no_proxy": ""}, start_new_session=os.name == "posix",
    )  # fmt: skip
    try:
        process.wait(CONVERT_SECONDS)
    except BaseException as e:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
        if isinstance(e, subprocess.TimeoutExpired):
            raise UnreadableFile("damaged", f"转换超过 {CONVERT_SECONDS} 秒") from e
        raise
