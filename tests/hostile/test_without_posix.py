"""The package can be imported where the system has none of what only POSIX has: on Windows every command begins with that."""

import ast
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tally.paths import PROJECT
from tests.conftest import ONLY_ON_LINUX

POSIX_MODULES = {"fcntl", "resource", "pwd", "grp", "termios", "pty", "tty"}
POSIX_NAMES = {
    "os": {"fork", "setsid", "killpg", "getuid", "wait4", "pidfd_open", "mkfifo", "WNOHANG", "O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK"},
    "signal": {"SIGKILL", "SIGBUS", "SIGXCPU", "SIGHUP", "pidfd_send_signal"},
    "select": {"poll"},
    "socket": {"AF_UNIX", "send_fds", "recv_fds"},
}  # fmt: skip
# Loaded by the forking engine's own processes, which there are on Linux alone.
LINUX_ONLY = {"tally.engine.child", "tally.engine.zygote"}

STAND_IN = f"""
import builtins, importlib, os, pkgutil, select, signal, socket, sys
import distributed, jupyter_server.services.contents.filemanager, lxml.html, matplotlib.pyplot, nbconvert, openpyxl, papermill, psutil, pyarrow.parquet
real = builtins.__import__
def hidden(name, *args, **more):
    asker = sys._getframe(1).f_globals.get("__name__", "")
    if name in {sorted(POSIX_MODULES)} and asker.startswith("tally"):
        raise ImportError(name)
    return real(name, *args, **more)
builtins.__import__ = hidden
for module, names in {POSIX_NAMES!r}.items():
    for name in names:
        if hasattr(sys.modules[module], name):
            delattr(sys.modules[module], name)
import tally
for module in pkgutil.walk_packages(tally.__path__, "tally."):
    if module.name not in {sorted(LINUX_ONLY)} and "_skeleton" not in module.name:
        importlib.import_module(module.name)
import pipeline
pipeline.parser().parse_args(["status"])
"""


def test_every_module_is_imported_without_what_only_posix_has():
    done = subprocess.run([sys.executable, "-c", STAND_IN], capture_output=True, text=True, cwd=PROJECT, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]


def at_import(tree: ast.Module):
    """The nodes that run while a module is imported: not what functions do later, nor what a try guards."""
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Try)):
            continue
        inner = (
            [n for n in node.body if not isinstance(n, ast.FunctionDef)] if isinstance(node, ast.ClassDef) else [node]
        )
        for part in inner:
            yield from ast.walk(part)


def needing(paths: Iterable[Path]) -> list[str]:
    """Where a module needs a POSIX name while it is imported."""
    places = []
    for path in sorted(paths):
        for node in at_import(ast.parse(path.read_text(encoding="utf-8"))):
            names = {a.name for a in node.names} if isinstance(node, ast.Import) else set()
            owner = node.value.id if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) else ""
            if names & POSIX_MODULES or (owner and node.attr in POSIX_NAMES.get(owner, ())):
                places.append(f"{path.relative_to(PROJECT)}:{node.lineno}")
    return places


def test_no_module_needs_a_posix_name_while_it_is_imported():
    only = [PROJECT.joinpath(*name.split(".")).with_suffix(".py") for name in LINUX_ONLY]
    assert needing(p for p in (PROJECT / "tally").rglob("*.py") if p not in only) == []


def test_every_test_that_is_collected_elsewhere_can_be_imported_there():
    left_out = [PROJECT / "tests" / name for name in (*ONLY_ON_LINUX, "hostile/stand_in")]
    collected = [p for p in (PROJECT / "tests").rglob("*.py") if not any(p.is_relative_to(o) for o in left_out)]
    assert needing(collected) == []
