"""What a step depends on, so that it runs again exactly when something it uses has changed.

A step's state is a dict of named parts, each a short hash; it is stored beside the step's outputs once they are whole.
Parts that differ are the reason, in words, for running again.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tally.digests import code_digest, digest, file_digest
from tally.intake import Survey
from tally.paths import Paths, notebooks
from tally.store import write_text

PACKAGES = (
    "pandas",
    "numpy",
    "pyarrow",
    "python-calamine",
    "openpyxl",
    "python-docx",
    "lxml",
    "matplotlib",
    "nbconvert",
    "papermill",
    "typst",
    "xlsxwriter",
)
_WORDS = {
    "files": "上报文件有变动",
    "register": "收文登记有变动",
    "notebook": "笔记本有改动",
    "parameters": "参数不同",
    "code": "程序有改动",
    "corrections": "更正或说明有变动",
    "previous": "上期数据有变动",
    "versions": "依赖的软件版本不同",
    "units": "单位数据有变动",
    "narrative": "人工撰写的文字有变动",
    "outputs": "输出文件缺失或被改动",
}

State = Mapping[str, str]


@cache
def versions() -> dict[str, str]:
    """The versions of what the outputs depend on."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found


def common(notebook: str, parameters: Mapping[str, str]) -> dict[str, str]:
    return {
        "notebook": file_digest(notebooks() / f"{notebook}.ipynb"),
        "parameters": digest(json.dumps(parameters, sort_keys=True)),
        "code": code_digest(),
        "versions": digest(json.dumps(versions(), sort_keys=True)),
    }


def county_state(
    paths: Paths, surveyed: Survey, unit: str, parameters: Mapping[str, str], previous: Paths | None
) -> State:
    """What county.ipynb of one unit depends on; `root` is left out, so that a moved project stays fresh."""
    files = [
        f"{f.path}|{f.sha256}|{f.received}|{sorted(surveyed.claims[f.path])}|{surveyed.register.get(f.path)}"
        for f in surveyed.of(unit)
    ]
    shared = [str(sorted(v)) for h, v in surveyed.shared.items() if any(f.sha256 == h for f in surveyed.of(unit))]
    return {
        **common("county", parameters),
        "files": digest(*files, *shared),
        "corrections": file_digest(paths.corrections),
        "previous": file_digest(state_file(previous.unit(unit))) if previous else "",
    }


def after(states: Iterable[Path], paths: Paths, notebook: str, parameters: Mapping[str, str]) -> State:
    """What a step over all units depends on: their states and the files that the analyst keeps."""
    return {
        **common(notebook, parameters),
        "units": digest(*(x for p in states for x in (p.parent.name, file_digest(p)))),
        "register": file_digest(paths.register),
        "corrections": file_digest(paths.corrections, paths.explanations),
        "narrative": file_digest(paths.narrative),
    }


def state_file(folder: Path) -> Path:
    return folder / "state.json"


def reasons(stored: Path, now: State) -> list[str]:
    """Why a step must run: [] if what is stored equals `now`."""
    try:
        before = json.loads(stored.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ["还没有运行过"]
    return [_WORDS[k] for k in now if before.get(k) != now[k]]


def keep(stored: Path, state: State) -> None:
    write_text(stored, json.dumps(dict(state), ensure_ascii=False, indent=1, sort_keys=True))
