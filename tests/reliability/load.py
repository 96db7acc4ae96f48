"""Phones that write without a rest: each entry is sent again and again, under its own id, until it is acknowledged."""

import os
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path
from typing import Any, Self

from tests.reliability.served import ask

from quietlegs.records.fact import note
from quietlegs.records.moment import moment
from quietlegs.records.slept import Intake, Substance, Unit
from quietlegs.records.wire import to_wire


class Load:
    """Some phones; what was acknowledged stands in a file before the next entry is made."""

    def __init__(self, port: int, key: str, ledger: Path, phones: int = 4, *, every_s: float = 0) -> None:
        self.port, self.key, self.ledger, self.every_s = port, key, ledger, every_s
        self.acknowledged = 0
        self.waits_s: list[tuple[float, float]] = []
        self._ends = threading.Event()
        self._one = threading.Lock()
        self._phones = [threading.Thread(target=self._write, daemon=True) for _ in range(phones)]

    def __enter__(self) -> Self:
        for one in self._phones:
            one.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        for one in self._phones:
            one.join()

    def _write(self) -> None:
        while not self._ends.wait(self.every_s):
            entry = an_entry()
            if not self._send(entry):
                return
            with self._one, self.ledger.open("a", encoding="ascii") as handle:
                handle.write(f"{entry['id']}\n")
                self.acknowledged += 1

    def _send(self, entry: dict[str, Any]) -> bool:
        while True:
            began = time.monotonic()
            with suppress(OSError, HTTPException):
                status, _ = ask(self.port, "POST", "/api/v1/facts", [entry], self.key)
                if status == 200:
                    self.waits_s.append((began, time.monotonic() - began))
                    return True
            if self._ends.is_set():
                return False
            time.sleep(0.02)


def an_entry() -> dict[str, Any]:
    """Make an entry that says something no other one says."""
    taken = Intake(Substance.MEDICINE, 1, Unit.TABLET, name=os.urandom(12).hex())
    return to_wire(note(taken, moment(datetime.now(UTC), "UTC"), os.urandom(10)))


def ledger_of(file: Path) -> list[str]:
    """Return the ids that were acknowledged; a line that a kill cut short is none."""
    return [line for line in file.read_text("ascii").split() if len(line) == 36] if file.exists() else []
