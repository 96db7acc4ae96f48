"""Why a night of the plan is worse than one of a person who knows everything: what was on, and what was not."""

from itertools import pairwise

from tests.truth.regret_people import Life
from tests.truth.regret_plan import Stood
from tests.truth.regret_policies import best_of

CAUSES = (
    "on trial, and makes it worse",
    "kept, and makes it worse",
    "helps, is on trial, but it is another's turn",
    "helps, but was left out",
    "helps, but was not tried yet",
)


def causes(life: Life, things: frozenset[str], turns: frozenset[str], stood: Stood) -> tuple[float, ...]:
    """Return points lost on a night on which all was done, one for each of `CAUSES`, added up in their order."""
    helpful = best_of(life)
    steps = [things]
    steps.append(things - {turn for turn in turns if life.acts.get(turn, 0.0) > 0})
    steps.append(frozenset(thing for thing in steps[-1] if life.acts.get(thing, 0.0) <= 0))
    for more in (stood.trying, stood.dropped, helpful):
        steps.append(steps[-1] | (more & helpful))
    acts = [life.doing(step) for step in steps]
    return tuple(before - after for before, after in pairwise(acts))
