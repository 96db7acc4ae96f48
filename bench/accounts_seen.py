"""The inside of `bench.accounts`: fills a group's database, and opens each page of its table as some of the people.

Once as the first visit after others were served, whose diaries took the room in memory, then again.
In ms of this process alone, and by the clock.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from statistics import quantiles

import numpy as np

from quietlegs.web.start import prepare

prepare()

from bench.group import HERE  # noqa: E402 - as above
from bench.pages import lived  # noqa: E402 - as above
from django.db import connection  # noqa: E402 - after Django is set up
from django.test import Client  # noqa: E402 - as above
from django.test.utils import CaptureQueriesContext  # noqa: E402 - as above
from tests.reliability.figures import keep  # noqa: E402 - as above
from tests.web.page_table import pages  # noqa: E402 - as above

from quietlegs.cli.demo import facts_of, simulate  # noqa: E402 - as above
from quietlegs.records.fact import Fact  # noqa: E402 - as above
from quietlegs.web.accounts.models import Account  # noqa: E402 - as above
from quietlegs.web.server import collect_rarely  # noqa: E402 - as above
from quietlegs.web.store import diary as stored  # noqa: E402 - as above
from quietlegs.web.store.diaries import new_diary  # noqa: E402 - as above
from quietlegs.web.store.diary import StoredDiary  # noqa: E402 - as above
from quietlegs.web.store.remembered import Memory  # noqa: E402 - as above
from quietlegs.web.store.whose import in_hand  # noqa: E402 - as above

LIVES, LOOKED_AT, AGAIN = 8, 12, 3
ALLOWED_MS, YEAR, SEED, ZONE = 300.0, 365, 7, "Europe/Berlin"
_TOLD_EVERY = 100
_HOW = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class Seen:
    """What one page took, in ms of this process and by the clock, and how often it asked the database."""

    path: str
    first: list[float] = field(default_factory=list)
    first_clock: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    again_clock: list[float] = field(default_factory=list)
    asked: set[int] = field(default_factory=set)

    @property
    def worst_ms(self) -> float:
        """The larger p95, of first and later visits."""
        return max(p(self.first, 95), p(self.again, 95))

    @property
    def worst_by_clock_ms(self) -> float:
        """The same by the clock."""
        return max(p(self.first_clock, 95), p(self.again_clock, 95))

    def told(self) -> str:
        """Return its line of the table."""
        figures = (self.first, self.first_clock, self.again, self.again_clock)
        shown = "".join(f"{p(one, 50):7.0f}{p(one, 95):7.0f}" for one in figures)
        return f"{self.path:36}{shown}  {'-'.join(str(one) for one in sorted({min(self.asked), max(self.asked)}))}"


def p(values: list[float], percent: int) -> float:
    """Return a percentile."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def lives() -> Iterator[list[Fact]]:
    """Yield years of several simulated people; ids belong to a diary, so that many may hold the same."""
    last = datetime.now(UTC).date() - timedelta(days=2)
    for number in range(LIVES):
        rng = np.random.Generator(np.random.PCG64(SEED + number))
        schedule, nights = simulate(rng, last, YEAR)
        yield list(facts_of(schedule, nights, rng, ZONE))


def fill(count: int) -> list[int]:
    """Make so many people with a diary each; return the accounts that are looked at."""
    years, last = list(lives()), datetime.now(UTC).date() - timedelta(days=2)
    looked_at, begun, facts = [], time.perf_counter(), 0
    every = max(1, count // LOOKED_AT)
    for number in range(count):
        account = Account(email=f"p{number}@example.org", diary_id=new_diary(), is_host=number == 0)
        account.set_unusable_password()
        account.save()
        chosen = number % every == 0 and len(looked_at) < LOOKED_AT
        with in_hand(account.diary_id):
            facts += StoredDiary().add(lived(1, last, SEED + number) if chosen else years[number % LIVES])
        if chosen:
            looked_at.append(account.pk)
        if number % _TOLD_EVERY == _TOLD_EVERY - 1:
            print(f"  {number + 1} people, {facts} facts, {time.perf_counter() - begun:.0f} s", flush=True)
    return looked_at


def look(accounts: list[int]) -> list[Seen]:
    """Open each page as each of these people."""
    seen = {path: Seen(path) for path in pages()}
    clients = [_client(Account.objects.get(pk=pk)) for pk in accounts]
    for round_, client in enumerate([clients[0], *clients]):
        for path, one in list(seen.items()):
            found = _opened(client, path)
            if found is None:
                del seen[path]
            elif round_:  # The first round loads what a process loads once.
                first, later, asked = found
                one.asked.add(asked)
                one.first.append(first[0])
                one.first_clock.append(first[1])
                one.again += [cpu for cpu, _ in later]
                one.again_clock += [clock for _, clock in later]
    return list(seen.values())


def _client(account: Account) -> Client:
    client = Client(SERVER_NAME=HERE, headers={"x-forwarded-proto": "https"})
    client.force_login(account, _HOW)
    return client


Times = tuple[float, float]


def _opened(client: Client, path: str) -> tuple[Times, list[Times], int] | None:
    """Return the times of the first visit and of later ones, and the questions; None for what is no page."""
    stored._memory = Memory()  # noqa: SLF001 - as it is once others have been served
    if client.get(path).status_code != HTTPStatus.OK:
        return None
    stored._memory = Memory()  # noqa: SLF001 - as above
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    count = len(asked)
    stored._memory = Memory()  # noqa: SLF001 - as above
    return _timed(client, path), [_timed(client, path) for _ in range(AGAIN)], count


def _timed(client: Client, path: str) -> Times:
    cpu, clock = time.process_time(), time.perf_counter()
    client.get(path)
    return 1000 * (time.process_time() - cpu), 1000 * (time.perf_counter() - clock)


def main(kind: str, count: int) -> int:
    """Print the table, keep the figure; fail where a page takes longer than allowed, or asks more for some people."""
    print(f"{kind}: {count} people", flush=True)
    looked_at = fill(count)
    collect_rarely()
    seen = look(looked_at)
    print(f"{'ms, p50 and p95':36}{'first':>14}{'by clock':>14}{'again':>14}{'by clock':>14}  questions")
    for one in seen:
        print(one.told())
    slowest = max(seen, key=lambda one: one.worst_ms)
    most = max(max(one.asked) for one in seen)
    uneven = [one.path for one in seen if len(one.asked) > 1]
    alike = "not the same: " + ", ".join(uneven) if uneven else "the same for all"
    measured = (
        f"{len(seen)} pages opened by {len(looked_at)} of them: p95 at most {slowest.worst_ms:.0f} ms of one core "
        f"({slowest.path}), by the clock {max(one.worst_by_clock_ms for one in seen):.0f} ms; "
        f"at most {most} questions to the database a page, {alike}"
    )
    good = slowest.worst_ms < ALLOWED_MS and not uneven
    keep(f"{count} people with a year each, {kind}", f"every page < {ALLOWED_MS:g} ms at p95", measured,
         f"python -m bench.accounts {kind}", good=good)  # fmt: skip
    return int(not good)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
