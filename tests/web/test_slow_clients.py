"""Who sends byte after byte holds up nobody else for long: against the server that a person starts."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import pytest

# Shorter than usual, so that a test need not wait: the server itself is the real one.
START = """
import sys
from quietlegs.web import patience
patience.HEAD_S, patience.REST_S = 2.0, 3.0
from quietlegs.web.start import serve
serve(int(sys.argv[1]), reminders=False)
"""
MANY = 40  # more than the server has threads
_WITHIN_S = 30
_STARTS_WITHIN_S = 120


@pytest.fixture
def port(tmp_path: Path, socket_enabled: None) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = int(probe.getsockname()[1])
    env = os.environ | {"QUIETLEGS_HOME": str(tmp_path)}
    process = subprocess.Popen([sys.executable, "-c", START, str(number)], env=env, stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + _STARTS_WITHIN_S
        while not _answers(number):
            assert time.monotonic() < until
            time.sleep(0.1)
        yield number
    finally:
        process.terminate()
        process.wait(_WITHIN_S)


def _answers(port: int, patience_s: float = 2) -> bool:
    with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/safety/help/", timeout=patience_s) as answer:
        return bool(answer.status == 200)
    return False


def _trickle(port: int, begin: bytes) -> list[socket.socket]:
    held = [socket.create_connection(("127.0.0.1", port)) for _ in range(MANY)]
    for one in held:
        one.send(begin)
    return held


HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
BODY = b"POST /log/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 5000\r\n\r\nabc"


@pytest.mark.parametrize("begin", [HEAD, BODY], ids=["head", "body"])
def test_it_cuts_off_whoever_sends_byte_after_byte(port: int, begin: bytes) -> None:
    held = _trickle(port, begin)
    until = time.monotonic() + _WITHIN_S
    while held and time.monotonic() < until:
        held = [one for one in held if _goes_on(one)]
        time.sleep(0.1)

    assert held == []
    assert _answers(port, _WITHIN_S)


def _goes_on(one: socket.socket) -> bool:
    """Send one more byte; whether the server still wants to hear more."""
    try:
        one.send(b"x")
    except OSError:
        one.close()
        return False
    return True


def test_it_refuses_a_head_without_end(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=_WITHIN_S) as one:
        one.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        said = b""
        with suppress(OSError):
            for number in range(1000):
                one.sendall(b"X-%d: " % number + b"x" * 100 + b"\r\n")
        with suppress(OSError):
            said = one.recv(200)

    assert b" 200 " not in said
    assert _answers(port)


def test_it_refuses_what_could_be_read_as_two_requests(port: int) -> None:
    """A length told twice, or a length and chunks: what one server takes for a body another takes for a request."""
    for told in (b"Content-Length: 4\r\nContent-Length: 40", b"Content-Length: 4\r\nTransfer-Encoding: chunked"):
        with socket.create_connection(("127.0.0.1", port), timeout=_WITHIN_S) as one:
            one.sendall(b"POST /log/ HTTP/1.1\r\nHost: localhost\r\n" + told + b"\r\n\r\n0\r\n\r\n")
            assert one.recv(100).startswith(b"HTTP/1.1 400"), told
