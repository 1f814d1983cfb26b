"""Whether a Dask cluster may be used: what passes over a wire that others share must be encrypted, and both ends must have shown a certificate.

Dask sends pickled functions and data both ways. Whoever reaches an open scheduler or worker runs what he likes there, and an open
scheduler's answers run what it likes here.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tally.errors import UsageError

if TYPE_CHECKING:
    from distributed import Client

_ENCRYPTED = ("tls://", "wss://")
_WITHIN = ("inproc://",)  # in this process


def refuse_open(addresses: Iterable[str]) -> None:
    """UsageError if one of the addresses is neither encrypted nor of this machine alone."""
    if unguarded := [a for a in addresses if not _is_guarded(a)]:
        raise UsageError(
            f"Dask 地址 {unguarded[0]} 没有加密：同一网络里的任何人都能在调度器和工作节点上运行程序、看到数据",
            "请按 SECURITY.md 用证书启动（tls://），或只在本机使用（dask scheduler --host 127.0.0.1）；"
            "网络确实只有可信的人能接入的，加 --without-tls",
        )


def listening(client: Client) -> Iterator[str]:
    """Where the scheduler and its workers say that they can be reached."""
    info = client.scheduler_info(n_workers=-1)
    yield str(info["address"])
    yield from map(str, info["workers"])


def _is_guarded(address: str) -> bool:
    return address.startswith((*_ENCRYPTED, *_WITHIN)) or _is_loopback(address)


def _is_loopback(address: str) -> bool:
    host = address.rpartition("://")[2].rpartition(":")[0].strip("[]")
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
