"""`quietlegs serve`: this machine alone, and a clean end."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from urllib.request import urlopen

import pytest
from tests import quick

Command = Callable[..., subprocess.CompletedProcess[str]]


def test_it_says_when_the_port_is_taken(command: Command) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        answer = command("serve", "--port", str(port))

    assert answer.returncode == 2
    assert f"Port {port} cannot be used: Address already in use" in answer.stderr


def test_it_names_the_range_of_ports(command: Command) -> None:
    answer = command("serve", "--port", "70000")

    assert answer.returncode == 2
    assert "Invalid value for '--port': 70000; allowed: 1 to 65535" in answer.stderr


@pytest.mark.parametrize("words", [("--host", "0.0.0.0"), ("--host", "0.0.0.0", "--demo")])
def test_it_listens_to_nobody_else_while_nobody_signs_in(home: Path, words: tuple[str, ...]) -> None:
    answer = quick.run("serve", *words, env=os.environ | {"QUIETLEGS_HOME": str(home)})

    assert answer.returncode == 1
    assert "--host 0.0.0.0 would let others read the diary" in answer.stderr
    steps = re.findall(r"^ +(\d)\. (.+)$", answer.stderr, re.MULTILINE)
    assert [int(number) for number, _ in steps] == [1, 2, 3, 4, 5, 6]
    assert "QUIETLEGS_HOSTED_AT=https://" in steps[3][1]
    guide = (Path(__file__).parents[2] / "docs" / "using" / "hosting.md").read_text(encoding="utf-8")
    for _, step in steps[2:]:
        assert step.rpartition(": ")[2].partition(",")[0].removeprefix("set ") in guide
    assert "Traceback" not in answer.stderr
    assert not home.exists()


def test_it_listens_on_this_machine_alone_and_stops_cleanly(home: Path) -> None:
    process, port = _started(home, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        _wait_for(port)
        assert _listening(process.pid) == {("127.0.0.1", port)}
    finally:
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=20)
    assert process.returncode == 0, said
    assert f"http://127.0.0.1:{port}" in said
    assert "Traceback" not in said


def test_it_answers_while_others_hold_a_connection_and_say_nothing(home: Path) -> None:
    process, port = _started(home)
    try:
        _wait_for(port)
        silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(10)]
        silent[0].send(b"GET / HTTP/1.1\r\n")

        with urlopen(f"http://127.0.0.1:{port}", timeout=3) as answer:
            assert answer.status == HTTPStatus.OK
        for one in silent:
            one.close()
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_it_sends_reminders_by_a_worker_that_ends_with_it(home: Path, end: signal.Signals) -> None:
    process, port = _started(home)
    try:
        _wait_for(port)
        [worker] = [one for one in _children(process.pid) if b"quietlegs.web.beside" in _command(one)]
        time.sleep(4)  # by then it has loaded all it needs, and goes round
        assert _command(worker)
    finally:
        process.send_signal(end)
        process.wait(timeout=20)
    until = time.monotonic() + 10
    while _command(worker):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_it_starts_what_sends_reminders_again_when_that_dies(home: Path) -> None:
    process, port = _started(home, stderr=subprocess.PIPE)
    try:
        _wait_for(port)
        first = _beside(process.pid)
        os.kill(first, signal.SIGKILL)
        until = time.monotonic() + 10
        while (second := _beside(process.pid)) in (0, first):
            assert time.monotonic() < until
            time.sleep(0.05)
        _wait_for(port)
    finally:
        process.terminate()
        _, said = process.communicate(timeout=20)
    assert "it starts again in 1 s" in said
    assert process.returncode == 0
    assert not _command(second)


def test_it_makes_the_key_for_notifications_at_the_first_start(home: Path, command: Command) -> None:
    command("worker", "--once")
    made = (home / "vapid.pem").read_bytes()
    command("worker", "--once")

    assert made.startswith(b"-----BEGIN PRIVATE KEY-----")
    assert (home / "vapid.pem").read_bytes() == made


@pytest.mark.parametrize("word", ["serve", "worker"])
def test_it_does_not_start_with_a_contact_that_nobody_can_write_to(
    word: str, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIETLEGS_CONTACT", "me@localhost")
    said = command(word)

    assert said.returncode == 1
    assert "QUIETLEGS_CONTACT: 'me@localhost' cannot be the contact; allowed: an e-mail address" in said.stderr
    assert "Traceback" not in said.stderr


def test_it_sends_nothing_for_the_simulated_person(home: Path) -> None:
    process, port = _started(home, "--demo")
    try:
        _wait_for(port)
        assert not any(b"quietlegs.web.beside" in _command(one) for one in _children(process.pid))
    finally:
        process.terminate()
        process.wait(timeout=20)


def _started(
    home: Path, *options: str, stdout: int | None = None, stderr: int | None = None
) -> tuple[subprocess.Popen[str], int]:
    """Start `quietlegs serve` on a port that is free; return its process and the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "quietlegs.cli.main", "serve", *options, "--port", str(port)]
    env = os.environ | {"QUIETLEGS_HOME": str(home)}
    return subprocess.Popen(command, env=env, stdout=stdout, stderr=stderr, text=True, start_new_session=True), port


def _beside(pid: int) -> int:
    """Return the process that sends reminders; 0 while there is none."""
    return next((one for one in _children(pid) if b"quietlegs.web.beside" in _command(one)), 0)


def _command(pid: int) -> bytes:
    """What a process was started with; nothing once it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def _wait_for(port: int) -> None:
    for _ in range(150):
        try:
            with urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(port)


def _listening(pid: int) -> set[tuple[str, int]]:
    """Every TCP address that this process and its children listen on, as the kernel tells it."""
    listen = "0A"
    inodes = {}
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            parts = line.split()
            if parts[3] == listen:
                host, port = parts[1].split(":")
                shown = ".".join(str(b) for b in reversed(bytes.fromhex(host))) if table == "tcp" else host
                inodes[parts[9]] = (shown, int(port, 16))
    held = set()
    for child in (pid, *_children(pid)):
        for handle in Path(f"/proc/{child}/fd").iterdir():
            try:
                target = str(handle.readlink())
            except FileNotFoundError:
                continue  # A process that is starting opens and closes files.
            if target.startswith("socket:[") and target[8:-1] in inodes:
                held.add(inodes[target[8:-1]])
    return held


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in listed.split()]
