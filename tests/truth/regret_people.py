"""Simulated people for the plan as a whole: what each movement and habit does to them, and how their nights go."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from tests.truth.people import Floats

from quietlegs.library.load import load_library

LIBRARY = load_library()
WEEK, WEEKS = 7, 26
NIGHTS = WEEKS * WEEK
CALF, BREATH = "calf_wall_straight", "breath_circles"
# What acts on one muscle in one way acts alike on one person.
FAMILIES = {
    "calf": ("calf_wall_straight", "calf_wall_bent", "calf_towel", "counter_dog"),
    "ankle": ("ankle_pumps", "heel_raise_seated", "march_seated"),
    "strength": ("heel_raise", "heel_raise_single", "sit_to_stand", "mini_squat"),
    "walk": ("walk", "march"),
    "thigh": ("hamstring", "quad", "figure_four", "hip_flexor", "hip_flexor_seated"),
    "rest": ("legs_up_stool", "legs_up_wall", "calf_massage", "puzzle"),
}
FAMILY_OF = {key: family for family, keys in FAMILIES.items() for key in keys}
RESTFUL = "rest"
HABITS = tuple(key for key, one in LIBRARY.habits.items() if one.can_be_tested)
THINGS = (*(key for keys in FAMILIES.values() for key in keys), *HABITS)
# A movement that adds this much to a night harms; one that takes this much away helps.
CLEAR = 0.5
CARRIED = 0.2
_LIKE = (0.7, 1.2)


class Kind(StrEnum):
    """How a person answers to movements."""

    RESPONDS = "responds"
    NOTHING = "nothing"
    WORSE = "worse"


@dataclass(frozen=True)
class World:
    """What is assumed of all people; each field is changed alone in the table of other assumptions.

    `size` multiplies every effect and `sd` a person's own spread (median 1.5 points). `done` and `answered` are the
    ranges of the chance that a night's turn is done, and that the night is rated. `worse` is the share whom exercise
    only makes worse. `placebo` is the mean of what falls in the first weeks and comes back, whatever is done.
    `hope` is what anything new takes away on its first nights, halved every week. `alike` says whether the movements of
    one family act alike.
    """

    size: float = 1.0
    sd: float = 1.0
    done: tuple[float, float] = (0.6, 0.95)
    answered: tuple[float, float] = (0.6, 0.95)
    worse: float = 0.25
    placebo: float = 1.2
    drift: float = 1.0
    hope: float = 0.0
    alike: bool = True

    @property
    def shares(self) -> dict[Kind, float]:
        """How many of each kind; 30 % are moved by nothing."""
        return {Kind.RESPONDS: 0.7 - self.worse, Kind.NOTHING: 0.3, Kind.WORSE: self.worse}


@dataclass(frozen=True, eq=False)
class Life:
    """One person's 26 weeks, the same under every policy: only what is done differs.

    `acts` is what each thing adds to a night when it is done every night, `base` each night's severity without any.
    """

    kind: Kind
    acts: dict[str, float]
    base: Floats
    done: NDArray[np.bool_]
    answered: NDArray[np.bool_]
    hope: float
    seed: int

    def doing(self, things: Iterable[str]) -> float:
        """Return what these together add: harm in full, the second-best help by half, the third by a quarter.

        Of one family only the thing that does most counts, for better or worse.
        """
        most: dict[str, float] = {}
        for thing in things:
            act, family = self.acts.get(thing, 0.0), FAMILY_OF.get(thing, thing)
            most[family] = max(act, most.get(family, 0.0), key=abs)
        acts = sorted(most.values())
        helps = sum(act / 2**place for place, act in enumerate(acts) if act < 0)
        return float(helps + sum(act for act in acts if act > 0))

    def harms(self, thing: str) -> bool:
        """Whether it clearly makes this person worse."""
        return self.acts.get(thing, 0.0) >= CLEAR


@dataclass(eq=False)
class Living:
    """A life as it is lived under one policy: assign a night's things, then read its answer."""

    life: Life
    assigned: list[frozenset[str]]
    felt: list[float]
    _before: float = 0.0

    @classmethod
    def of(cls, life: Life) -> "Living":
        """Begin at night 0."""
        return cls(life, [], [])

    @property
    def night(self) -> int:
        """The night that comes next."""
        return len(self.felt)

    def live(self, things: Iterable[str]) -> float | None:
        """Live one night with these assigned, and return the answer, a whole number; None if it was not given."""
        life, night, assigned = self.life, self.night, frozenset(things)
        act = life.doing(assigned) if life.done[night] else 0.0
        hope = self._hope(assigned) if life.hope and life.done[night] else 0.0
        felt = life.base[night] + (1 - CARRIED) * act + CARRIED * self._before + hope
        self._before = act
        self.assigned.append(assigned)
        self.felt.append(float(np.clip(felt, 0, 10)))
        return float(np.rint(self.felt[-1])) if life.answered[night] else None

    def _hope(self, assigned: frozenset[str]) -> float:
        """Return what the newest of these takes away: nothing for slow breathing, which nobody hopes for."""
        since = [sum(thing in before for before in self.assigned) for thing in assigned - {BREATH}]
        return -self.life.hope * 0.5 ** (min(since) / WEEK) if since else 0.0


