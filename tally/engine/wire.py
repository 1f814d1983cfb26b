"""Messages between the driver and a notebook's process: four bytes of length, then JSON, over a socket."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

_LENGTH = struct.Struct("!I")


class TooLong(Exception):
    """A message is longer than the receiver takes."""


def send(sock: socket.socket, payload: bytes) -> None:
    sock.sendall(_LENGTH.pack(len(payload)) + payload)


def send_json(sock: socket.socket, message: dict[str, Any]) -> None:
    send(sock, json.dumps(message).encode())


def receive(sock: socket.socket, limit: int | None = None) -> tuple[dict[str, Any], int] | None:
    """The next message and its size in bytes; None when the other side is gone, even in mid-message."""
    head = _exactly(sock, _LENGTH.size)
    if head is None:
        return None
    (size,) = _LENGTH.unpack(head)
    if limit is not None and size > limit:
        raise TooLong(size)
    body = _exactly(sock, size)
    return None if body is None else (json.loads(body.decode("utf-8", "replace")), size)


def _exactly(sock: socket.socket, size: int) -> bytes | None:
    parts, left = [], size
    while left:
        try:
            part = sock.recv(min(left, 1 << 20))
        except ConnectionError:
            return None
        if not part:
            return None
        parts.append(part)
        left -= len(part)
    return b"".join(parts)
