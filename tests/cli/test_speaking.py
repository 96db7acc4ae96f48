"""The terminal speaks the language that the environment asks for."""

import os
import subprocess
import sys

import pytest

from quietlegs.cli.speaking import asked_for

NAMES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "es_MX.UTF-8"}, "es"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "es_ES"}, "es"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "fr:es:de"}, "es"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "C", "LANGUAGE": "de"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_it_reads_the_environment_as_other_programs_do(
    environment: dict[str, str], spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert asked_for() == spoken


@pytest.mark.parametrize(("locale", "told"), [("de_DE.UTF-8", "Nächte"), ("es_ES.UTF-8", "noches"), ("C", "nights")])
def test_it_answers_in_that_language(locale: str, told: str) -> None:
    env = {**{name: value for name, value in os.environ.items() if name not in NAMES}, "LC_ALL": locale}
    command = [sys.executable, "-X", "utf8", "-m", "quietlegs.cli.main", "trial", "plan", "--nights", "30"]

    found = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=True)

    assert told in found.stdout
