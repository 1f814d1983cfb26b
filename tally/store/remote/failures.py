"""What goes wrong with a storage, as the fact and the remedy; libraries are known by the names of their exceptions."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from tally.errors import TallyError, UsageError
from tally.store.remote.address import Address

_NO_KEYS = ("NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError", "TokenRetrievalError")
_BAD_NAME = ("ParamValidationError", "InvalidBucketName", "InvalidEndpointError")
_NO_ANSWER = ("EndpointConnectionError", "HTTPClientError", "ConnectionError", "TimeoutError", "ClientError")


@contextlib.contextmanager
def as_errors(address: Address) -> Iterator[None]:
    """Turns what a storage's library raises into a TallyError that names the address and not its secrets."""
    try:
        yield
    except (TallyError, KeyboardInterrupt):
        raise
    except Exception as e:
        if not (known := _known(address, e)):
            raise
        raise known from None  # the library's own words may hold the secrets


def code(error: BaseException | None) -> str:
    """The S3 error code behind an exception, "" if there is none."""
    for e in (error, getattr(error, "__cause__", None)):
        response = getattr(e, "response", None)
        if isinstance(response, dict):
            return str(response.get("Error", {}).get("Code", ""))
    return ""


def precondition_failed(error: BaseException) -> bool:
    """Whether a write was refused because the object is not the one expected."""
    if isinstance(error, FileExistsError) or code(error) in ("PreconditionFailed", "ConditionalRequestConflict", "412"):
        return True
    return isinstance(error, FileNotFoundError) and code(error) != "NoSuchBucket"


def conditions_unknown(error: BaseException) -> bool:
    """Whether the storage may not know conditional writes: without the condition it will then do, or say what is wrong."""
    return code(error) in ("NotImplemented", "InvalidArgument", "InvalidRequest", "501", "400")


def _known(address: Address, e: Exception) -> TallyError | None:
    names, words = {c.__name__ for c in type(e).__mro__}, address.scrub(str(e))
    if isinstance(e, ImportError):
        return TallyError(
            f"访问 {address.scheme}:// 需要的程序包没有安装：{words}",
            "请安装后重试；s3:// 是 pip install -r requirements-s3.txt",
        )
    if isinstance(e, ValueError) and "rotocol" in words:
        return UsageError(
            f"不认识的地址类型 {address.scheme}://", "可用文件夹，或 s3://存储桶/文件夹 等 fsspec 支持的地址"
        )
    if names.intersection(_NO_KEYS):
        return TallyError(
            f"没有访问 {address} 的密钥", "请设置 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY，或配置 ~/.aws/credentials"
        )
    if code(e) == "NoSuchBucket":
        return TallyError(f"没有 {address} 所在的存储桶", "请核对名称和 AWS_ENDPOINT_URL，或先建立该存储桶")
    if names.intersection(_BAD_NAME) or code(e) in _BAD_NAME:
        return TallyError(f"{address} 不是有效的地址：{words}", "写法如 s3://存储桶/文件夹")
    if isinstance(e, PermissionError):
        return TallyError(f"{address} 拒绝访问：{words}", "请检查密钥，以及它对该存储桶列举、读、写、删的权限")
    if names.intersection(_NO_ANSWER):
        return TallyError(f"连接不上 {address} 的存储服务：{words}", "请检查网络、AWS_ENDPOINT_URL 和代理设置后重试")
    if isinstance(e, OSError) or "BotoCoreError" in names:
        return TallyError(f"存取 {address} 时出错：{words}", "请检查存储服务和本机磁盘空间后重试")
    return None
