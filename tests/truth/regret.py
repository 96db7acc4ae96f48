"""Regret: how much of what could be spared is spared by the plan, by simpler ways to choose, and by one who knows."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from tests.truth.regret_causes import CAUSES, causes
from tests.truth.regret_people import CLEAR, THINGS, WEEK, Kind, Life, Living, World, draw
from tests.truth.regret_plan import Followed, Stretch, follow
from tests.truth.regret_policies import abab, article, best_one, nothing, oracle, restless, tournament

LAST_NIGHTS = 4 * WEEK
# The week that is looked at for harm, counted from 0, and by when a movement must have been given to be "still" on.
HARM_WEEK, GIVEN_BY = 11, 8
SIMPLE: dict[str, Callable[[Life], Living]] = {
    "nothing": nothing,
    "article": article,
    "restless": restless,
    "abab": abab,
    "tournament": tournament,
    "best one": best_one,
    "oracle": oracle,
}
USUAL = "as assumed"
# Each changes one assumption.
WORLDS: dict[str, World] = {
    USUAL: World(),
    "effects half as large": World(size=0.5),
    "nights twice as noisy": World(sd=2.0),
    "nobody is made worse by exercise": World(worse=0.0),
    "half are made worse by exercise": World(worse=0.5),
    "each movement acts for itself": World(alike=False),
}


class Lived(NamedTuple):
    """One person under every policy, and the stretches of the plan's nights."""

    life: Life
    by: dict[str, Living]
    followed: Followed


def regret(world: World, people: int, rng: np.random.Generator) -> dict[str, float]:
    """Add up, over people, what each policy spares, and what the plan's nights were spent on."""
    sums: dict[str, float] = {}
    for _ in range(people):
        one = lived(draw(world, rng))
        for name, value in (*_spared(one), *_harmed(one), *_spent(one)):
            sums[name] = sums.get(name, 0.0) + float(value)
    return sums


def lived(life: Life) -> Lived:
    """Live one life under every policy."""
    followed = follow(life)
    return Lived(life, {name: policy(life) for name, policy in SIMPLE.items()} | {"plan": followed.living}, followed)


def _spared(one: Lived) -> Iterator[tuple[str, float]]:
    """Yield burden, and what is needed for each policy's share of a gap, with its standard error."""
    felt = {name: np.array(living.felt) for name, living in one.by.items()}
    for span, nights in (("all", slice(None)), ("last", slice(-LAST_NIGHTS, None))):
        total = {name: float(each[nights].sum()) for name, each in felt.items()}
        gaps = {"oracle": total["article"] - total["oracle"], "best one": total["article"] - total["best one"]}
        for to, gap in gaps.items():
            yield from ((f"{span} to {to}: gap", gap), (f"{span} to {to}: gap gap", gap**2))
        for name, burden in total.items():
            gain = total["article"] - burden
            yield from ((f"{span} {name}: burden", burden), (f"{span} {name}: burden burden", burden**2))
            yield from ((f"{span} {name}: gain", gain), (f"{span} {name}: gain gain", gain**2))
            yield from ((f"{span} {name} to {to}: gain gap", gain * gap) for to, gap in gaps.items())


def _harmed(one: Lived) -> Iterator[tuple[str, float]]:
    """Yield who, of those whom exercise makes worse, was given a harmful movement, and who still is in week 12."""
    if one.life.kind is not Kind.WORSE:
        return
    yield "made worse", 1
    for name, living in one.by.items():
        by_then = _harmful(one.life, living, range(GIVEN_BY * WEEK))
        in_the_week = _harmful(one.life, living, range(HARM_WEEK * WEEK, (HARM_WEEK + 1) * WEEK))
        yield f"{name}: harmed", bool(by_then)
        yield f"{name}: still", bool(by_then & in_the_week)
        yield f"{name}: harmed then", bool(in_the_week)


def _harmful(life: Life, living: Living, nights: range) -> set[str]:
    return {thing for night in nights for thing in living.assigned[night] if life.harms(thing)}


def _spent(one: Lived) -> Iterator[tuple[str, float]]:
    """Yield nights and regret of the plan by what the night was for, and what the end of it all was."""
    lost = np.array(one.by["plan"].felt) - np.array(one.by["oracle"].felt)
    for night, stretch in enumerate(one.followed.stretches):
        yield f"nights: {_purpose(one, night, stretch)}", 1
        yield f"lost: {_purpose(one, night, stretch)}", lost[night]
    for night, stood in enumerate(one.followed.stood):
        if one.life.done[night]:
            lived_by = one.followed.living.assigned[night], one.followed.turns[night]
            yield from zip((f"cause: {name}" for name in CAUSES), causes(one.life, *lived_by, stood), strict=True)
    for thing in one.followed.kept:
        yield f"kept: {_does(one.life, thing)}", 1
    for thing in one.followed.dropped:
        yield f"dropped: {_does(one.life, thing)}", 1
    yield from ((f"count: {name}", value) for name, value in one.followed.counts.items())


def _purpose(one: Lived, night: int, stretch: Stretch) -> str:
    """Return what a night was for."""
    things = one.followed.living.assigned[night]
    turns = frozenset(turn for turn in one.followed.turns[night] if turn in THINGS)
    if stretch is Stretch.TRIED and turns:
        harm = any(one.life.harms(turn) for turn in turns)
        return "tried, harms" if harm else f"tried, {_best(one.life, turns)}"
    if stretch is Stretch.SETTLED and things:
        harm = any(one.life.acts.get(thing, 0.0) >= CLEAR for thing in things)
        return "kept, harms" if harm else f"kept, {_best(one.life, things)}"
    return stretch.value


def _best(life: Life, things: frozenset[str]) -> str:
    return _does(life, min(things, key=lambda thing: life.acts.get(thing, 0.0)))


def _does(life: Life, thing: str) -> str:
    """Return what a thing does to a person, in a word."""
    act = life.acts.get(thing, 0.0)
    if act >= CLEAR:
        return "harms"
    return "helps" if act <= -CLEAR else "does little"


def share_of(sums: dict[str, float], name: str, span: str = "all", to: str = "oracle") -> tuple[float, float]:
    """Return the share of the gap that a policy closes, a ratio of sums, and its standard error."""
    gap, share = sums[f"{span} to {to}: gap"], sums[f"{span} {name}: gain"] / sums[f"{span} to {to}: gap"]
    squared = sums[f"{span} {name}: gain gain"] - 2 * share * sums[f"{span} {name} to {to}: gain gap"]
    squared += share**2 * sums[f"{span} to {to}: gap gap"]
    return share, float(np.sqrt(max(squared, 0.0)) / gap)
