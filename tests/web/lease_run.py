"""400 reminders due at once, two workers, and kill -9 at random instants: how many are lost, how many come twice.

`python -m tests.web.lease_run` tries it with fifty kills on SQLite; with `postgres`, on a PostgreSQL of its own; with a
number, with so many kills. `early` is a control: it notes a reminder as sent before it is, and loses one where a kill
falls in between, which a few kills do not always.
"""

import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from tests.web.clockwork import Hand, kill, start_worker
from tests.web.postgres import postgres
from tests.web.receivers import Browser, Web, web

NIGHT = date(2026, 11, 20)
PHONES, KILLS, WORKERS = 400, 50, 2
SEED = 20261120
_PATIENCE_S = 300
_QUIET_S = 3.0
# About as long as a worker takes for one reminder: a kill falls anywhere within.
_ONE_S = 0.04


@dataclass(frozen=True)
class Count:
    """What became of the reminders."""

    due: int
    kills: int
    amid: int
    lost: int
    cut_short: int
    twice: int
    new_ids: int

    def __str__(self) -> str:
        return (
            f"{self.due} due, {WORKERS} workers, {self.kills} kill -9, {self.amid} of them before the last was "
            f"given: {self.lost} lost, {self.cut_short} cut short, {self.twice} over the wire twice, "
            f"{self.new_ids} of them under another id"
        )


def main(*words: str) -> None:
    """Print what became of the reminders."""
    name = "postgres" if "postgres" in words else "sqlite"
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        os.environ["QUIETLEGS_HOME"] = folder
        if name == "postgres":
            os.environ["QUIETLEGS_DATABASE"] = stack.enter_context(postgres())
        kills = next((int(word) for word in words if word.isdecimal()), KILLS)
        told = run(Path(folder), early="early" in words, kills=kills)
    print(f"{name}{', acknowledged early' if 'early' in words else ''}: {told}")  # noqa: T201 - the figure is the point


def run(folder: Path, *, early: bool, kills: int) -> Count:
    """Let two workers send what is due while one after the other is killed."""
    from quietlegs.web.start import prepare  # noqa: PLC0415 - after the database is chosen

    prepare()
    from django.db import connection  # noqa: PLC0415 - Django comes first
    from tests.web.reminding import begins, person  # noqa: PLC0415 - as above

    from quietlegs.web.store.leases import LEASE  # noqa: PLC0415 - as above

    person()
    hand, dice, amid = Hand(folder / "clock"), random.Random(SEED), 0
    hand.set(begins(NIGHT) - timedelta(minutes=1))
    with web() as service:
        phones = _phones(service)
        workers = [start_worker(folder, early=early) for _ in range(WORKERS)]
        hand.set(begins(NIGHT))
        for number in range(kills):
            # Each kill falls somewhere into the sending of the next few.
            _until(partial(_has, service, (number + 1) * PHONES // (kills + 2)))
            time.sleep(dice.uniform(0, _ONE_S))
            killed = number % WORKERS
            kill(workers[killed])
            amid += _waiting()
            # Whoever waited here until it has gone round would find everything given.
            workers[killed] = start_worker(folder, early=early, waits=False)
        _until_quiet(service)
        while _waiting():
            # What a killed worker held is free once its lease has run out.
            hand.set(hand.now() + LEASE + timedelta(seconds=1))
            _until_quiet(service)
        for one in workers:
            kill(one)
        counted = _counted(phones, kills, amid)
    connection.close()
    return counted


def _has(service: Web, count: int) -> bool:
    return len(service.posted) >= count


def _phones(service: Web) -> list[Browser]:
    from tests.web.reminding import listens  # noqa: PLC0415 - as above

    phones = [Browser(service, f"{number}") for number in range(PHONES)]
    for phone in phones:
        listens("push", phone.subscription() | {"contact": "you@example.org"})
    return phones


def _waiting() -> bool:
    from quietlegs.web.store.models import DeliveryRow  # noqa: PLC0415 - as above

    return DeliveryRow.objects.filter(night=NIGHT).exclude(state__in=("arrived", "late", "failed")).exists()


def _counted(phones: list[Browser], kills: int, amid: int) -> Count:
    from quietlegs.web.store.models import DeliveryRow  # noqa: PLC0415 - as above

    tags = [Counter(told["tag"] for told, _ in phone.received()) for phone in phones]
    return Count(
        due=len(phones),
        kills=kills,
        amid=amid,
        lost=sum(not one for one in tags),
        cut_short=DeliveryRow.objects.filter(attempts__gt=1).count(),
        twice=sum(one.total() - 1 for one in tags if one),
        new_ids=sum(len(one) - 1 for one in tags if one),
    )


def _until_quiet(service: Web) -> None:
    """Wait until nothing more arrives."""
    before = -1
    while len(service.posted) > before:
        before = len(service.posted)
        time.sleep(_QUIET_S)


def _until(seen: Callable[[], bool]) -> None:
    until = datetime.now(UTC) + timedelta(seconds=_PATIENCE_S)
    while not seen():
        assert datetime.now(UTC) < until
        time.sleep(0.005)


if __name__ == "__main__":
    main(*sys.argv[1:])
