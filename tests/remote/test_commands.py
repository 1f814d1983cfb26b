"""The other commands on a bucket: what they write is there, and nothing else has changed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tally.paths import PROJECT

SAMPLES = PROJECT / "data" / "raw" / "masks_2021" / "2021-05"


@pytest.fixture
def pipeline(bucket, tmp_path):
    """Runs a command on the bucket; what it said."""

    def run(command: str, *argv: str) -> str:
        own = ["--root", bucket.url, "--cache", str(tmp_path / "cache")]
        program = [sys.executable, str(PROJECT / "pipeline.py"), command, *argv, *own]
        done = subprocess.run(program, capture_output=True, text=True, cwd=PROJECT)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


def test_a_new_campaign_is_made_in_the_bucket_and_edited_there(pipeline, bucket, tmp_path):
    said = pipeline("new-campaign", "lifts_2022")
    assert f"已建立 {bucket.url}/campaigns/lifts_2022" in said and str(tmp_path) not in said
    made = [n for n in bucket.names() if not n.endswith("run.lock")]
    assert "campaigns/lifts_2022/__init__.py" in made
    assert all(n.startswith("campaigns/lifts_2022/") for n in made)


@pytest.mark.slow
def test_a_return_is_received_with_its_line_in_the_register_and_reminders_are_written(pipeline, bucket):
    file = next(p for p in sorted(SAMPLES.rglob("*.docx")) if "亭湖区" in p.name)
    assert "亭湖区" in pipeline("receive", str(file), "--period", "2021-05")
    assert sorted(bucket.names()) == [
        "data/raw/masks_2021/2021-05/received.csv",
        f"data/raw/masks_2021/2021-05/亭湖区/{file.name}",
    ]
    assert bucket.get(f"data/raw/masks_2021/2021-05/亭湖区/{file.name}") == file.read_bytes()
    pipeline("templates", "2021-05")
    pipeline("check", "2021-05")
    pipeline("remind", "2021-05")
    names = bucket.names()
    for folder in ("templates", "remind"):
        assert len([n for n in names if n.startswith(f"reports/masks_2021/2021-05/{folder}/")]) >= 11
