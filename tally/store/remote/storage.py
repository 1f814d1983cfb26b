"""Objects below a root's address, by fsspec: listed, fetched, put and removed, many at a time.

Where the storage can (S3), a write says which version it replaces and is refused otherwise; elsewhere the version is
looked at just before. What goes wrong is a TallyError.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import uuid
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from tally.errors import TallyError
from tally.store.remote.address import Address
from tally.store.remote.areas import is_safe
from tally.store.remote.failures import as_errors, conditions_unknown, precondition_failed
from tally.store.remote.index import ABSENT
from tally.store.remote.objects import Object, object_of, plain_hash
from tally.system.replacing import replace

AT_ONCE = 32
_WHOLE = 64 * 2**20  # bytes up to which an object is written in one request, and so with a condition
_FEW = 20  # objects up to which each is asked for alone
_RETRIES = {"max_attempts": 2, "mode": "standard"}
_S3 = {"config_kwargs": {"connect_timeout": 10, "max_pool_connections": AT_ONCE, "retries": _RETRIES}}


class Changed(Exception):
    """An object is not, or no longer, the version it was taken for."""


Results = tuple[dict[str, Any], BaseException | None]


class Storage:
    """The objects below `address`; names are paths below it."""

    def __init__(self, address: Address):
        import fsspec
        from fsspec.implementations.asyn_wrapper import AsyncFileSystemWrapper

        self.address = address
        settings = (
            _S3 if address.scheme in ("s3", "s3a") and "config_kwargs" not in fsspec.config.conf.get("s3", {}) else {}
        )
        with as_errors(address):
            fs, base = fsspec.core.url_to_fs(
                address.url, use_listings_cache=False, skip_instance_cache=True, **settings
            )
        self.base = base.rstrip("/")
        self.plain = not fs.async_impl  # a file system without conditions on writes
        self.fs = AsyncFileSystemWrapper(fs, asynchronous=False) if self.plain else fs
        self.s3 = self.conditional = type(fs).__name__ == "S3FileSystem"

    def listing(self, folders: Iterable[str]) -> dict[str, Object]:
        """All objects below the folders, by name."""
        answers, failure = self._all({f: partial(self._find, f) for f in folders})
        self.raise_for(failure)
        return {name: o for part in answers.values() for name, o in part.items()}

    def marks(self, names: Iterable[str]) -> dict[str, str]:
        """The versions of these objects now; ABSENT for those that are not there."""
        names = list(names)
        if len(names) > _FEW:
            answers = self.listing(sorted({"/".join(n.split("/")[:-1][:4]) for n in names}))
        else:
            answers, failure = self._all({n: partial(self._object, n) for n in names})
            self.raise_for(failure)
        return {n: answers[n].mark if answers.get(n) else ABSENT for n in names}

    def fetch(self, wanted: Mapping[str, Object | None], to: Callable[[str], Path], coming: Path) -> Results:
        """Brings objects to `to(name)`, each whole or not at all, by way of the folder `coming`, with their own times.

        The names that came, and the first failure; None for an object that is another one by now.
        """
        coming.mkdir(parents=True, exist_ok=True)
        return self._all({n: partial(self._fetch, n, o, to(n), coming) for n, o in wanted.items()})

    def put(self, items: Mapping[str, tuple[Path, str | None]]) -> Results:
        """Writes files: name -> (file, the version it replaces, None for whichever).

        The objects written, None for one whose version was another one, and the first failure.
        """
        return self._all({n: partial(self._put, n, *i) for n, i in items.items()})

    def remove(self, names: Iterable[str]) -> None:
        """Removes objects; one that is not there is none of its business."""
        names = list(names)
        parts = [names[i : i + 1000] for i in range(0, len(names), 1000)]
        _, failure = self._all({part[0]: partial(self._remove, part) for part in parts})
        self.raise_for(failure)

    def read(self, name: str) -> tuple[bytes, Object] | None:
        """An object's content and version; None if it is not there."""
        answers, failure = self._all({name: lambda: self._read(name)})
        self.raise_for(failure)
        answer: tuple[bytes, Object] | None = answers[name]
        return answer

    def content(self, name: str) -> bytes:
        """An object's content; nothing if it is not there."""
        answers, failure = self._all({name: lambda: self.fs._cat_file(self._full(name))})
        if isinstance(failure, FileNotFoundError):
            return b""
        self.raise_for(failure)
        content: bytes = answers[name]
        return content

    def write(self, name: str, content: bytes, over: str) -> Object | None:
        """Writes an object in the place of version `over`; None if it is another version by now."""
        answers, failure = self._all({name: lambda: self._write(name, content, over)})
        self.raise_for(failure)
        written: Object | None = answers[name]
        return written

    def same(self, name: str, there: Object, path: Path, coming: Path) -> bool:
        """Whether an object holds what a file holds."""
        if there.size != path.stat().st_size:
            return False
        content = path.read_bytes()
        if plain_hash(there.mark) == hashlib.md5(content, usedforsecurity=False).hexdigest():
            return True
        copy = coming / uuid.uuid4().hex
        _, failure = self.fetch({name: None}, lambda _: copy, coming)
        try:
            return failure is None and copy.exists() and copy.read_bytes() == content
        finally:
            copy.unlink(missing_ok=True)

    def raise_for(self, failure: BaseException | None) -> None:
        """Raises a failure of `fetch` or `put`, as what it means to the user; None is none."""
        if failure is not None:
            with as_errors(self.address):
                raise failure

    def _all(self, jobs: Mapping[str, Callable[[], Awaitable[Any]]]) -> Results:
        """What each job gave, AT_ONCE at a time; after a failure none is begun. `Changed` gives None."""
        from fsspec.asyn import sync

        results: Results = sync(self.fs.loop, self._gather, jobs)
        return results

    async def _gather(self, jobs: Mapping[str, Callable[[], Awaitable[Any]]]) -> Results:
        done: dict[str, Any] = {}
        failures: list[BaseException] = []
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(name: str, job: Callable[[], Awaitable[Any]]) -> None:
            async with gate:
                if failures:
                    return
                try:
                    done[name] = await job()
                except Changed:
                    done[name] = None
                except Exception as e:
                    failures.append(e)

        await asyncio.gather(*(one(n, j) for n, j in jobs.items()))
        return done, failures[0] if failures else None

    def _full(self, name: str) -> str:
        return f"{self.base}/{name}"

    async def _find(self, folder: str) -> dict[str, Object]:
        try:
            answers = await self.fs._find(self._full(folder), detail=True)
        except FileNotFoundError as e:
            if self.s3 and not precondition_failed(e):
                raise
            return {}
        names = {p: p[len(self.base) + 1 :] for p, info in answers.items() if info.get("type") == "file"}
        names = {p: n for p, n in names.items() if not n.endswith("/") and n != folder}
        for name in names.values():
            if not is_safe(name):
                raise TallyError(f"存储里的文件名不能用作本机的文件名：{name!r}", "请在存储里改名后重试")
        return {n: object_of(answers[p]) for p, n in names.items()}

    async def _object(self, name: str) -> Object | None:
        try:
            return object_of(await self.fs._info(self._full(name)))
        except FileNotFoundError as e:
            if self.s3 and not precondition_failed(e):
                raise
            return None

    async def _fetch(self, name: str, there: Object | None, target: Path, coming: Path) -> bool:
        partial = coming / uuid.uuid4().hex
        try:
            await self.fs._get_file(self._full(name), str(partial))
            if there is not None and partial.stat().st_size != there.size:
                raise Changed(name)
            if there is not None and there.time:
                os.utime(partial, (there.time, there.time))
            target.parent.mkdir(parents=True, exist_ok=True)
            replace(partial, target)
            return True
        except FileNotFoundError as e:
            raise Changed(name) from e
        finally:
            partial.unlink(missing_ok=True)

    async def _read(self, name: str) -> tuple[bytes, Object] | None:
        if (there := await self._object(name)) is None:
            return None
        with contextlib.suppress(FileNotFoundError):
            return await self.fs._cat_file(self._full(name)), there
        return None

    async def _put(self, name: str, path: Path, over: str | None) -> Object:
        if self.conditional and path.stat().st_size > _WHOLE:
            await self._expect(name, over)
            await self.fs._put_file(str(path), self._full(name))
            return await self._written(name)
        return await self._write(name, path.read_bytes(), over)

    async def _write(self, name: str, content: bytes, over: str | None) -> Object:
        condition: dict[str, str] = {}
        if self.conditional and over is not None:
            condition = {"mode": "create"} if over == ABSENT else {"IfMatch": over}
        else:
            await self._expect(name, over)
        if self.plain:
            await self.fs._makedirs(self._full(name).rpartition("/")[0], exist_ok=True)
        try:
            out = await self.fs._pipe_file(self._full(name), content, **condition)
        except Exception as e:
            if condition and conditions_unknown(e):
                self.conditional = False
                return await self._write(name, content, over)
            if not condition or not precondition_failed(e):
                raise
            return await self._ours(name, content)
        if isinstance(out, dict) and "ETag" in out:
            return Object(out["ETag"], len(content), 0)
        return await self._written(name)

    async def _written(self, name: str) -> Object:
        if (there := await self._object(name)) is None:
            raise Changed(name)
        return there

    async def _expect(self, name: str, over: str | None) -> None:
        if over is not None:
            there = await self._object(name)
            if (there.mark if there else ABSENT) != over:
                raise Changed(name)

    async def _ours(self, name: str, content: bytes) -> Object:
        """A refused write whose content is there all the same: it was ours, and only the answer was lost."""
        there = await self._object(name)
        if there and plain_hash(there.mark) == hashlib.md5(content, usedforsecurity=False).hexdigest():
            return there
        raise Changed(name)

    async def _remove(self, names: list[str]) -> None:
        full = [self._full(n) for n in names]
        if self.s3 and await self._removed_at_once(full):
            return
        for path in full:
            with contextlib.suppress(FileNotFoundError):
                await self.fs._rm_file(path)

    async def _removed_at_once(self, full: list[str]) -> bool:
        """Whether the storage removes many in one request; s3fs's own way to ask keeps silent on what was refused."""
        bucket = self.fs.split_path(full[0])[0]
        keys = {"Objects": [{"Key": self.fs.split_path(path)[1]} for path in full], "Quiet": True}
        try:
            answer = await self.fs._call_s3("delete_objects", Bucket=bucket, Delete=keys)
        except Exception as e:
            if conditions_unknown(e):
                return False
            raise
        for refused in answer.get("Errors", ()):
            words = f"{refused.get('Code')}: {refused.get('Key')}"
            raise PermissionError(words) if refused.get("Code") == "AccessDenied" else OSError(words)
        return True
