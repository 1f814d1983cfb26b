"""Requests that no page of the desk makes: without token, from other sites, out of its paths, of any content and size."""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
from dataclasses import dataclass

import pytest

from tests.end_to_end.conftest import PROJECT
from tests.hostile.conftest import PERIOD


@dataclass(frozen=True)
class Server:
    port: int
    token: str

    def asked(
        self, method: str, path: str, body: bytes | str | None = None, **headers: str
    ) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request(method, path, body, headers)
        return connection.getresponse()

    def status(self, method: str, path: str, body: bytes | str | None = None, **headers: str) -> int:
        return self.asked(method, path, body, **headers).status

    @property
    def known(self) -> dict[str, str]:
        return {"Authorization": f"token {self.token}"}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The desk on a period of which nothing was checked yet."""
    root = tmp_path_factory.mktemp("desk")
    (root / "data" / "raw" / "masks_2021" / PERIOD).mkdir(parents=True)
    command = [sys.executable, PROJECT / "pipeline.py", "desk", PERIOD, "--root", root, "--no-browser", "--by", "柳青"]
    desk = subprocess.Popen(command, cwd=PROJECT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = ""
    while not (address := re.search(r"http://127\.0\.0\.1:(\d+)/desk/\?token=(\w+)", said)):
        line = desk.stdout.readline()
        assert line, said
        said += line
    yield Server(int(address[1]), address[2])
    desk.terminate()
    assert desk.wait(30) in (0, -15)
    assert "Traceback" not in desk.stdout.read()


def test_nothing_is_told_to_who_has_no_token(server):
    assert server.status("GET", "/desk/") == 302
    assert server.status("GET", "/desk/?token=abc") == 302
    assert server.status("POST", "/desk/ask", '{"ask": "overview"}') == 403
    assert server.status("GET", "/metrics") in (302, 403)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "169.254.1.1"])
def test_a_name_that_was_bent_to_this_machine_is_refused(server, host):
    assert server.status("GET", "/desk/", Host=host, **server.known) == 403


def test_another_sites_page_cannot_ask_by_the_cookie_alone(server):
    cookies = server.asked("GET", f"/desk/?token={server.token}").headers.get_all("Set-Cookie")
    cookie = "; ".join(c.partition(";")[0] for c in cookies)
    assert server.status("GET", "/desk/", Cookie=cookie) == 200
    for origin in ({}, {"Origin": "http://evil.example"}, {"Origin": "null"}):
        assert server.status("POST", "/desk/ask", '{"ask": "overview"}', Cookie=cookie, **origin) in (403, 404)


@pytest.mark.parametrize(
    "path",
    [
        *("/desk/../../../etc/passwd", "/desk/..%2f..%2f..%2fetc/passwd", "/desk/%2e%2e/desk.js", "/desk//etc/passwd"),
        *("/desk/desk.js%00", "/api/contents", "/api/kernels", "/api/terminals", "/files/data", "/lab", "/tree"),
        *("/static/../../etc/passwd", "/nbconvert/html/x", "/view/x", "/api/shutdown"),
    ],
)
def test_there_is_nothing_beside_the_page(server, path):
    assert server.status("GET", path, **server.known) in (403, 404)
    assert server.status("POST", path, "{}", **server.known) in (403, 404, 405)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"1", b"null", b'"x"', b"[" * 100_000, b"\xff\xfe"])
def test_a_request_that_is_none_is_refused(server, body):
    assert server.status("POST", "/desk/ask", body, **server.known) == 400


@pytest.mark.parametrize(
    "request_",
    [{"ask": {}}, {"ask": "evidence"}, {"ask": "evidence", "name": {}}, {"ask": "correct", "names": 5, "changes": "x"}],
)
def test_a_request_for_nothing_that_there_is_is_answered_in_words(server, request_):
    answer = server.asked("POST", "/desk/ask", json.dumps(request_), **server.known)
    assert answer.status == 200 and "error" in json.loads(answer.read())


def test_a_huge_request_is_not_taken_in(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as line:
        line.sendall(b"POST /desk/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000000\r\n\r\n")
        assert b" 200 " not in line.recv(4096)


@pytest.mark.skipif(os.name != "posix", reason="of these a Windows process may have fewer")
def test_who_never_ends_a_request_keeps_nobody_else_waiting(server):
    lines = [socket.create_connection(("127.0.0.1", server.port), timeout=60) for _ in range(200)]
    for line in lines:
        line.sendall(b"POST /desk/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n")
    assert server.status("GET", "/desk/", **server.known) == 200
    for line in lines:
        line.close()
