"""The worker's life: a round, a rest, another round, until it is told to end."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import connection

from quietlegs.library.load import load_library
from quietlegs.web.store import handed_files, handed_over, leases, trail
from quietlegs.web.store.backup import keep_copies
from quietlegs.web.worker.files import read_beside
from quietlegs.web.worker.round import Clock, Rounds

logger = logging.getLogger(__name__)
EVERY = timedelta(seconds=15)
_TIDIED_EVERY = timedelta(hours=1)


def work(clock: Clock, rest: Callable[[], bool]) -> None:
    """Go round until `rest` says to end; a round that breaks is told, and the next one comes all the same."""
    with read_beside(clock):
        _go_round(clock, rest)


def _go_round(clock: Clock, rest: Callable[[], bool]) -> None:
    rounds = Rounds(clock, load_library())
    tidied = None
    while True:
        try:
            rounds.go()
            if tidied is None or clock() - tidied > _TIDIED_EVERY:
                tidied = clock()
                leases.clear(tidied)
                handed_over.clear(tidied)
                handed_files.tidy()
                keep_copies(tidied)
                trail.clear(tidied)
        except Exception:
            logger.exception("a round of the worker broke off; the next one is tried as usual")
            # A connection that has gone bad shall not be kept for the next round.
            connection.close()
        if not rest():
            return


def machine_clock() -> datetime:
    """Return this instant."""
    return datetime.now(UTC)
