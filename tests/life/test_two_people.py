"""Two people at work on one root: whoever comes second is told who is there, and nothing is touched."""

from __future__ import annotations

import os

import pytest

import pipeline
from tally.campaigns.masks_2021 import CAMPAIGN
from tally.paths import Paths
from tally.store import lock


@pytest.fixture
def root(tmp_path):
    """A root in which every command would find something to do."""
    paths = Paths(tmp_path, CAMPAIGN.name, "2021-05")
    paths.raw.mkdir(parents=True)
    (paths.raw / "亭湖区.csv").write_text("附件4\n", "utf-8")
    paths.reports.mkdir(parents=True)
    (paths.reports / "manifest.json").write_text("{}", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        ("run", "2021-05"),
        ("check", "2021-05"),
        ("templates", "2021-05"),
        ("receive", "亭湖区.csv", "--period", "2021-05"),
        ("remind", "2021-05"),
        ("approve", "2021-05", "--by", "柳青"),
    ],
    ids=lambda command: command[0],
)
def test_the_second_is_told_and_nothing_is_mixed(command, root, capsys):
    with lock.held(root):
        before = {p: p.stat().st_mtime_ns for p in root.rglob("*") if p.is_file()}
        assert pipeline.main([*command, "--root", str(root), "--lang", "zh"]) == 1
        assert {p: p.stat().st_mtime_ns for p in root.rglob("*") if p.is_file()} == before
    told = capsys.readouterr().err
    assert (
        f"另一个运行正在使用这个数据文件夹：{os.uname().nodename} 上的进程 {os.getpid()}" in told and "办法：" in told
    )
