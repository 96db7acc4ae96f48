"""Makes one of everything that a diary can hold, a word planted wherever words go; prints the numbers of it all."""

import json
import os
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from quietlegs.web.start import prepare

prepare()

from quietlegs.formats.known import sniff  # noqa: E402 - after Django is set up
from quietlegs.records.fact import Payload, note  # noqa: E402 - as above
from quietlegs.records.felt import NightRating  # noqa: E402 - as above
from quietlegs.records.measured import LabValue  # noqa: E402 - as above
from quietlegs.records.moment import moment  # noqa: E402 - as above
from quietlegs.web.accounts.models import Account  # noqa: E402 - as above
from quietlegs.web.links.calendar.views import new_address  # noqa: E402 - as above
from quietlegs.web.store import channels, grants, imports, tokens  # noqa: E402 - as above
from quietlegs.web.store.diary import StoredDiary  # noqa: E402 - as above
from quietlegs.web.store.whose import in_hand  # noqa: E402 - as above

NOW = datetime.now(UTC)
ZONE = "Europe/Berlin"
LAST = NOW.date() + timedelta(days=30)
# Who may read what; the last one's link was not opened yet.
OFFERS = {"all": grants.PARTS, "one": ("tried",), "over": grants.PARTS, "open": grants.PARTS}
_PLEES = "sid,start,stop,rating,comment\n1,1600466399000,1600495199000,3,{word}\n"


def noted(payload: Payload, ago: int) -> str:
    """Note it so many days ago; return its id."""
    fact = note(payload, moment(NOW - timedelta(days=ago), ZONE), os.urandom(10))
    StoredDiary().add([fact])
    return str(fact.id)


def main(owner: str, reader: str, outsider: str, word: str) -> dict[str, object]:
    """Fill the owner's diary; let the reader read all of it, the outsider one part, another one no longer."""
    people = {name: Account.objects.get(email=name) for name in (owner, reader, outsider)}
    with in_hand(people[owner].diary_id):
        facts = [noted(NightRating(7), ago) for ago in range(1, 30)]
        facts.append(noted(LabValue("ferritin", 41.0, "ug/l", date(2026, 11, 2), laboratory=word), 3))
        channel = channels.turn_on("ntfy", {"url": f"https://ntfy.example.org/{word}"}, "en")
        calendar = new_address()
        channels.turn_on("calendar", calendar, "en")
        with TemporaryDirectory() as folder:
            file = Path(folder) / f"{word}.csv"
            file.write_text(_PLEES.format(word=word))
            imports.take(imports.look(sniff(file), file, ZONE))
        taken = imports.last_taken()
        key = tokens.make(word, ["read", "write"])
        given = {who: grants.offer(who, "Anna", parts, LAST, NOW) for who, parts in OFFERS.items()}
    for who, account in (("all", reader), ("one", outsider), ("over", outsider)):
        grants.take(given[who], people[account].pk, NOW)
    with in_hand(people[owner].diary_id):
        numbers = {one.reader_name: one.id for one in grants.grants()}
        grants.revoke(numbers["over"], NOW)
        keys = [one.id for one in tokens.tokens()]
    return {
        "diary": people[owner].diary_id, "account": people[owner].pk, "facts": facts, "channel": channel.id, "key": key,
        "calendar": calendar["token"], "import": taken.id if taken else 0, "token": keys[0], "grants": numbers,
        "open": given["open"],
    }  # fmt: skip


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:])))
