"""A process that only computes still ends with the one it is connected to."""

import signal
import socket
import subprocess
import sys

import pytest

from tally.paths import PROJECT

COMPUTING = """
import socket, sys
from tally.system import linux
connection = socket.socket(fileno=int(sys.argv[1]))
with linux.ended_with(connection):
    print("computing", flush=True)
    while "forever" in sys.argv:
        pass
print("done", flush=True)
print(connection.recv(10).decode(), flush=True)
"""


def started(*words: str) -> tuple[socket.socket, subprocess.Popen]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-c", COMPUTING, str(theirs.fileno()), *words]
    process = subprocess.Popen(command, cwd=PROJECT, pass_fds=[theirs.fileno()], stdout=subprocess.PIPE, text=True)
    theirs.close()
    assert process.stdout.readline() == "computing\n"
    return ours, process


@pytest.mark.parametrize("end", ["closed", "shut down"])
def test_the_other_sides_end_ends_what_computes(end):
    ours, process = started("forever")
    with process:
        ours.close() if end == "closed" else ours.shutdown(socket.SHUT_RDWR)
        assert process.wait(30) == -signal.SIGIO


def test_afterwards_the_connection_serves_as_any(tmp_path):
    ours, process = started()
    with process, ours:
        assert process.stdout.readline() == "done\n"
        ours.send(b"hello")
        assert process.stdout.read() == "hello\n" and process.wait(30) == 0
