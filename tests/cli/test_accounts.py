"""`quietlegs accounts`: only where a group is hosted, and never a traceback; what it makes is tried in tests/web."""

import subprocess
from collections.abc import Callable

import pytest
from cryptography.fernet import Fernet

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def hosted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIETLEGS_HOSTED_AT", "https://legs.example.org")
    monkeypatch.setenv("QUIETLEGS_SERVER_KEY", Fernet.generate_key().decode())
    monkeypatch.setenv("QUIETLEGS_MAIL_URL", "console:")


def test_it_says_that_one_persons_machine_has_no_accounts(command: Command) -> None:
    answer = command("accounts", "invite", "me@example.org")

    assert answer.returncode == 1
    assert "there are no accounts here: QUIETLEGS_HOSTED_AT is not set" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_it_prints_a_link_for_the_first_host(command: Command, hosted: None) -> None:
    answer = command("accounts", "make-host", "me@example.org")

    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.startswith("https://legs.example.org/account/invited/")


def test_it_refuses_what_is_no_address(command: Command, hosted: None) -> None:
    answer = command("accounts", "invite", "me")

    assert answer.returncode == 2
    assert "email is 'me'; allowed: an e-mail address" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("", "nothing"),
        ("smtp://mail.example.org", "'smtp'"),
        ("https://me:sesame@b.org?from=a@b.org", "'https'"),
    ],
)
def test_it_wants_to_know_how_letters_leave(
    command: Command, hosted: None, monkeypatch: pytest.MonkeyPatch, told: str, found: str
) -> None:
    monkeypatch.setenv("QUIETLEGS_MAIL_URL", told)
    answer = command("serve")

    assert answer.returncode == 1
    assert "QUIETLEGS_MAIL_URL holds " in answer.stderr
    assert found in answer.stderr
    assert "sesame" not in answer.stderr
    assert "Traceback" not in answer.stderr


def test_it_serves_no_group_without_a_key_to_seal_with(
    command: Command, hosted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIETLEGS_SERVER_KEY", "")
    answer = command("serve")

    assert answer.returncode == 1
    assert "no server key" in answer.stderr
