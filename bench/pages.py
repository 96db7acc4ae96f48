"""How long each page takes on a long diary, as a share of the 0.3 s allowed: again, and right after a new entry.

In seconds of this process alone, so that what else the machine does counts little. The first visit after a start, which
reads the diary for the first time, is shown beside it and is not held to the limit.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall_time
from typing import TYPE_CHECKING

import numpy as np
from tests.reliability.figures import keep

from quietlegs.cli.demo import facts_of, simulate
from quietlegs.records.done import Practice, Work
from quietlegs.records.fact import Fact, note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import instant_in, moment

if TYPE_CHECKING:
    from django.test import Client

ALLOWED_S = 0.3
TIMES, SEED, YEAR = 20, 7, 365
ZONE = "Europe/Berlin"
PAGES = (
    "/", "/log/", "/learn/", "/learn/stage/", "/learn/stage/card/", "/learn/calm/", "/guide/calm/", "/guide/routine/",
    "/library/", "/report/", "/pause/", "/measures/", "/reminders/", "/settings/", "/keys/", "/imports/", "/safety/",
    "/waiting/", "/paper/tonight/", "/offline/pages/?version=x",
)  # fmt: skip
_ROUTINE = ("march", "ankle_pumps", "calf_wall_bent", "hamstring", "heel_raise_seated", "quad", "legs_up_wall")


def lived(years: int, last: date, seed: int = SEED) -> Iterator[Fact]:
    """Yield so many years of a simulated person, each year with a trial, and a whole routine noted every evening."""
    rng = np.random.Generator(np.random.PCG64(seed))
    for back in reversed(range(years)):
        schedule, nights = simulate(rng, last - back * timedelta(days=YEAR), YEAR)
        yield from facts_of(schedule, nights, rng, ZONE)
        for night in nights:
            at = moment(instant_in(night.on, wall_time(20, 45), ZONE), ZONE)
            for key in _ROUTINE:
                done = Practice(key, 2, Work(both_s=60), Work(both_s=60), routine="evening")
                yield note(done, at, rng.bytes(10), night=night.on)


def measured(years: int) -> dict[str, float]:
    """Print a line a page, and return the share of each."""
    from django.test import Client  # noqa: PLC0415 - Django is set up first

    from quietlegs.web.server import collect_rarely  # noqa: PLC0415 - as above
    from quietlegs.web.store.diary import StoredDiary  # noqa: PLC0415 - as above

    diary, last = StoredDiary(), datetime.now(UTC).date() - timedelta(days=2)
    count = diary.add(lived(years, last))
    # As the server does.
    collect_rarely()
    print(f"\n{years} year{'s' * (years > 1)}, {count} facts")
    print(f"{'':28}{'first':>8}{'again':>8}{'entry':>8}{'share':>8}  queries")
    client, dice, shares = Client(SERVER_NAME="localhost"), np.random.default_rng(SEED), dict[str, float]()
    for page in PAGES:
        first = _seconds(lambda page=page: client.get(page))
        asked = _asked(client, page)
        again = sorted(_seconds(lambda page=page: client.get(page)) for _ in range(TIMES))[-2]
        entry = []
        for _ in range(TIMES):
            at = moment(datetime.now(UTC), ZONE)
            diary.add([note(NightRating(int(dice.integers(0, 11))), at, dice.bytes(10), night=last)])
            entry.append(_seconds(lambda page=page: client.get(page)))
        shares[page] = max(again, sorted(entry)[-2]) / ALLOWED_S
        print(f"{page:28}{first:8.3f}{again:8.3f}{sorted(entry)[-2]:8.3f}{shares[page]:8.0%}  {asked}", flush=True)
    return shares


def _asked(client: "Client", page: str) -> int:
    """Return how often a page asks the database."""
    from django.db import connection  # noqa: PLC0415 - as above
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - as above

    with CaptureQueriesContext(connection) as queries:
        client.get(page)
        return len(queries)


def _kept(years: int, shares: dict[str, float]) -> bool:
    worst = max(shares, key=lambda page: shares[page])
    measured = (
        f"{len(shares)} pages, again and right after an entry: p95 at most {shares[worst] * ALLOWED_S * 1000:.0f} ms"
    )
    keep(f"one diary of {years} year{'s' * (years > 1)}", f"every page < {ALLOWED_S * 1000:g} ms at p95",
         f"{measured} of one core ({worst})", "python -m bench.pages", good=shares[worst] < 1)  # fmt: skip
    return shares[worst] < 1


def _seconds(do: Callable[[], object]) -> float:
    begun = time.process_time()
    do()
    return time.process_time() - begun


def main() -> None:
    """Measure one year and ten, each in a process of its own; fail where a page takes longer than allowed."""
    if len(sys.argv) == 1:
        ended = [os.waitstatus_to_exitcode(os.system(f"{sys.executable} -m bench.pages {years}")) for years in (1, 10)]
        sys.exit(max(ended))
    with tempfile.TemporaryDirectory() as home:
        os.environ["QUIETLEGS_HOME"] = home
        from quietlegs.web.start import prepare  # noqa: PLC0415 - the home is chosen first

        prepare()
        years = int(sys.argv[1])
        sys.exit(int(not _kept(years, measured(years))))


if __name__ == "__main__":
    main()