def draw(world: World, rng: np.random.Generator) -> Life:
    """Draw one person."""
    shares = world.shares
    kind = list(shares)[int(rng.choice(len(shares), p=list(shares.values())))]
    return Life(
        kind=kind,
        acts=_acts(kind, world, rng),
        base=_base(world, rng),
        done=np.asarray(rng.random(NIGHTS) < rng.uniform(*world.done)),
        answered=np.asarray(rng.random(NIGHTS) < rng.uniform(*world.answered)),
        hope=world.hope,
        seed=int(rng.integers(2**60)),
    )


def _acts(kind: Kind, world: World, rng: np.random.Generator) -> dict[str, float]:
    """Draw what each thing does: families differ within a person, the members of one family are much alike."""
    found: dict[str, float] = {}
    for family, keys in FAMILIES.items():
        answers = kind if family != RESTFUL or kind is Kind.NOTHING else Kind.RESPONDS
        one = _effect(answers, rng)
        for key in keys:
            acts = one if world.alike else _effect(answers, rng)
            found[key] = world.size * acts * float(rng.uniform(*_LIKE))
    for habit in HABITS:
        helps, harms = rng.random() < 0.25, rng.random() < 0.05
        small = float(rng.gamma(4, 0.2))
        found[habit] = 0.0 if kind is Kind.NOTHING else world.size * small * (harms - helps if harms != helps else 0)
    return found


def _effect(kind: Kind, rng: np.random.Generator) -> float:
    """Draw what a family of movements does: help and harm are 1.3 points on average, spread by half of it."""
    helps, harms = {Kind.RESPONDS: (0.4, 0.15), Kind.NOTHING: (0.0, 0.0), Kind.WORSE: (0.1, 0.65)}[kind]
    lot, points = rng.random(), float(rng.gamma(4, 0.325))
    if lot < helps:
        return -points
    return points if lot < helps + harms else 0.0


def _base(world: World, rng: np.random.Generator) -> Floats:
    """Draw the nights without anything: level, slow drift, placebo that comes and goes, and noise with a memory."""
    nights = np.arange(NIGHTS)
    sd = world.sd * float(np.clip(1.5 * np.exp(rng.normal(0, 0.35)), 0.5, 3.0))
    free = rng.random() < 0.3  # 3 in 10 have nights without symptoms
    level = rng.uniform(0.5, 1.5) * sd if free else rng.uniform(4, 7)
    level += world.placebo * 0.5  # the first weeks take away what the person came with
    drift = world.drift * (rng.normal() * (nights / NIGHTS) + 0.5 * np.sin(2 * np.pi * (nights / 90 + rng.random())))
    hope = world.placebo * rng.gamma(2, 0.5)
    placebo = -hope * (1 - np.exp(-nights / 14)) * np.exp(-np.maximum(nights - 42, 0) / 60)
    return np.asarray(level + drift + placebo + sd * _following(rng.uniform(0, 0.6), rng))


def _following(phi: float, rng: np.random.Generator) -> Floats:
    felt = rng.normal(size=NIGHTS)
    for night in range(1, NIGHTS):
        felt[night] = phi * felt[night - 1] + (1 - phi**2) ** 0.5 * felt[night]
    return np.asarray(felt)
