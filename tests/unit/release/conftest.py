"""The lifts campaign run once, its report ready to be approved; every test works on a copy of its own."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from tally.life.approve import Approval, approve
from tally.paths import Paths
from tally.report.amendments.record import Release
from tally.run.period import Options, Reporting, run_period
from tests.campaigns import returns

CAMPAIGN, PERIOD = "lifts_2022", returns.SECOND
REASONS = (
    "unit,form,row,field,rule,explanation,who,when",
    "995102,hazards,,,returns.missing,街道来电说明本期无新增隐患,王小明,2022-04-03",
    "995103,hazards,,,returns.missing,镇里来函说明本期无新增隐患,王小明,2022-04-03",
    "995104,visits,,,returns.missing,承诺4月8日前补报,王小明,2022-04-03",
    "995104,hazards,,,returns.missing,承诺4月8日前补报,王小明,2022-04-03",
)
NARRATIVE = (
    "# 主要做法\n\n逐台检查。\n\n# 取得成效\n\n隐患减少。\n\n# 存在问题\n\n人手不足。\n\n# 下一步打算\n\n继续整改。\n"
)


def run(root: Path, period: str = PERIOD) -> None:
    run_period(CAMPAIGN, period, root, Options(), Reporting(say=lambda text: None))


def explain(root: Path, *lines: str) -> None:
    path = Paths(root, CAMPAIGN, PERIOD).explanations
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def release(root: Path, by: str = "柳青", when: date = date(2022, 4, 6), **more) -> Release:
    return approve(CAMPAIGN, PERIOD, root, Approval(by, when, **more))


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Path:
    """A root with a report that may be released: errors explained, nothing left to write."""
    root = returns.write_root(tmp_path_factory.mktemp("release"))
    explain(root, *REASONS)
    narrative = Paths(root, CAMPAIGN, PERIOD).narrative
    narrative.parent.mkdir(parents=True)
    narrative.write_text(NARRATIVE, encoding="utf-8")
    run(root)
    return root


@pytest.fixture
def root(made, tmp_path) -> Path:
    return shutil.copytree(made, tmp_path / "root")


@pytest.fixture
def paths(root) -> Paths:
    return Paths(root, CAMPAIGN, PERIOD)
