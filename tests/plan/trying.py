"""Trials for the tests of what is decided: begun on the first night, rated night by night with a known effect."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from tests.plan.facts import FIRST, fact, on

from quietlegs.library.load import load_library
from quietlegs.plan.allowed import allowed
from quietlegs.plan.begin import Wanted, begin, comparator_for
from quietlegs.plan.believed import believed
from quietlegs.plan.judged import judged
from quietlegs.plan.kept import Kept, kept_trials, started
from quietlegs.plan.stage_review import Review, review
from quietlegs.records.fact import Fact
from quietlegs.records.felt import NightRating
from quietlegs.records.tried import TrialStart
from quietlegs.trials.compare import ArmNights
from quietlegs.trials.estimated import ArmEstimate, Belief
from quietlegs.trials.verdict import ArmVerdict, MoreNights, Verdict

LIBRARY = load_library()
CALF, QUAD, BREATH = "calf_wall_straight", "quad", "breath_circles"


def begun(*tried: str, nights: int = 56, more: int = 0, seed: int = 7) -> Fact:
    """A trial whose first turn is on the first night, after two rated weeks."""
    wanted = Wanted(tried or (CALF,), nights, extension_nights=more)
    before = [fact(NightRating(5), -back) for back in range(1, 15)]
    schedule = begin(
        wanted, comparator_for(LIBRARY, wanted.tried, allowed(LIBRARY, ())), before, tonight=FIRST, seed=seed
    )
    return fact(started(schedule, worthwhile=1.0), 0)


def lived(trial: Fact, nights: int, effects: Sequence[float], *, seed: int = 1) -> list[Fact]:
    """Ratings of so many nights; each arm moves its own by its effect."""
    rng, start = np.random.default_rng(seed), trial.payload
    assert isinstance(start, TrialStart)
    shift = (*effects, 0.0)
    felt = [5 + rng.normal(0, 1) + shift[start.turns[night]] for night in range(nights)]
    return [fact(NightRating(int(np.clip(round(one), 0, 10))), night) for night, one in enumerate(felt)]


def kept_of(*facts: Fact) -> Kept:
    return kept_trials(facts)[-1]


def reviewed(facts: Sequence[Fact], tonight: date) -> Review | None:
    """What is proposed on this night, as a door asks."""
    kept = kept_trials(facts)[-1]
    return review(
        kept, judged(kept, facts, tonight, names={})[1], facts, believed(facts, LIBRARY, tonight), tonight=tonight
    )


def said(verdict: Verdict, *, better: float = 0.5, chance: float | None = None) -> ArmVerdict:
    """What its own trial says of an arm."""
    told = ArmNights("calf", 14, 0)
    belief = Belief(-0.5, 0.4, -1.3, 0.3)
    estimate = ArmEstimate(told, belief, better, 1 - better, 0.2, 0.0, None)
    more = None if chance is None else MoreNights(None, None, None, chance, 28)
    return ArmVerdict(told, None, verdict, estimate, None, None, more)


def chance_of(verdict: ArmVerdict) -> float | None:
    """The chance that an arm helps, as if no other night told of it."""
    return None if verdict.estimate is None or verdict.done == 0 else verdict.estimate.better


__all__ = [
    "BREATH",
    "CALF",
    "FIRST",
    "LIBRARY",
    "QUAD",
    "begun",
    "chance_of",
    "fact",
    "kept_of",
    "lived",
    "on",
    "reviewed",
    "said",
]
