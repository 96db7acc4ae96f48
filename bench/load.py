"""A group in the evening peak: how soon a night is written down while others do the same, and where that ends.

`python -m bench.load [sqlite] [postgres] [PEOPLE]`: a server that hosts a group, as it is started for one, on this
machine and shared with the clients; each person has a diary of a year and a key of their own. Clients send the next
night as soon as the last one is acknowledged; then all people send a week's nights at once, as phones do that were
offline. The figure is written into docs/methods/reliability.md.
"""

import http.client
import json
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from statistics import quantiles

from bench.group import HERE, KINDS, WAITS_S, cpu_s, hosting, postmaster, served
from tests.reliability.figures import keep

PEOPLE, NIGHTS_KEPT, WEEK = 200, 365, 7
CLIENTS = (1, 2, 4, 8, 16, 32, 64, 128)
PROMISED_AT, PROMISED_MS = 16, 100.0
LASTS_S = 10.0
FIRST = date(2026, 1, 1)
KNEE = 0.9
_CREATED = http.client.OK


@dataclass
class Told:
    """What the clients of one run saw: seconds an answer, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def p(self, percent: int) -> float:
        """Return a percentile of the answers, in ms."""
        return 1000 * quantiles(self.seconds, n=100, method="inclusive")[percent - 1]


def people(count: int) -> Iterator[str]:
    """Make so many people with a year of nights each; yield a key to each diary."""
    from quietlegs.web.start import prepare  # noqa: PLC0415 - only in the process that fills the database

    prepare()
    from quietlegs.records.fact import note  # noqa: PLC0415 - as above
    from quietlegs.records.felt import NightRating  # noqa: PLC0415 - as above
    from quietlegs.records.moment import moment  # noqa: PLC0415 - as above
    from quietlegs.web.store.diaries import new_diary  # noqa: PLC0415 - as above
    from quietlegs.web.store.diary import StoredDiary  # noqa: PLC0415 - as above
    from quietlegs.web.store.tokens import make  # noqa: PLC0415 - as above
    from quietlegs.web.store.whose import in_hand  # noqa: PLC0415 - as above

    for _ in range(count):
        with in_hand(new_diary()):
            nights = [FIRST - timedelta(days=ago) for ago in range(NIGHTS_KEPT, 0, -1)]
            noted = [moment(datetime.combine(night, clock(21), UTC), "Europe/Berlin") for night in nights]
            StoredDiary().add([note(NightRating(4), one, secrets.token_bytes(10)) for one in noted])
            yield make("bench", ["write"])


def night(number: int) -> dict[str, object]:
    """Return the fact of a night, as a phone sends it."""
    at = datetime.combine(FIRST + timedelta(days=number % 300), clock(20), UTC)
    made = (int(at.timestamp() * 1000) << 80) | (7 << 76) | secrets.randbits(76)
    made = made & ~(0b11 << 62) | (0b10 << 62)
    digits = f"{made:032x}"
    return {
        "id": f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}",
        "kind": "night_rating", "night": at.date().isoformat(), "at": at.isoformat(), "zone": "UTC", "offset_s": 0,
        "wall": at.replace(tzinfo=None).isoformat(), "payload": {"severity": 4}, "supersedes": None,
    }  # fmt: skip


def send(line: http.client.HTTPConnection, key: str, facts: list[dict[str, object]], told: Told) -> None:
    """Send facts and wait until they are acknowledged."""
    headers = {
        "Host": HERE,
        "X-Forwarded-Proto": "https",
        "Authorization": f"Bearer {key}",
        "Content-Type": "application/json",
    }
    begun = time.perf_counter()
    try:
        line.request("POST", "/api/v1/facts", json.dumps(facts), headers)
        answer = line.getresponse()
        said = answer.read()
    except (OSError, http.client.HTTPException) as error:
        told.wrong.append(repr(error))
        line.close()
        return
    if answer.status != _CREATED:
        told.wrong.append(f"{answer.status}: {said[:200]!r}")
    told.seconds.append(time.perf_counter() - begun)


def together(jobs: list[Callable[[], None]]) -> float:
    """Run all at once; return the seconds until the last has ended."""
    threads = [threading.Thread(target=job) for job in jobs]
    begun = time.perf_counter()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return time.perf_counter() - begun


def closed_loop(port: int, keys: list[str], clients: int) -> tuple[Told, float]:
    """Let so many people write a night, and the next as soon as it is acknowledged."""
    told, ends = Told(), time.perf_counter() + LASTS_S

    def one(key: str) -> Callable[[], None]:
        def go() -> None:
            line, number = http.client.HTTPConnection("127.0.0.1", port, timeout=WAITS_S), 0
            while time.perf_counter() < ends:
                send(line, key, [night(number)], told)
                number += 1
            line.close()

        return go

    took = together([one(key) for key in keys[:clients]])
    return told, len(told.seconds) / took


def evening_peak(port: int, keys: list[str]) -> tuple[Told, float]:
    """Let everybody send a week at once, each on a connection of their own."""
    told = Told()

    def one(key: str) -> Callable[[], None]:
        def go() -> None:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=WAITS_S)
            send(line, key, [night(number) for number in range(WEEK)], told)
            line.close()

        return go

    return told, together([one(key) for key in keys])


def measure(kind: str, count: int) -> bool:
    """Print the table of one database; return whether what is promised held."""
    with hosting(kind), ExitStack() as stack:
        command = [sys.executable, "-m", "bench.load", "people", str(count)]
        keys = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        port, server = stack.enter_context(served())
        first = (server, postmaster()) if kind == "postgres" else (server,)
        print(f"{kind}: {count} people with {NIGHTS_KEPT} nights each")
        rows = [_row(port, keys, clients, first) for clients in CLIENTS if clients <= count]
        told, took = evening_peak(port, keys)
        print(f"  {count} at once, a week each: all in after {took:.1f} s, slowest {max(told.seconds):.1f} s,"
              f" {len(told.wrong)} errors {'' if not told.wrong else told.wrong[0]}", flush=True)  # fmt: skip
        return _kept(kind, rows, told, took)


@dataclass(frozen=True)
class Row:
    """What so many clients saw."""

    clients: int
    told: Told
    rate: float
    cpu_ms: tuple[float, ...]


def _row(port: int, keys: list[str], clients: int, first: tuple[int, ...]) -> Row:
    before = [cpu_s(one) for one in first]
    told, rate = closed_loop(port, keys, clients)
    spent = tuple(1000 * (cpu_s(one) - was) / len(told.seconds) for one, was in zip(first, before, strict=True))
    row = Row(clients, told, rate, spent)
    wrong = f"  {len(told.wrong)} errors, {told.wrong[0]}" if told.wrong else ""
    print(f"{clients:>6} clients  p50 {told.p(50):6.1f} ms  p95 {told.p(95):6.1f} ms  {rate:6.0f}/s"
          f"  {_spent(row)}{wrong}", flush=True)  # fmt: skip
    return row


def _spent(row: Row) -> str:
    whose = ("the server", "the database")
    return "a core for " + " and ".join(f"{ms:.1f} ms of {who}" for ms, who in zip(row.cpu_ms, whose, strict=False))


def _kept(kind: str, rows: list[Row], peak: Told, took: float) -> bool:
    """Keep the figure; the knee is where more clients bring less than a tenth more."""
    most = max(row.rate for row in rows)
    knee = next(row for row in rows if row.rate > KNEE * most)
    at = next((row for row in rows if row.clients == PROMISED_AT), rows[-1])
    wrong = sum(len(row.told.wrong) for row in rows) + len(peak.wrong)
    good = not wrong and at.told.p(95) < PROMISED_MS
    measured = (
        f"p95 {at.told.p(95):.0f} ms, p50 {at.told.p(50):.0f} ms, {at.rate:.0f}/s at {at.clients} clients; knee at "
        f"{knee.clients} clients, {knee.rate:.0f}/s; one night {_spent(rows[0])}; {len(peak.seconds)} at once, a week "
        f"each: {took:.1f} s; {wrong} errors"
    )
    wanted = f"no error, p95 < {PROMISED_MS:g} ms at {PROMISED_AT} clients"
    keep(f"nights logged in the evening peak, {kind}", wanted, measured, f"python -m bench.load {kind}", good=good)
    return good


def main(words: list[str]) -> int:
    """Measure; or, told so, only make people."""
    if words[:1] == ["people"]:
        for key in people(int(words[1])):
            print(key)
        return 0
    kinds = [word for word in words if word in KINDS] or ["sqlite"]
    numbers = [int(word) for word in words if word.isdecimal()]
    found = [measure(kind, *(numbers or [PEOPLE])) for kind in kinds]
    return 0 if all(found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
