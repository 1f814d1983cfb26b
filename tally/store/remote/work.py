"""One command on a root in object storage: lock, pull, the command on the working copy, push. Used by `tally.cli.root`."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tally.errors import TallyError
from tally.store.remote import lock
from tally.store.remote.address import Address
from tally.store.remote.areas import scope
from tally.store.remote.index import Index
from tally.store.remote.pull import Copy, pull
from tally.store.remote.push import push
from tally.store.remote.storage import Storage

try:
    import fcntl
except ImportError:  # Windows: one command at a time is left to whoever starts them
    fcntl = None  # type: ignore[assignment]

WAIT = 30.0  # seconds a writing command waits for a reading one to have pulled


@dataclass(frozen=True)
class RemoteWork:
    """A command's working copy of a root in object storage, and the root's lock if the command writes."""

    copy: Copy
    campaign: str
    held: lock.Held | None = None

    @property
    def writer(self) -> lock.Held:
        """The lock of a command that writes; TallyError for one that only reads."""
        if self.held is None:
            raise TallyError("只读的命令不能写入存储", "请改用会写入的命令")
        return self.held

    def shown(self, path: Path) -> str:
        """Where a file of the working copy lies for everybody."""
        return f"{self.copy.storage.address}/{path.relative_to(self.copy.root).as_posix()}"


def cache_folder(given: str = "") -> Path:
    """Where working copies lie: as given, else TALLY_CACHE, else the user's cache folder."""
    if chosen := given or os.environ.get("TALLY_CACHE", ""):
        return Path(chosen).resolve()
    from platformdirs import user_cache_path

    return user_cache_path("tally").resolve()


def work(
    address: Address,
    cache: str,
    campaign: str,
    say: Callable[[str], None],
    command: Callable[[RemoteWork], int],
    *,
    writes: bool,
) -> int:
    """Does `command` on a working copy of `address`; what it gives. Its errors name the address, not the copy.

    With `writes` the root's lock is held and what was changed is sent, also when the command fails or is interrupted.
    """
    place = cache_folder(cache) / address.folder_name
    copy = Copy(place, Storage(address), Index.load(place / "index.json"), say)
    try:
        return (_writing if writes else _reading)(copy, campaign, command)
    except TallyError as e:
        e.fact, e.remedy = (t.replace(str(copy.root), address.shown) for t in (e.fact, e.remedy))
        raise


def _reading(copy: Copy, campaign: str, command: Callable[[RemoteWork], int]) -> int:
    with _alone(copy.place, 0) as alone:
        if alone:
            _pull(copy, scope(campaign))
        else:
            copy.say("注意：本机有一个运行正在使用这份工作副本，没有与存储核对，以下按工作副本")
    return command(RemoteWork(copy, campaign))


def _writing(copy: Copy, campaign: str, command: Callable[[RemoteWork], int]) -> int:
    folders = scope(campaign)
    with _alone(copy.place, WAIT) as alone:
        if not alone:
            raise TallyError(f"本机另一个运行正在使用 {copy.storage.address} 的工作副本", "请等它结束后再运行")
        with lock.held(copy.storage, copy.say) as held:
            _pull(copy, folders)
            try:
                code = command(RemoteWork(copy, campaign, held))
            except BaseException:
                _send_what_is_done(copy, folders, held)
                raise
            _push(copy, folders, held)
            return code


def _pull(copy: Copy, folders: tuple[str, ...]) -> None:
    copy.root.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.rmtree(copy.coming, ignore_errors=True)  # what was on its way when a command was killed
    if fetched := pull(copy, folders):
        copy.say(f"从 {copy.storage.address} 取回 {fetched} 个文件")


def _push(copy: Copy, folders: tuple[str, ...], held: lock.Held) -> None:
    held.confirm()
    if sent := push(copy, folders):
        copy.say(f"已把 {sent} 处变动存入 {copy.storage.address}")


def _send_what_is_done(copy: Copy, folders: tuple[str, ...], held: lock.Held) -> None:
    """After a failure: what is finished is sent if it can be; if not, it stays in the working copy for the next run."""
    try:
        _push(copy, folders, held)
    except TallyError as e:
        copy.say(f"已完成的部分没有存入存储，留在本机待下次运行：{e.fact}")
    except KeyboardInterrupt:
        copy.say("已完成的部分留在本机，待下次运行存入")


@contextlib.contextmanager
def _alone(place: Path, wait: float) -> Iterator[bool]:
    """Whether no other command of this machine uses the working copy, within so many seconds; holds it if so."""
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = (place / "use.lock").open("a")
    except OSError as e:
        raise TallyError(
            f"无法写入工作副本的文件夹 {place}：{e.strerror or e}", "请用 --cache 或 TALLY_CACHE 换一个"
        ) from e
    with file:
        yield _locked(file, wait)


def _locked(file: IO[str], wait: float) -> bool:
    until = time.monotonic() + wait
    while fcntl is not None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except OSError:
            if time.monotonic() >= until:
                return False
            time.sleep(0.2)
    return True
