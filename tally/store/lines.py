"""A CSV file that people and the program both write: read whatever Excel made of it, added to line by line, never rewritten.

Its encoding (UTF-8 with or without mark, GBK), separator, order of columns and line ends stay as they are found. A line
is added under a lock and looked for afterwards; taking it back removes exactly those bytes or nothing.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tally.errors import TallyError
from tally.store.files import kept, unwritable, write_bytes

Record = Mapping[str, str]
PATIENCE = 10.0  # seconds to wait for another who is writing
LEFT_BEHIND = 30.0  # seconds after which a lock's holder is taken for dead: a line takes milliseconds


@dataclass(frozen=True)
class Lines:
    """A file as it stands: `heads` are its columns in its own order, by the names the program knows them by."""

    heads: tuple[str, ...]
    records: tuple[tuple[int, dict[str, str]], ...]  # line number in the file (from 1), column -> text
    encoding: str = "utf-8-sig"
    separator: str = ","
    ending: str = "\r\n"


@dataclass(frozen=True)
class Columns:
    """What a file must have. `also`: other headings for the same, as people write them."""

    names: tuple[str, ...]
    also: Mapping[str, str]

    def name(self, heading: str) -> str:
        plain = heading.strip().lower()
        return self.also.get(plain, plain)


def read(path: Path, columns: Columns) -> Lines:
    """The file's lines; none if there is no file. TallyError, naming file and line, for one that cannot be meant."""
    if not path.exists():
        return Lines(columns.names, ())
    return _parsed(path, kept(path), columns)


def _parsed(path: Path, data: bytes, columns: Columns) -> Lines:
    if not data.strip():
        return Lines(columns.names, (), ending="")
    text, encoding = decoded(path, data)
    first = text.split("\n", 1)[0]
    separator = max(",\t;", key=first.count)
    heads, records = _records(path, text, separator, columns)
    if missing := [c for c in columns.names if c not in heads]:
        raise TallyError(f"{path} 缺少列：{'、'.join(missing)}", f"表头应为：{','.join(columns.names)}")
    return Lines(heads, records, encoding, separator, "\r\n" if "\r\n" in text else "\n")


def decoded(path: Path, data: bytes) -> tuple[str, str]:
    """(text, encoding) of what Excel and editors save: UTF-8 with or without mark, GBK. TallyError names the first bad line."""
    marked = data.startswith(b"\xef\xbb\xbf")
    for encoding in ("utf-8-sig",) if marked else ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode(encoding), encoding
    text = data.decode("utf-8", "replace")
    line = text[: text.index("\ufffd")].count("\n") + 1
    raise TallyError(f"{path} 第 {line} 行有无法识别的字符", "请另存为“CSV UTF-8（逗号分隔）”")


