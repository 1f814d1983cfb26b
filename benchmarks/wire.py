"""A line between a client and a server on loopback that counts requests, and can refuse some or do something at one."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from collections.abc import Callable

_REQUEST = re.compile(rb"(?:^|(?<=\r\n\r\n)|(?<=\n))(GET|PUT|HEAD|POST|DELETE) (\S+) HTTP/1\.1\r\n")
_CONDITION = re.compile(rb"\r\nif-(?:none-)?match:", re.I)
_ANSWERS = {"AccessDenied": "403 Forbidden", "NotImplemented": "501 Not Implemented", "Errors": "200 OK"}
_DENIED = "<DeleteResult><Error><Key>k</Key><Code>AccessDenied</Code><Message>no</Message></Error></DeleteResult>"


class Wire:
    """Listens on `port` and passes everything on to `server`; `requests` are (method, path) in order of arrival."""

    def __init__(self, server: tuple[str, int]):
        self.server = server
        self.requests: list[tuple[str, str]] = []
        self.refused: frozenset[str] = frozenset()  # methods
        self.removes = True  # False: a storage that refuses to remove objects, one by one
        self.conditions = True  # False: a storage that knows no conditional writes
        self.at: Callable[[str, str], None] = lambda method, path: None
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def objects(self, *methods: str) -> list[str]:
        """The paths of objects asked for with these methods, but for the lock."""
        return [p for m, p in self.requests if m in methods and "?" not in p and not p.endswith("/run.lock")]

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                there = socket.create_connection(self.server)
                for source, target, look in ((client, there, True), (there, client, False)):
                    threading.Thread(target=self._pass, args=(source, target, look), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, look: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 16):
                if look and (code := self._noticed(data)):
                    source.sendall(_answer(code))
                    break
                target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _noticed(self, data: bytes) -> str:
        """Notes the requests that begin in `data`; with which error one of them is refused, "" if none is."""
        found = [(m.decode(), p.decode()) for m, p in _REQUEST.findall(data)]
        self.requests += found
        for method, path in found:
            self.at(method, path)
        if any(method in self.refused for method, _ in found):
            return "AccessDenied"
        if not self.removes and any(method == "POST" for method, _ in found):
            return "Errors"
        asks = any(method == "PUT" for method, _ in found) and _CONDITION.search(data)
        return "" if self.conditions or not asks else "NotImplemented"


def _answer(code: str) -> bytes:
    body = _DENIED if code == "Errors" else f"<Error><Code>{code}</Code><Message>{code}</Message></Error>"
    return f"HTTP/1.1 {_ANSWERS[code]}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode()
