"""Commands that are forked from one process answer as those that a person starts, and are as much on their own."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests import quick

STARTED = (sys.executable, "-m", "quietlegs.cli.main")


def environment(home: Path, **more: str) -> dict[str, str]:
    return os.environ | {"QUIETLEGS_HOME": str(home), "TZ": "Europe/Berlin", "NO_COLOR": "1", "COLUMNS": "120"} | more


@pytest.mark.parametrize(
    ("words", "read"),
    [
        (("tonight", "--at", "2026-11-20 18:00"), ""),
        (("log",), "12\n"),
        (("log", "--began", "late", "4"), ""),
        (("trial", "plan", "--nights", "30"), ""),
        (("safety", "--rules"), ""),
        (("no_such_word",), ""),
    ],
)
def test_it_answers_as_a_command_that_a_person_starts(tmp_path: Path, words: tuple[str, ...], read: str) -> None:
    env = environment(tmp_path, LC_ALL="de_DE.UTF-8")

    forked = quick.run(*words, env=env, text=read)
    started = subprocess.run([*STARTED, *words], env=env, input=read, capture_output=True, text=True, check=False)

    assert (forked.returncode, forked.stdout) == (started.returncode, started.stdout)
    assert forked.stderr.replace("python -m quietlegs.cli.main", "quietlegs") == started.stderr.replace(
        "python -m quietlegs.cli.main", "quietlegs"
    )


def test_each_has_an_environment_and_a_diary_of_its_own(tmp_path: Path) -> None:
    here, there = (environment(tmp_path / name, TZ=zone) for name, zone in (("a", "Asia/Tokyo"), ("b", "Etc/UTC")))
    for severity, env in (("4", here), ("5", there)):
        assert quick.run("log", severity, env=env).returncode == 0

    told = [quick.run("export", env=env).stdout for env in (here, there)]

    assert ['"zone":"Asia/Tokyo"' in one for one in told] == [True, False]
    assert [one.count("\n") for one in told] == [1, 1]


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 0), (signal.SIGKILL, -9)])
def test_it_tells_how_a_command_ended_that_was_sent_a_signal(tmp_path: Path, sent: signal.Signals, code: int) -> None:
    running = quick.start("worker", env=environment(tmp_path))
    while not (tmp_path / "vapid.pem").exists():
        assert running.poll() is None

    with pytest.raises(subprocess.TimeoutExpired):
        running.wait(1)
    os.killpg(running.pid, sent)

    assert running.wait() == code
    assert running.poll() == code
