"""The truth about the onset: `python -m tests.truth.onset`. Some minutes; a run that was cut off goes on."""

import argparse
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.progress import track
from tests.truth.onset_page import PAGE, page
from tests.truth.onset_people import KINDS, NIGHTS, Lived, lived
from tests.truth.onset_rivals import RIVALS, on_felt_nights

from quietlegs.plan import onset_belief
from quietlegs.plan.onset_belief import hour_at
from quietlegs.plan.onset_grid import HOURS, STEP_H
from quietlegs.plan.onset_nights import Learned, beginning, day_of

Floats = NDArray[np.float64]
Sums = dict[str, dict[str, float]]

# Fixed before any figure of it was seen; the model's settings were chosen on other people.
SEED = 20261127
PEOPLE = 100
FILE = Path(__file__).with_name("onset.json")
OURS, WITHOUT, ONE_CLOCK = "quietlegs", "nothing forgotten", "one clock for all"
_FIRST_WEEK = 7
_EVERY = 3
# A night is scored from noon to 6 in the morning; what begins later than that counts as none.
_SCORED = HOURS <= 18  # an array stands on the left


def scored_nights() -> list[int]:
    """Return every night of the first week, then every third."""
    return [*range(_FIRST_WEEK), *range(_FIRST_WEEK, NIGHTS, _EVERY)]


def measure(person: Lived) -> Sums:
    """Return a person's means of each score, by who foresaw; `early` are those of the first week."""
    known = person.diary()
    ours = {OURS: _ours(person)}
    with _nothing_forgotten():
        ours[WITHOUT] = _ours(person)
    if len(set(person.zones)) > 1:
        ours[ONE_CLOCK] = _ours(person, clock=0.0)
    scores: dict[str, list[dict[str, float]]] = {}
    for place in scored_nights():
        nights = [night for night in known[:place] if night is not None]
        said = {name: each[place] for name, each in ours.items()}
        for name, rival in RIVALS.items():
            told = rival(nights)
            said[name] = (on_felt_nights(told, nights), told)
        for name, (felt, whole) in said.items():
            told_of = {"night": float(place)} | score(felt, whole, float(person.hours[place]))
            scores.setdefault(name, []).append(told_of)
    return {name: _means(each) for name, each in scores.items()}


def _ours(person: Lived, *, clock: float | None = None) -> dict[int, tuple[Floats, Floats]]:
    """Return what is foreseen for each scored night from those before it, by one clock for all where one is given."""
    found, wanted = {}, set(scored_nights())
    clocks = [person.clock(place) if clock is None else clock for place in range(NIGHTS)]
    known: Learned | None = None
    for place, night in enumerate(person.diary()):
        on = person.on(place)
        if place in wanted:
            belief = (known or beginning(on, clocks[place], person.told)).by(on, clocks[place]).belief
            felt = belief.by_then(day=day_of(on))
            found[place] = (felt, felt * (1 - belief.chance_of_calm))
        if night is not None:
            at = clocks[place]
            known = (known or beginning(on, at, person.told)).after(replace(night, clock_h=at))
    return found


@contextmanager
def _nothing_forgotten() -> Iterator[None]:
    """Let old nights count as much as new ones, to see what forgetting is worth."""
    names = ("_WANDERS_H", "_BEGINS_ANEW", "_FADES")
    kept = [getattr(onset_belief, name) for name in names]
    for name, value in zip(names, (1e-6, 0.0, 1.0), strict=True):
        setattr(onset_belief, name, value)
    try:
        yield
    finally:
        for name, value in zip(names, kept, strict=True):
            setattr(onset_belief, name, value)


def score(felt: Floats, whole: Floats, truth: float) -> dict[str, float]:
    """Score one night in minutes: the whole night always, the hour on a night that had symptoms."""
    begun = truth <= HOURS
    found = {"whole": 60 * STEP_H * float(((whole - begun) ** 2)[_SCORED].sum()), "calm_said": 1 - float(whole[-1])}
    if np.isinf(truth):
        return found | {"calm": 1.0}
    where = float(np.interp(truth, HOURS, felt))
    return found | {
        "calm": 0.0,
        "hour": 60 * STEP_H * float(((felt - begun) ** 2).sum()),
        "off": 60 * abs(hour_at(felt, 0.5) - truth),
        "half": float(0.25 <= where <= 0.75),
        "most": float(0.05 <= where <= 0.95),
    }


def _means(each: list[dict[str, float]]) -> dict[str, float]:
    found = {}
    for name in ("whole", "calm", "calm_said", "hour", "off", "half", "most"):
        for label, chosen in (("", each), ("early_", [one for one in each if one["night"] < _FIRST_WEEK])):
            values = [one[name] for one in chosen if name in one]
            found[label + name] = float(np.mean(values)) if values else np.nan
    return found


def people(kind: str, count: int = PEOPLE) -> list[Lived]:
    """Draw the people of a kind; each has a seed that depends on nothing else."""
    key = zlib.crc32(kind.encode())
    return [lived(kind, np.random.Generator(np.random.PCG64([SEED, key, place]))) for place in range(count)]


def summed(each: list[Sums]) -> Sums:
    """Return means over people, and how surely each rival's score differs from ours: two standard errors."""
    found: Sums = {}
    for name in each[0]:
        found[name] = {}
        for what in each[0][name]:
            values = np.array([one[name][what] for one in each])
            found[name][what] = round(float(np.nanmean(values)), 4)
            if what in ("hour", "whole", "early_hour", "off"):
                more = values - np.array([one[OURS][what] for one in each])
                more = more[~np.isnan(more)]
                found[name][f"{what}_more"] = round(float(more.mean()), 4)
                found[name][f"{what}_error"] = round(2 * float(more.std(ddof=1)) / len(more) ** 0.5, 4)
    return found


def main() -> None:
    """Measure the kinds that are missing, then write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--page", action="store_true", help="measure nothing, write the page")
    parser.add_argument("--anew", action="store_true", help="measure everything again")
    asked = parser.parse_args()
    kept = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() and not asked.anew else {}
    for kind in KINDS if not asked.page else ():
        if kind not in kept:
            kept[kind] = summed([measure(one) for one in track(people(kind), kind)])
            FILE.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    PAGE.write_text(page(kept), encoding="utf-8")


if __name__ == "__main__":
    main()
