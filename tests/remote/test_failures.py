"""What goes wrong with a storage is told with its remedy, without a traceback and without a secret."""

from __future__ import annotations

import socket

import pytest

import pipeline
from tally.cli import language
from tally.errors import UsageError
from tally.store.remote.address import Address, root_of


@pytest.fixture
def said(capsys, monkeypatch, tmp_path):
    """Runs the command line in this process; (exit code, what it said on stderr)."""
    monkeypatch.setenv("TALLY_CACHE", str(tmp_path / "cache"))

    def run(*argv: str) -> tuple[int, str]:
        try:
            code = pipeline.main(list(argv))
        except SystemExit as e:
            code = e.code
        return code, capsys.readouterr().err

    yield run
    language.use("zh")


def test_no_such_bucket(said, wire):
    code, err = said("run", "--root", "s3://no-such-bucket/tally")
    assert code == 1 and "没有 s3://no-such-bucket/tally 所在的存储桶" in err and "AWS_ENDPOINT_URL" in err


def test_no_credentials(said, bucket, monkeypatch, tmp_path):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    code, err = said("status", "--root", bucket.url)
    assert code == 1 and "没有访问" in err and "AWS_ACCESS_KEY_ID" in err


def test_nobody_answers(said, monkeypatch, line):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    code, err = said("status", "--root", "s3://bucket/tally")
    assert code == 1 and "连接不上 s3://bucket/tally 的存储服务" in err and "请检查网络" in err


def test_writing_refused(said, bucket, wire):
    wire.refused = frozenset({"PUT"})
    code, err = said("run", "--root", bucket.url)
    assert code == 1 and f"{bucket.url} 拒绝访问" in err and "权限" in err


def test_the_package_for_an_address_is_missing(said):
    code, err = said("status", "--root", "gs://bucket/tally")
    assert code == 1 and "访问 gs:// 需要的程序包没有安装" in err and "requirements-s3.txt" in err


def test_an_unknown_kind_of_address(said):
    code, err = said("status", "--root", "s4://bucket/tally")
    assert code == 2 and "不认识的地址类型 s4://" in err


def test_a_bucket_without_returns_is_told_by_its_address(said, bucket, tmp_path):
    code, err = said("check", "2021-05", "--root", bucket.url)
    assert code == 1 and f"{bucket.url}/data/raw/masks_2021/2021-05" in err and str(tmp_path) not in err


def test_a_name_that_cannot_be_a_buckets(said, wire):
    code, err = said("status", "--root", "s3://不是桶名/tally")
    assert code == 1 and "错误：" in err


def test_a_cache_that_cannot_be_written(said, bucket, tmp_path):
    (tmp_path / "file").write_text("")
    code, err = said("status", "--root", bucket.url, "--cache", str(tmp_path / "file"))
    assert code == 1 and "无法写入工作副本的文件夹" in err and "--cache" in err


def test_in_english(said, wire):
    code, err = said("status", "--root", "s3://no-such-bucket/tally", "--lang", "en")
    assert code == 1 and "The bucket of s3://no-such-bucket/tally does not exist" in err


@pytest.mark.parametrize("address", ["s3://key:hush-hush@bucket/tally", "s3://key:hush-hush@"])
def test_keys_in_an_address_of_s3_are_refused_unseen(said, address):
    code, err = said("status", "--root", address)
    assert code == 2 and "AWS_SECRET_ACCESS_KEY" in err and "hush" not in err


@pytest.mark.parametrize(
    "address",
    [
        "sftp://clerk:hush-hush@127.0.0.1:1/tally",
        "https://127.0.0.1:1/tally?sig=hush-hush",
        "ftp://a:hush-hush@127.0.0.1:1/x",
    ],
)
def test_a_password_is_neither_said_nor_kept(said, address, tmp_path):
    code, err = said("status", "--root", address)
    assert code in (1, 2) and "hush" not in err and "Traceback" not in err
    told = Address(address)
    assert "hush" not in f"{told} {told!r} {told.shown} {told.folder_name} {told.scrub(address)}"
    assert not any("hush" in str(p) for p in tmp_path.rglob("*"))


def test_the_working_copy_does_not_depend_on_the_password():
    assert Address("ftp://a:one@h/x").folder_name == Address("ftp://a:two@h/x/").folder_name
    assert Address("ftp://a:one@h/x").folder_name != Address("ftp://a:one@h/y").folder_name


def test_an_address_of_a_folder_is_that_folder(tmp_path):
    assert root_of(f"file://{tmp_path}") == tmp_path == root_of(f"local://{tmp_path}") == root_of(str(tmp_path))
    for address in ("s3://", "s3:///", "simplecache::s3://bucket/tally"):
        with pytest.raises(UsageError):
            root_of(address)
