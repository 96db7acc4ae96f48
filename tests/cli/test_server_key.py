"""`quietlegs server-key`: makes a key, and puts it in the place of an older one."""

import subprocess
from collections.abc import Callable

import pytest
from cryptography.fernet import Fernet

Command = Callable[..., subprocess.CompletedProcess[str]]


def test_it_makes_a_key_each_time(command: Command) -> None:
    keys = [command("server-key", "new").stdout.strip() for _ in range(2)]

    assert keys[0] != keys[1]
    assert [bool(Fernet(key)) for key in keys] == [True, True]


def test_it_says_what_is_missing_where_there_is_no_key(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIETLEGS_HOSTED_AT", "https://legs.example.org")

    answer = command("server-key", "rotate")

    assert answer.returncode == 1
    assert "no server key; wanted: QUIETLEGS_SERVER_KEY" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_it_shows_no_diary_of_a_group_at_the_terminal(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIETLEGS_HOSTED_AT", "https://legs.example.org")
    monkeypatch.setenv("QUIETLEGS_SERVER_KEY", Fernet.generate_key().decode())

    answer = command("log", "4")

    assert answer.returncode == 1
    assert "diaries of a group" in answer.stderr


def test_it_locks_all_diaries_with_the_first_key(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIETLEGS_HOSTED_AT", "https://legs.example.org")
    monkeypatch.setenv("QUIETLEGS_SERVER_KEY", Fernet.generate_key().decode())

    answer = command("server-key", "rotate")

    assert answer.returncode == 0
    assert answer.stdout.splitlines()[0] == "0 diaries are locked with the first key."
