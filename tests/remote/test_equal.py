"""A run on object storage makes what a run on a folder makes, and moves only what changed."""

from __future__ import annotations

import json
import subprocess
import sys

from tally.paths import PROJECT
from tests.remote.conftest import unit_folder, uploaded


def test_a_run_on_a_bucket_makes_what_a_run_on_a_folder_makes(ran, on_folder):
    made = ran.results()
    assert sorted(made) == sorted(on_folder)
    assert [n for n in made if made[n] != on_folder[n]] == []


def test_nothing_of_the_working_copy_that_only_it_can_use_is_sent(ran):
    names = ran.bucket.names()
    assert not [
        n
        for n in names
        if "__pycache__" in n or n.endswith(("known-files.json", "survey.json", "joined.json", "run.lock"))
    ]


def test_a_second_run_does_nothing_and_moves_no_file(ran, wire):
    again = ran.pipeline("run")
    assert again.returncode == 0, again.stderr
    assert "没有任何变化" in again.stdout
    assert wire.objects("GET", "PUT", "DELETE") == []
    assert len(wire.requests) < 40


def test_another_machine_finds_everything_done(ran, wire, tmp_path):
    done = ran.elsewhere(tmp_path).pipeline("run")
    assert done.returncode == 0, done.stderr
    assert "没有任何变化" in done.stdout
    assert wire.objects("PUT") == []


def test_status_and_trace_and_verify_read_a_bucket_without_its_lock(ran, wire):
    wire.refused = frozenset({"PUT", "DELETE", "POST"})
    status = ran.pipeline("status", "--json")
    assert status.returncode == 0, status.stderr
    assert len(json.loads(status.stdout)["units"]) == 3
    trace = ran.pipeline("trace", "cases.total.cases_handled", "--json")
    assert trace.returncode == 0, trace.stderr
    assert json.loads(trace.stdout)
    assert ran.pipeline("verify").returncode == 0


def test_one_changed_return_costs_one_unit(returns, wire, tmp_path):
    remote = uploaded(returns, tmp_path)
    assert remote.pipeline().returncode == 0
    before = remote.bucket.all()
    unit = remote.made.made.counties[1]
    files = [n for n in before if n.startswith("data/raw/") and f"/{unit.code}{unit.name}/" in n]
    for name in files:
        remote.bucket.remove(name)
    wire.requests.clear()
    changed = remote.pipeline("check", "--explain")
    assert changed.returncode == 0, changed.stderr
    assert changed.stdout.count("上报文件有变动") == 1 and "[1/1]" in changed.stdout
    after = remote.bucket.all()
    others = [unit_folder(remote, 0), unit_folder(remote, 2)]
    assert [n for n in before if n.startswith(tuple(others)) and after[n] != before[n]] == []
    assert len(wire.objects("PUT")) < 30
    assert not any(n in after for n in files), "what others removed stays removed"


def test_the_help_does_not_wait_for_the_storages_packages(tmp_path):
    code = "import sys, pipeline\ntry: pipeline.main(['--help'])\nexcept SystemExit: pass\nprint(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True)
    assert "'pipeline'" in done.stdout and "fsspec" not in done.stdout and "tally.store.remote" not in done.stdout
