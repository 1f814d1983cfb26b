"""What a root in object storage costs: seconds and requests of a run, beside the same run on a folder.

    python -m benchmarks.storage [--counties 40] [--delay 30]

An S3-compatible server (moto) runs on this machine; a line before it counts the requests and answers each so many
milliseconds late, as a storage in the same region does. Nothing is printed unless the tables are those of the folder.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.nation.places import NAME, declare, nation
from benchmarks.nation.returns import PERIOD, make
from benchmarks.wire import Wire
from tally.paths import PROJECT, Paths

BUCKET = "tally-benchmark"
TABLES = f"data/processed/{NAME}/{PERIOD}"


@contextmanager
def storage(delay: float) -> Iterator[Wire]:
    """The server and the line to it, to which this process's environment now points."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while socket.socket().connect_ex(("127.0.0.1", port)):
            if server.poll() is not None:
                raise SystemExit("moto 没有启动，请先 pip install -r requirements-test.txt")
            time.sleep(0.05)
        wire = Wire(("127.0.0.1", port))
        wire.at = lambda method, path: time.sleep(delay)
        endpoint = {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{wire.port}", "AWS_DEFAULT_REGION": "us-east-1"}
        os.environ.update({**endpoint, "AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nothing"})
        yield wire
        wire.close()
    finally:
        server.kill()


def pipeline(root: str, *more: str, command: str = "run") -> float:
    """Seconds of one command; SystemExit with what it said if it fails."""
    line = [sys.executable, str(PROJECT / "pipeline.py"), command, PERIOD, "--campaign", NAME, "--root", root, *more]
    begun = time.perf_counter()
    done = subprocess.run(line, cwd=PROJECT, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stdout[-1000:] + done.stderr[-2000:])
    return time.perf_counter() - begun


def measured(wire: Wire, root: str, *more: str, command: str = "run") -> str:
    """Seconds, writes and reads of one command on the storage, as the cells of a table."""
    wire.requests.clear()
    seconds = pipeline(root, *more, command=command)
    counts = Counter(method for method, _ in wire.requests)
    return f"{seconds:.1f} | {counts['PUT']} | {sum(counts[m] for m in ('GET', 'HEAD'))}"


def upload(client, folder: Path) -> None:
    for path in sorted(p for name in ("campaigns", "data/raw") for p in (folder / name).rglob("*") if p.is_file()):
        client.upload_file(str(path), BUCKET, path.relative_to(folder).as_posix())


def refuse_unequal(client, folder: Path) -> None:
    """SystemExit unless the joined tables in the storage are those of the folder."""
    for path in sorted((folder / TABLES).glob("*.parquet")):
        stored = client.get_object(Bucket=BUCKET, Key=path.relative_to(folder).as_posix())["Body"].read()
        if stored != path.read_bytes():
            raise SystemExit(f"不输出数字：{path.name} 与文件夹上的不同")


def forget(client) -> None:
    """Removes everything that was made, as if nobody had run anything."""
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
    made = [
        o["Key"]
        for page in pages
        for o in page.get("Contents", ())
        if o["Key"].startswith(("data/processed", "reports"))
    ]
    for at in range(0, len(made), 1000):
        client.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": k} for k in made[at : at + 1000]]})


def dask(wire: Wire, client, root: str, cache: Path) -> str:
    """The run from nothing with two workers, each a process of its own with a cache of its own."""
    from distributed import LocalCluster

    forget(client)
    os.environ["TALLY_CACHE"] = str(cache / "workers")
    with LocalCluster(2, threads_per_worker=1, dashboard_address=None) as cluster:
        more = ("--cache", str(cache / "driver"), "--executor", "dask", "--scheduler", cluster.scheduler_address)
        return measured(wire, root, *more)


def main() -> int:
    import boto3

    parser = argparse.ArgumentParser(prog="python -m benchmarks.storage", description="对象存储上运行的耗时和请求数")
    parser.add_argument("--counties", type=int, default=40, help="单位数")
    parser.add_argument("--delay", type=int, default=30, help="存储应答的延迟（毫秒）")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, storage(args.delay / 1000) as wire:
        folder, caches = Path(name) / "folder", Path(name) / "caches"
        made = nation(args.counties)
        declare(made, folder)
        make(made.counties, folder, os.cpu_count() or 1)
        register = Paths(folder, NAME, PERIOD).register
        files = sorted(p.relative_to(register.parent).as_posix() for p in register.parent.rglob("*") if p.is_file())
        register.write_text("file,received,unit,note\n" + "".join(f'"{f}",2021-06-01,,\n' for f in files), "utf-8")
        client = boto3.client("s3")
        client.create_bucket(Bucket=BUCKET)
        upload(client, folder)
        lines = [f"| 文件夹，从零开始 | {pipeline(str(folder)):.1f} | | |"]
        root, one = f"s3://{BUCKET}", ("--cache", str(caches / "one"))
        lines.append(f"| 存储，从零开始 | {measured(wire, root, *one)} |")
        refuse_unequal(client, folder)
        lines.append(f"| 再次，没有变化 | {measured(wire, root, *one)} |")
        lines.append(f"| 另一台机器，全部已有 | {measured(wire, root, '--cache', str(caches / 'two'))} |")
        lines.append(f"| status | {measured(wire, root, *one, command='status')} |")
        lines.append(f"| 两个 Dask 节点，从零开始 | {dask(wire, client, root, caches)} |")
        refuse_unequal(client, folder)
        shutil.rmtree(caches)
    print("\n".join([f"{args.counties} 个单位，{len(files)} 个文件\n", "| | 秒 | PUT | GET、HEAD、LIST |", "|---|---|---|---|", *lines]))  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
