"""What goes wrong has a message with a remedy, never a traceback, and never stops the other units."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.end_to_end.conftest import pipeline, sample


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("run", "2021-99"), 2, "2021-99"),
        (("run", "2021-05", "--campaign", "nope"), 2, "masks_2021"),
        (("run",), 2, "data/raw"),
        (("check", "2021-05"), 1, "上报文件夹"),
        (("trace", "2021-05", "cases.total.cases_handled"), 1, "pipeline.py run"),
        (("verify", "2021-05"), 1, "pipeline.py run"),
    ],
)
def test_what_does_not_exist_is_said_with_the_remedy(tmp_path, args, code, said):
    done = pipeline(*args, root=tmp_path)
    assert done.code == code, done.output
    assert said in done.output
    assert "Traceback" not in done.output


def test_an_empty_folder_is_said(tmp_path):
    (tmp_path / "data/raw/masks_2021/2021-05").mkdir(parents=True)
    done = pipeline("check", "2021-05", root=tmp_path)
    assert done.code == 1
    assert "没有任何上报文件" in done.output


def test_broken_files_cost_only_themselves(tmp_path):
    root = sample(tmp_path, "2021-05")
    raw = root / "data/raw/masks_2021/2021-05"
    good = (raw / "亭湖区/亭湖区5月附件3-5.xlsx").read_bytes()
    (raw / "亭湖区/空.xlsx").write_bytes(b"")
    (raw / "盐都/坏.xlsx").write_bytes(good[:3000])
    (raw / "建湖/扫描.pdf").write_bytes(b"%PDF-1.4")
    done = pipeline("check", "2021-05", root=root)
    assert done.code == 0, done.output
    processed = root / "data/processed/masks_2021/2021-05"
    findings = pd.read_parquet(processed / "findings.parquet")
    found = dict(zip(findings["file"], findings["rule"], strict=True))
    assert found["亭湖区/空.xlsx"] == "file.empty"
    assert found["盐都/坏.xlsx"] == "file.damaged"
    assert found["建湖/扫描.pdf"] == "file.damaged"  # no page can be found in it
    returns = pd.read_parquet(processed / "returns.parquet").query("form == 'cases'")
    assert set(returns[returns["state"] == "missing"]["unit"]) == {"320921"}


def test_help_explains_itself(tmp_path):
    done = pipeline("run", "--help", root=tmp_path)
    assert done.code == 0
    assert "--strict" in done.output and "2021-05" in done.output


def test_raw_data_is_never_written(tmp_path):
    root = sample(tmp_path, "2021-05")
    raw = root / "data/raw"
    before = {p: (p.read_bytes() if p.is_file() else b"", p.stat().st_mtime_ns) for p in raw.rglob("*")}
    pipeline("check", "2021-05", root=root)
    assert {p: (p.read_bytes() if p.is_file() else b"", p.stat().st_mtime_ns) for p in raw.rglob("*")} == before
