"""An S3-compatible server of one's own in a process of its own, and a nation's returns in one of its buckets."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.nation.places import NAME
from benchmarks.nation.returns import PERIOD
from benchmarks.wire import Wire
from tally.paths import PROJECT, Paths
from tests.scale.conftest import Run, made

pytest.importorskip("s3fs")
COUNTIES = 3


@pytest.fixture(scope="session")
def server() -> Iterator[tuple[str, int]]:
    """The server's host and port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError:
            assert time.monotonic() < until and process.poll() is None
            time.sleep(0.05)
    yield "127.0.0.1", port
    process.kill()
    process.wait()


@pytest.fixture(scope="session")
def line(server) -> Iterator[Wire]:
    """The line to the server, which everything that follows here goes through."""
    with pytest.MonkeyPatch.context() as patch:
        wire = Wire(server)
        for name in [n for n in os.environ if n.startswith(("AWS_", "FSSPEC_")) or n.lower().endswith("_proxy")]:
            patch.delenv(name)
        patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{wire.port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "nobody")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        yield wire
        wire.close()


@pytest.fixture
def wire(line) -> Iterator[Wire]:
    """The line to the server, with nothing noted and nothing refused yet."""
    line.requests.clear()
    yield line
    line.refused, line.removes, line.conditions, line.at = frozenset(), True, True, lambda method, path: None


@dataclass(frozen=True)
class Bucket:
    """A root in object storage; `client` is another program's way to it."""

    name: str
    client: object

    @property
    def url(self) -> str:
        return f"s3://{self.name}/办公室/tally"

    def put(self, name: str, content: bytes) -> None:
        self.client.put_object(Bucket=self.name, Key=f"办公室/tally/{name}", Body=content)

    def get(self, name: str) -> bytes:
        return self.client.get_object(Bucket=self.name, Key=f"办公室/tally/{name}")["Body"].read()

    def remove(self, name: str) -> None:
        self.client.delete_object(Bucket=self.name, Key=f"办公室/tally/{name}")

    def names(self) -> list[str]:
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name)
        return [o["Key"].removeprefix("办公室/tally/") for page in pages for o in page.get("Contents", ())]

    def all(self) -> dict[str, bytes]:
        return {n: self.get(n) for n in self.names()}


def new_bucket() -> Bucket:
    import boto3

    bucket = Bucket(f"tally-{uuid.uuid4().hex[:8]}", boto3.client("s3"))
    bucket.client.create_bucket(Bucket=bucket.name)
    return bucket


@pytest.fixture
def bucket(wire) -> Bucket:
    return new_bucket()


@dataclass(frozen=True)
class Remote:
    """A nation's returns in a bucket, and a machine's cache of working copies."""

    bucket: Bucket
    made: Run
    cache: Path

    def command(self, command: str, *more: str) -> list[str]:
        own = ["--campaign", NAME, "--root", self.bucket.url, "--cache", str(self.cache)]
        return [sys.executable, str(PROJECT / "pipeline.py"), command, PERIOD, *own, *more]

    def pipeline(self, command: str = "check", *more: str) -> subprocess.CompletedProcess:
        return subprocess.run(self.command(command, *more), capture_output=True, text=True, cwd=PROJECT, timeout=300)

    def results(self) -> dict[str, bytes]:
        return result_of(self.bucket.all())

    def elsewhere(self, cache: Path) -> Remote:
        """The same bucket seen from another machine."""
        return Remote(self.bucket, self.made, cache)


def below(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def result_of(files: dict[str, bytes]) -> dict[str, bytes]:
    """What a run makes, but for executed notebooks (they name the root and the time) and what tells files by their times."""
    unlike = (
        "known-files.json",
        "survey.json",
        "joined.json",
        "run.lock",
        "seals.json",
        ".ipynb",
    )  # seals name what lies there
    return {n: c for n, c in files.items() if n.startswith(("data/processed/", "reports/")) and not n.endswith(unlike)}


@pytest.fixture(scope="session")
def returns(tmp_path_factory) -> Run:
    """A nation's returns in a folder, with the day each file came in the register, as no storage keeps a file's time."""
    run = made(tmp_path_factory.mktemp("returns"), COUNTIES)
    files = sorted(p for p in run.paths.raw.rglob("*") if p.is_file())
    lines = [f"{p.relative_to(run.paths.raw).as_posix()},2021-06-01,,\n" for p in files]
    run.paths.register.write_text("file,received,unit,note\n" + "".join(lines), encoding="utf-8")
    return run


@pytest.fixture(scope="session")
def on_folder(returns, tmp_path_factory) -> dict[str, bytes]:
    """What a run on a folder makes of the returns."""
    root = tmp_path_factory.mktemp("folder") / "root"
    shutil.copytree(returns.root, root)
    done = Run(root, returns.made, returns.truths).pipeline(command="run")
    assert done.returncode == 0, done.stdout + done.stderr
    return result_of(below(root))


def uploaded(returns: Run, cache: Path) -> Remote:
    """The returns in a bucket of their own."""
    bucket = new_bucket()
    for name, content in below(returns.root).items():
        if "__pycache__" not in name:
            bucket.put(name, content)
    return Remote(bucket, returns, cache)


@pytest.fixture
def remote(wire, returns, tmp_path) -> Remote:
    """The returns in a bucket, not yet run."""
    return uploaded(returns, tmp_path / "cache")


@pytest.fixture(scope="session")
def ran(line, returns, tmp_path_factory) -> Remote:
    """The returns in a bucket, run with a report."""
    remote = uploaded(returns, tmp_path_factory.mktemp("ran") / "cache")
    done = remote.pipeline("run")
    assert done.returncode == 0, done.stdout + done.stderr
    return remote


@pytest.fixture
def checked(ran) -> dict[str, bytes]:
    """What `check` makes of the returns."""
    written_by_totals = ("totals.parquet", "figures.parquet", "changes.parquet", "trends.parquet")
    of_check = ("data/", "reports/nation_2021/2021-05/问题清单.xlsx")
    return {n: c for n, c in ran.results().items() if n.startswith(of_check) and not n.endswith(written_by_totals)}


def unit_folder(remote: Remote, number: int) -> str:
    """Where a county's tables lie, below the root."""
    return Paths(Path(), NAME, PERIOD).unit(remote.made.made.counties[number].code).as_posix()
