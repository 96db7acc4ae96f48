"""How long the doctor's page of two years takes, as a share of the second allowed: numbers, words and type."""

import time
from datetime import date
from statistics import median

import numpy as np

from quietlegs.cli.demo import facts_of, simulate
from quietlegs.library.load import load_library
from quietlegs.library.shelf import Library
from quietlegs.records.fact import Fact
from quietlegs.report.period import up_to
from quietlegs.report.report import reported
from quietlegs.sheet.numbers import numbers
from quietlegs.sheet.page import page
from quietlegs.sheet.printed import pdf

ALLOWED_S = 1.0
NIGHTS, SEED, TIMES = 730, 7, 7
LAST = date(2026, 11, 25)


def main() -> None:
    """Print the first page of a process, and the median of the later ones, with and without every night."""
    rng = np.random.Generator(np.random.PCG64(SEED))
    facts = list(facts_of(*simulate(rng, LAST, NIGHTS), rng, "Europe/Berlin"))
    library = load_library()
    for what, with_nights in (("one page", False), ("with every night", True)):
        taken = [_made(facts, library, with_nights=with_nights) for _ in range(TIMES)]
        later = median(taken[1:])
        print(f"doctor's page, {NIGHTS} nights, {len(facts)} facts, {what}: first {taken[0]:.2f} s, "
              f"later {later:.2f} s, {later / ALLOWED_S:.0%} of the {ALLOWED_S:g} s allowed")  # fmt: skip
    begun = time.perf_counter()
    numbers(reported(facts, library, up_to(LAST, NIGHTS), LAST), with_nights=True)
    print(f"the same numbers as CSV, every night: {time.perf_counter() - begun:.2f} s")


def _made(facts: list[Fact], library: Library, *, with_nights: bool) -> float:
    begun = time.perf_counter()
    report = reported(facts, library, up_to(LAST, NIGHTS), LAST)
    pdf(page(report, version="0", with_nights=with_nights), made_on=LAST)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
