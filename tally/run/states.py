"""What a step depends on, so that it runs again exactly when something it uses has changed.

A step's state is a dict of named parts, each a short hash; it is stored beside the step's outputs once they are whole.
Parts that differ are the reason, in words, for running again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tally import campaigns
from tally.clean.unit_names import unit_of
from tally.declare import Campaign
from tally.intake.survey import Survey
from tally.paths import Paths, notebooks
from tally.store.digests import code_digest, digest, file_digest, versions
from tally.store.files import kept
from tally.store.seals import read_record, sha256, write_record

_WORDS = {
    "files": "上报文件有变动",
    "register": "收文登记有变动",
    "notebook": "笔记本有改动",
    "parameters": "参数不同",
    "code": "程序有改动",
    "declared": "专项的声明有改动",
    "words": "已确认的写法有变动",
    "corrections": "更正或说明有变动",
    "previous": "上期数据有变动",
    "versions": "依赖的软件版本不同",
    "units": "单位数据有变动",
    "narrative": "人工撰写的文字有变动",
    "acceptances": "对单位数字的认可有变动",
    "outputs": "输出文件缺失或被改动",
}

State = Mapping[str, str]


def common(campaign: Campaign, paths: Paths, notebook: str) -> dict[str, str]:
    """What every step depends on: its notebook, the program, the campaign's declaration, versions."""
    return {
        "notebook": file_digest(notebooks() / f"{notebook}.ipynb"),
        "code": code_digest(),
        "declared": campaigns.declaration_digest(campaign.name, paths.root),
        "words": file_digest(paths.mappings),
        "versions": digest(json.dumps(_comparable(versions()), sort_keys=True)),
    }


def _comparable(known: Mapping[str, str]) -> dict[str, str]:
    """Versions as far as results depend on them: a patch of Python (3.11.2, 3.11.7) mends, and computes the same."""
    return {**known, "python": ".".join(known["python"].split(".")[:2])}


class UnitStates:
    """What county.ipynb of each unit depends on; `root` is left out, so that a moved project stays fresh."""

    def __init__(self, campaign: Campaign, paths: Paths, surveyed: Survey):
        self.paths, self.surveyed, self.campaign = paths, surveyed, campaign
        names = [p.name for p in campaign.periods]
        self.earlier = [paths.beside(name) for name in reversed(names[: names.index(paths.period)])]
        self.common = common(campaign, paths, "county")
        self.corrections = _lines_by_unit(campaign, paths.corrections)

    def of(self, unit: str) -> State:
        s, files = self.surveyed, self.surveyed.of(unit)
        received = [
            f"{f.path}|{f.sha256}|{f.received}|{sorted(s.claims[f.path])}|{s.register.get(f.path)}" for f in files
        ]
        shared = [f"{p}|{sorted(s.claims[p])}" for f in files for p in s.shared.get(f.sha256, ())]
        parameters = {"campaign": self.campaign.name, "period": self.paths.period, "unit": unit}
        return {
            **self.common,
            "parameters": digest(json.dumps(parameters, sort_keys=True)),
            "files": digest(*received, *shared),
            "corrections": digest(*self.corrections.get(unit, ()), *self.corrections.get("", ())),
            "previous": self._previous(unit),
        }

    def _previous(self, unit: str) -> str:
        """Of the last period in which the unit was processed, whose own state rests on those before it; "" if there is none."""
        states = (state_file(paths.unit(unit)) for paths in self.earlier)
        return next((file_digest(state) for state in states if state.exists()), "")


def _lines_by_unit(campaign: Campaign, path: Path) -> dict[str, list[str]]:
    """The lines of a corrections file by unit; under "" what concerns all: its header, and lines that name no one unit."""
    by_unit: dict[str, list[str]] = {}
    lines = kept(path).decode("utf-8-sig", "replace").splitlines()
    for number, line in enumerate(lines):
        named = unit_of(campaign, line.split(",")[0].strip(' "')).codes if number else frozenset()
        by_unit.setdefault(next(iter(named)) if len(named) == 1 else "", []).append(f"{number}|{line}")
    return by_unit


def after(
    campaign: Campaign, states: Iterable[Path], paths: Paths, notebook: str, parameters: Mapping[str, str]
) -> State:
    """What a step over all units depends on: their states and the files that the analyst keeps."""
    return {
        **common(campaign, paths, notebook),
        "parameters": digest(json.dumps(parameters, sort_keys=True)),
        "units": digest(*(x for p in states for x in (p.parent.name, file_digest(p)))),
        "register": file_digest(paths.register),
        "corrections": file_digest(paths.corrections, paths.explanations),
        "narrative": file_digest(paths.narrative),
    }


def joined_state(campaign: Campaign, paths: Paths, units: Iterable[str], failed: Iterable[str] = ()) -> State:
    """What the tables of all units together depend on."""
    before = campaign.before(paths.period)
    states = [state_file(paths.unit(u)) for u in units]
    states += [state_file(paths.beside(before.name).processed)] if before else []
    return after(campaign, states, paths, "county", {"period": paths.period, "failed": "".join(sorted(failed))})


def report_state(campaign: Campaign, paths: Paths, edition: str, area: str = "") -> State:
    """What a report and its outputs depend on."""
    asked = {"edition": edition, "period": paths.period, "area": area}
    state = after(campaign, [state_file(paths.processed)], paths, "report", asked)
    return {**state, "acceptances": file_digest(paths.acceptances)}


def state_file(folder: Path) -> Path:
    return folder / "state.json"


def reasons(stored: Path, now: State) -> list[str]:
    """Why a step must run: [] if what is stored equals `now`, and what it made is as it was made."""
    before = read_record(stored)
    if before is None:
        begun = stored.parent.is_dir() and any(stored.parent.iterdir())
        return ["上一次没有运行完"] if begun else ["还没有运行过"]
    changed = [_WORDS[k] for k in now if before.get(k) != now[k]]
    return [*changed, _WORDS["outputs"]] if changed_since(stored, before) else changed


def changed_since(stored: Path, state: Mapping[str, Any] | None = None) -> list[str]:
    """The files that a step made, as `keep` was told, and that are missing or no longer what it made."""
    state = read_record(stored) or {} if state is None else state
    made = {stored.parent / name: known for name, known in state.get("outputs", {}).items()}
    return [str(path) for path, known in made.items() if not path.is_file() or sha256(path.read_bytes()) != known]


def keep(stored: Path, state: State, made: Iterable[Path] = ()) -> None:
    """Notes what a step depended on, and the hashes of what it `made` in the state's folder or above."""
    hashes = {os.path.relpath(p, stored.parent).replace(os.sep, "/"): sha256(p.read_bytes()) for p in made}
    write_record(stored, {**state, "outputs": hashes}, lasting=stored.parent.parent.name != "units")
