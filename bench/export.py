"""How long ten years of nights take to leave, in each format, as a share of the two seconds allowed."""

import os
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np

from quietlegs.cli.demo import facts_of, simulate
from quietlegs.cli.export import FORMATS
from quietlegs.web.start import diary as opened
from quietlegs.web.start import save

ALLOWED_S = 2.0
NIGHTS, SEED = 3650, 7
LAST = date(2026, 11, 25)


def main() -> None:
    """Fill a diary on this disk, and print what each format takes from it: read, told and written."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["QUIETLEGS_HOME"] = home
        diary = opened()
        rng = np.random.Generator(np.random.PCG64(SEED))
        facts = list(facts_of(*simulate(rng, LAST, NIGHTS), rng, "Europe/Berlin"))
        diary.add(facts)
        print(f"{NIGHTS} nights, {len(facts)} facts")
        for name, told in FORMATS.items():
            file = Path(home) / f"mine.{name}"
            _told(name, file, lambda file=file, told=told: file.write_text("".join(told(diary)), encoding="utf-8"))
        tables = Path(home) / "mine.sqlite"
        _told("sqlite", tables, lambda: save(tables))


def _told(name: str, file: Path, write: Callable[[], object]) -> None:
    begun, worked = time.perf_counter(), time.process_time()
    write()
    taken, worked = time.perf_counter() - begun, time.process_time() - worked
    size = file.stat().st_size / 1e6
    share = f"{taken / ALLOWED_S:4.0%} of the {ALLOWED_S:g} s allowed"
    print(f"export {name:13} {taken:5.2f} s, {share} ({worked:.2f} s of one core), {size:.1f} MB")


if __name__ == "__main__":
    main()