def _records(
    path: Path, text: str, separator: str, columns: Columns
) -> tuple[tuple[str, ...], tuple[tuple[int, dict[str, str]], ...]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    heads: tuple[str, ...] = ()
    records = []
    start = 1
    try:
        for row in reader:
            if not heads:
                heads = tuple(columns.name(h) for h in row)
            elif any(v.strip() for v in row):
                records.append((start, _record(path, start, heads, row)))
            start = reader.line_num + 1
    except csv.Error as e:
        raise TallyError(f"{path} 第 {start} 行的引号不成对", "请改好这一行；没有改动任何内容") from e
    return heads, tuple(records)


def _record(path: Path, line: int, heads: Sequence[str], row: list[str]) -> dict[str, str]:
    if any(v.strip() for v in row[len(heads) :]):
        raise TallyError(
            f"{path} 第 {line} 行有 {len(row)} 栏，表头只有 {len(heads)} 栏", "文字里有逗号的，请给这一栏加上引号"
        )
    values = [*row, *[""] * (len(heads) - len(row))]
    return {h: v.strip() for h, v in zip(heads, values, strict=False)}


def append(
    path: Path, columns: Columns, records: Sequence[Record], allowed: Callable[[Lines], None] = lambda lines: None
) -> str:
    """Adds records, all or none; the text that was added, for `restore`. TallyError if the file cannot be meant or written.

    `allowed` may refuse, by raising, over what stands there already: nobody writes between its look and the addition.
    """
    return exchange(path, columns, records, (), allowed)[0]


def take_out(path: Path, columns: Columns, number: int) -> str:
    """Empties the record that begins in line `number`; its text, for `restore`."""
    return exchange(path, columns, (), (number,))[1][0][1]


def exchange(
    path: Path,
    columns: Columns,
    records: Sequence[Record],
    out: Sequence[int] = (),
    allowed: Callable[[Lines], None] = lambda lines: None,
) -> tuple[str, tuple[tuple[int, str], ...]]:
    """As `append`, and in the same step empties the records that begin in the lines `out`: all others keep their numbers.

    The text that was added, and of each record that was taken out its line and text: what `restore` needs.
    """
    with locked(path):
        data = path.read_bytes() if path.exists() else b""
        known = read(path, columns)
        allowed(known)
        taken = []
        for number in out:
            data, removed = _emptied(path, known, data, number)
            taken.append((number, removed))
        text = written(known, records)
        write_bytes(path, (_begun(known, data) + _encoded(path, known, text)) if records else data, lasting=True)
        after = read(path, columns).records
        if records and [r for _, r in after[-len(records) :]] != [_full(known, r) for r in records]:
            raise TallyError(f"{path} 写入后核对不一致", "请检查该文件后重试")
    return text, tuple(taken)


def restore(path: Path, columns: Columns, text: str, taken: Sequence[tuple[int, str]] = ()) -> None:
    """Undoes an `exchange`: exactly its text goes, what it took out stands again where it stood.

    TallyError, and nothing is changed, if the text is there no longer or something else stands in those lines by now.
    """
    with locked(path):
        known = read(path, columns)
        data = path.read_bytes() if path.exists() else b""
        if text:
            data = _without(path, known, data, text)
        for number, removed in taken:
            data = _with_again(path, known, data, number, removed)
        write_bytes(path, data, lasting=True)


def _emptied(path: Path, known: Lines, data: bytes, number: int) -> tuple[bytes, str]:
    starts = [at for at, _ in known.records]
    if number not in starts:
        raise TallyError(f"{path.name} 第 {number} 行没有内容", "可能已经有人改过这个文件，请打开核对")
    lines = data.splitlines(keepends=True)
    end = next((at - 1 for at in starts if at > number), len(lines))
    removed = b"".join(lines[number - 1 : end])
    empty = known.ending.encode() * (end - number + 1)
    return b"".join([*lines[: number - 1], empty, *lines[end:]]), removed.decode(known.encoding.removesuffix("-sig"))


def _without(path: Path, known: Lines, data: bytes, text: str) -> bytes:
    mark = text.encode(known.encoding.removesuffix("-sig"))
    at = data.rfind(mark)
    if at < 0 or not data[:at].endswith(b"\n"):
        raise TallyError(f"{path.name} 里已找不到当时写入的内容，没有撤销", "可能已经有人改过这个文件，请打开核对")
    return data[:at] + data[at + len(mark) :]


def _with_again(path: Path, known: Lines, data: bytes, number: int, text: str) -> bytes:
    lines = data.splitlines(keepends=True)
    end = number - 1 + len(text.splitlines())
    if end > len(lines) or b"".join(lines[number - 1 : end]).strip():
        raise TallyError(f"{path.name} 第 {number} 行已有别的内容，没有撤销", "可能已经有人改过这个文件，请打开核对")
    return b"".join([*lines[: number - 1], _encoded(path, known, text), *lines[end:]])


def written(known: Lines, records: Sequence[Record]) -> str:
    """The records as lines of a file like `known`."""
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, delimiter=known.separator, lineterminator=known.ending or "\r\n")
    for record in records:
        writer.writerow(_full(known, record).values())
    return sink.getvalue()


def _full(known: Lines, record: Record) -> dict[str, str]:
    return {h: _one_line(record.get(h, "")) for h in known.heads}


def _one_line(text: str) -> str:
    """A value as it can stand in a line: whoever opens the file sees one line a decision."""
    return " ".join(text.split())


def _begun(known: Lines, before: bytes) -> bytes:
    """What stands before the new lines: the file, ended with a line end, or a fresh one's heading."""
    if before.strip():
        return before if before.endswith(b"\n") else before + known.ending.encode()
    return b"\xef\xbb\xbf" + known.separator.join(known.heads).encode() + b"\r\n"


def _encoded(path: Path, known: Lines, text: str) -> bytes:
    try:
        return text.encode(known.encoding.removesuffix("-sig"))
    except UnicodeEncodeError as e:
        bad = e.object[e.start : e.end]
        raise TallyError(f"{path} 是 {known.encoding} 编码，写不下“{bad}”", "请把该文件另存为“CSV UTF-8”") from e


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Nobody else adds to `path` meanwhile; on any machine and share, since making a file is whole everywhere."""
    lock = path.with_name(f".{path.name}.lock")
    until = time.monotonic() + PATIENCE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        while not _taken(lock):
            if time.monotonic() > until:
                raise TallyError(f"另一个人正在写 {path}", f"请稍后重试；若一直如此，删去 {lock}")
            time.sleep(0.005)
    except OSError as e:
        raise unwritable(path, e) from e
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _taken(lock: Path) -> bool:
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        return True
    except FileExistsError:
        with contextlib.suppress(OSError):
            if abs(time.time() - lock.stat().st_mtime) > LEFT_BEHIND:  # or the clock was set back since
                lock.unlink()
        return False
