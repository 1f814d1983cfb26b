"""A root's address as it was given, and what of it may be printed and stored: never a password or a signature."""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from tally.errors import UsageError

_FOLDERS = ("file", "local")
_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "FSSPEC_S3_ENDPOINT_URL", "FSSPEC_S3")


@dataclass(frozen=True)
class Address:
    """`url` goes to fsspec alone; whatever prints or stores an address takes `shown` (also what `str` gives)."""

    url: str = field(repr=False)

    @property
    def shown(self) -> str:
        """The address without a password before the host and without what follows a question mark."""
        plain = re.sub(r"(?<=://)([^/@]*?):[^/]*@", r"\1:***@", self.url).rstrip("/")
        return re.sub(r"\?.*", "?***", plain)

    def __str__(self) -> str:
        return self.shown

    @property
    def scheme(self) -> str:
        return self.url.partition("://")[0]

    @property
    def secrets(self) -> tuple[str, ...]:
        """The parts of the address that nobody may see."""
        password = re.search(r"://[^/@:]*+:([^/]*)@", self.url)
        return tuple(filter(None, (password and password[1], self.url.partition("?")[2])))

    def scrub(self, text: str) -> str:
        """`text`, which a library may have made from the address, without its secrets."""
        for secret in self.secrets:
            text = text.replace(secret, "***")
        return text

    @property
    def folder_name(self) -> str:
        """A folder's name for this address: the same for the same place, whatever password it is reached with."""
        ends = [os.environ.get(name, "") for name in _ENDPOINTS] if self.scheme.startswith("s3") else []
        place = re.sub(r"[^\w.-]+", "-", self.shown.partition("://")[2]).strip("-.")[:40]
        return f"{place}-{hashlib.sha256(json.dumps([self.shown, *ends]).encode()).hexdigest()[:12]}"


def root_of(text: str) -> Path | Address:
    """A folder, or an address outside the file system. UsageError for an address that cannot be a root."""
    if "://" not in text:
        return Path(text)
    scheme, _, rest = text.partition("://")
    if scheme in _FOLDERS:
        return Path(rest or "/")
    address = Address(text)
    if "::" in scheme:
        raise UsageError(f"不支持套接的地址 {scheme}://", "请直接写存储的地址，如 s3://存储桶/文件夹")
    if not rest.strip("/"):
        raise UsageError(f"地址 {address} 没有写明存储桶或文件夹", "写法如 s3://存储桶/文件夹")
    if address.scheme.startswith("s3") and "@" in rest.partition("/")[0]:
        raise UsageError(
            f"地址 {scheme}://…@… 里写有密钥，不予使用",
            "请改用环境变量 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY 或配置文件",
        )
    return address
