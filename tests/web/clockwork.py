"""The real worker in a process of its own, with a clock whose hand the test moves."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_REST_S = 0.01


@dataclass
class Hand:
    """The hand of a clock: a file, which other processes read."""

    file: Path

    def set(self, at: datetime) -> None:
        aside = self.file.with_suffix(".new")
        aside.write_text(at.isoformat(), encoding="ascii")
        aside.replace(self.file)

    def now(self) -> datetime:
        return datetime.fromisoformat(self.file.read_text(encoding="ascii"))


def start_worker(folder: Path, *, early: bool = False, waits: bool = True) -> "subprocess.Popen[bytes]":
    """Start a worker on the database in this folder; return once it has gone round, or at once.

    One that is `early` notes a reminder as sent before it is: a mistake that tests have to catch.
    """
    env = os.environ | {"QUIETLEGS_HOME": os.fspath(folder)}
    command = [sys.executable, "-m", "tests.web.clockwork", os.fspath(folder / "clock"), *(["early"] if early else [])]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=env, cwd=ROOT)
    assert process.stdout is not None
    if waits:
        assert process.stdout.readline() == b"goes round\n"
    return process


def kill(process: "subprocess.Popen[bytes]") -> None:
    """End it as a power cut would."""
    process.kill()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def main(file: Path, *, early: bool) -> None:
    """Go round with hardly a rest, until killed."""
    from quietlegs.web.start import prepare  # noqa: PLC0415 - in this process alone

    prepare()
    from quietlegs.web.worker.run import work  # noqa: PLC0415 - Django comes first

    if early:
        _acknowledge_early()
    first = True

    def rest() -> bool:
        nonlocal first
        if first:
            print("goes round", flush=True)  # noqa: T201 - the parent waits for it
            first = False
        time.sleep(_REST_S)
        return True

    work(Hand(file).now, rest)


def _acknowledge_early() -> None:
    from quietlegs.web.store import leases  # noqa: PLC0415 - Django comes first

    real = leases.claim

    def claim(now: datetime) -> leases.Delivery | None:
        delivery = real(now)
        if delivery is not None:
            leases.end(delivery, leases.ARRIVED)
        return delivery

    leases.claim = claim  # type: ignore[assignment]  # the mistake


if __name__ == "__main__":
    main(Path(sys.argv[1]), early="early" in sys.argv)
