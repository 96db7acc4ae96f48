"""Leaves a reminder that waits for an answer, in the database of QUIETLEGS_HOME; prints where it is answered.

`python -m tests.browser.reminded [demo] [token]`; a server may run on it.
"""

import os
import subprocess
import sys
from datetime import UTC, datetime, time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ZONE = "Europe/Berlin"


def answer_page(home: Path, *words: str) -> str:
    """Leave a reminder in this home, and return the path of the page that answers it."""
    env = os.environ | {"QUIETLEGS_HOME": os.fspath(home)}
    command = [sys.executable, "-m", "tests.browser.reminded", *words]
    return subprocess.run(command, env=env, check=True, capture_output=True, text=True, cwd=ROOT).stdout.strip()


def token_of(home: Path) -> str:
    """Leave a reminder in this home, and return the token by which its notification answers."""
    return answer_page(home, "token")


def leave(*words: str) -> str:
    """Leave a reminder of tonight that has just come by letter; no hour is quiet."""
    from quietlegs.plan.reminding import Manners  # noqa: PLC0415 - Django comes first
    from quietlegs.records.moment import moment, night_of  # noqa: PLC0415 - as above
    from quietlegs.web.links.answering import ASK, address, sign  # noqa: PLC0415 - as above
    from quietlegs.web.store import channels, leases  # noqa: PLC0415 - as above

    now = datetime.now(UTC)
    channels.keep_manners(Manners(time.min, time.min, most_a_day=3), ZONE)
    told = {"to": "me@example.org", "host": "127.0.0.1", "port": "25", "security": "none"}
    channel = channels.turn_on("mail", told, "en")
    delivery = leases.wanted(night_of(moment(now, ZONE)), 0, channel.id, now)
    leases.add([delivery])
    return sign(delivery.key) if "token" in words else address("", delivery.key, ASK)


def main(*words: str) -> None:
    """Print the path of the page."""
    from quietlegs.web.start import prepare  # noqa: PLC0415 - in this process alone

    prepare(demo="demo" in words)
    print(leave(*words))  # noqa: T201 - whoever started it reads it


if __name__ == "__main__":
    main(*sys.argv[1:])
