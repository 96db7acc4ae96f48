"""Counts the questions that each page of a group asks its database; prints them before and after more is there."""

import json
import sys
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import numpy as np

from quietlegs.web.start import prepare

prepare()

from django.db import connection  # noqa: E402 - after Django is set up
from django.test import Client  # noqa: E402 - as above
from django.test.utils import CaptureQueriesContext  # noqa: E402 - as above
from tests.web.page_table import pages  # noqa: E402 - as above

from quietlegs.cli.demo import facts_of, simulate  # noqa: E402 - as above
from quietlegs.records.fact import Fact  # noqa: E402 - as above
from quietlegs.web.accounts.models import Account  # noqa: E402 - as above
from quietlegs.web.store import diary as stored  # noqa: E402 - as above
from quietlegs.web.store.diaries import new_diary  # noqa: E402 - as above
from quietlegs.web.store.remembered import Memory  # noqa: E402 - as above
from quietlegs.web.store.whose import in_hand  # noqa: E402 - as above

NIGHTS, FEW, OTHERS = 300, 150, 40
# Where a trial stands decides what is asked; so it stands at the same place on few nights as on many.
SAID_ONCE = ("safety_answers", "wishes", "trial_start", "relief_start")


def person(number: int) -> Account:
    """Make somebody, a host the first one, with an empty diary."""
    account = Account(email=f"p{number}@example.org", diary_id=new_diary(), is_host=number == 0)
    account.set_unusable_password()
    account.save()
    return account


def noted(account: Account, facts: list[Fact]) -> None:
    """Note it in somebody's diary."""
    with in_hand(account.diary_id):
        stored.StoredDiary().add(facts)


def asked(client: Client) -> dict[str, int]:
    """Return how often each page asks the database when nothing is remembered."""
    found = {}
    for path in pages():
        stored._memory = Memory()  # noqa: SLF001 - as in a process that has just begun
        with CaptureQueriesContext(connection) as queries:
            status = client.get(path).status_code
        if status == HTTPStatus.OK:
            found[path] = len(queries)
    return found


def main() -> list[dict[str, int]]:
    """Count with some nights, with twice as many, and among more people."""
    rng = np.random.Generator(np.random.PCG64(7))
    schedule, nights = simulate(rng, datetime.now(UTC).date() - timedelta(days=2), NIGHTS)
    facts = list(facts_of(schedule, nights, rng, "Europe/Berlin"))
    split = nights[FEW].on
    me = person(0)
    client = Client(SERVER_NAME="legs.example.org", headers={"x-forwarded-proto": "https"})
    client.force_login(me, "allauth.account.auth_backends.AuthenticationBackend")
    noted(me, [one for one in facts if one.night >= split or one.kind in SAID_ONCE])
    asked(client)  # What is noted once a day, and loaded once.
    found = [asked(client)]
    noted(me, facts)
    found.append(asked(client))
    for number in range(1, OTHERS + 1):
        noted(person(number), facts[:50])
    found.append(asked(client))
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main()))
