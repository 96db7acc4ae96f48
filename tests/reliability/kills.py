"""kill -9 of the server and of its workers at random instants under load: what was acknowledged, and what is there.

`python -m tests.reliability.kills` does it 200 times on SQLite; `postgres` after it, on a PostgreSQL of its own.
`early` is a control that acknowledges before it writes, and has to be caught. A run that was cut off goes on (its
folder is build/reliability); `anew` begins again. Instants and victims are those of a seed.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.reliability.figures import BUILD, keep
from tests.reliability.load import Load, ledger_of
from tests.reliability.served import EARLY, START, Server, free_port, make_key
from tests.web.postgres import postgres

KILLS, SEED = 200, 20261127
VICTIMS = ("everything", "a worker of the pages", "the worker that reminds")
_FLOWS_WITHIN_S = 120
_LONGEST_S = 0.6


@dataclass(frozen=True)
class Count:
    """What became of what was acknowledged."""

    kills: int
    acknowledged: int
    stored: int
    lost: int
    doubled: int
    sound: bool

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.acknowledged} acknowledged: {self.lost} lost, {self.doubled} doubled, "
            f"database {'sound' if self.sound else 'NOT SOUND'}"
        )


def main(*words: str) -> int:
    """Run, and keep the figure; a control keeps none."""
    name, early = ("postgres" if "postgres" in words else "sqlite"), "early" in words
    kills = next((int(word) for word in words if word.isdigit()), 5 if early else KILLS)
    folder = BUILD / f"kills-{name}{'-early' if early else ''}"
    if "anew" in words or early or name == "postgres":
        shutil.rmtree(folder, ignore_errors=True)  # A PostgreSQL of its own is gone with the run.
    with ExitStack() as stack:
        url = stack.enter_context(postgres()) if name == "postgres" else ""
        counted = run(folder, kills, database=url, early=early)
    if early:
        print(f"control that acknowledges early, {name}: {counted}")
        return 0 if counted.lost else 1
    good = counted.sound and not counted.lost and not counted.doubled
    command = f"python -m tests.reliability.kills{' postgres' if name == 'postgres' else ''}"
    wanted = "0 acknowledged lost, 0 doubled, sound"
    keep(f"kill -9 of server and workers under load, {name}", wanted, str(counted), command, good=good)
    return 0 if good else 1


def run(folder: Path, kills: int, *, database: str = "", early: bool = False) -> Count:
    """Kill so often, while phones write, and count at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    env = os.environ | {"QUIETLEGS_HOME": str(folder), "QUIETLEGS_DATABASE": database, "TZ": "UTC"}
    key_file, done_file, ledger = folder / "key", folder / "done", folder / "ledger"
    if not key_file.exists():
        key_file.write_text(make_key(env), "ascii")
    done = int(done_file.read_text("ascii")) if done_file.exists() else 0
    server = Server(env, free_port(), EARLY if early else START)
    server.start()
    try:
        with Load(server.port, key_file.read_text("ascii"), ledger) as load:
            for number in range(done, kills):
                _kill(server, load, random.Random(f"{SEED} {number}"))
                done_file.write_text(str(number + 1), "ascii")
                if (number + 1) % 10 == 0:
                    print(f"{number + 1} of {kills} kills, {load.acknowledged} acknowledged", flush=True)
    finally:
        server.kill()
    return Count(kills, *counted(env, ledger_of(ledger)))


def _kill(server: Server, load: Load, dice: random.Random) -> None:
    """Let it flow, kill somebody at a random instant, and see that it goes on."""
    before, until = load.acknowledged, time.monotonic() + _FLOWS_WITHIN_S
    while load.acknowledged < before + 4:
        if time.monotonic() > until:
            raise TimeoutError("nothing is acknowledged any more")
        time.sleep(0.01)
    time.sleep(dice.uniform(0, _LONGEST_S))
    victim = dice.choice(VICTIMS)
    if victim != VICTIMS[0] and server.kill_one(reminds=victim == VICTIMS[2]):
        return
    server.kill()
    server.start()


LOOK = """
import json, sys
from collections import Counter
from quietlegs.web.start import prepare
prepare()
from django.db import connection
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.health import findings
facts = list(StoredDiary().all_facts())
around = {"copy", "data folder", "room on the disk", "clock", "worker"}
wrong = [one for one in findings(deep=True) if not one[2] and one[0] not in around]
said = [one.payload.name for one in facts if hasattr(one.payload, "name")]
print(json.dumps([[str(one.id) for one in facts], said, wrong]))
"""


def counted(env: dict[str, str], acknowledged: list[str]) -> tuple[int, int, int, int, bool]:
    """Compare what was acknowledged with what is there, read by a process of its own."""
    told = subprocess.run([sys.executable, "-c", LOOK], env=env, check=True, capture_output=True, text=True)
    ids, said, wrong = json.loads(told.stdout.splitlines()[-1])
    lost = len(set(acknowledged) - set(ids))
    doubled = sum(count - 1 for count in Counter(said).values()) + len(ids) - len(set(ids))
    for one in wrong:
        print(f"    wrong: {one}")
    return len(acknowledged), len(ids), lost, doubled, not wrong


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
