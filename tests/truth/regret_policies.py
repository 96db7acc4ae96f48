"""What quietlegs' plan is held against: simple ways to choose the evening's movement, and one who knows everything."""

import numpy as np
from tests.truth.regret_people import BREATH, CALF, NIGHTS, THINGS, WEEK, Life, Living

# One of each family first, as a person would go through a list; then habits.
LIST = (
    CALF,
    "legs_up_wall",
    "hamstring",
    "ankle_pumps",
    "walk",
    "heel_raise",
    "calf_massage",
    *("caffeine", "steady_hours", "alcohol", "herbal_tea", "routine_hour"),
)
_BAD, _IN_A_ROW = 1.0, 2
_PHASES = 4
# As many things as an evening has room for.
MOST_AT_ONCE = 3


def nothing(life: Life) -> Living:
    """Slow breathing every evening."""
    return _always(life, {BREATH})


def article(life: Life) -> Living:
    """The article's routine for ever: the calf stretch every evening."""
    return _always(life, {CALF})


def restless(life: Life) -> Living:
    """Begin with the calf stretch, and change to the next of the list whenever two bad nights come in a row.

    A night is bad when it is rated a point or more above the mean of the nights before.
    """
    living, place, bad, rated = Living.of(life), 0, 0, list[float]()
    while living.night < NIGHTS:
        answer = living.live({LIST[place]})
        if answer is None:
            continue
        bad = bad + 1 if len(rated) >= WEEK and answer >= np.mean(rated) + _BAD else 0
        rated.append(answer)
        if bad == _IN_A_ROW:
            place, bad = (place + 1) % len(LIST), 0
    return living


def abab(life: Life) -> Living:
    """A week as usual, then calf stretch and slow breathing in turn for four weeks, then the better mean for ever."""
    living = Living.of(life)
    _week(living, set())
    best = _better(living, CALF, BREATH)
    while living.night < NIGHTS:
        living.live({best})
    return living


def tournament(life: Life) -> Living:
    """As `abab`, but then the better one stands against the next of the list, four weeks each time, to the end."""
    living, best, place = Living.of(life), CALF, 1
    _week(living, set())
    best = _better(living, CALF, BREATH)
    while living.night + _PHASES * WEEK <= NIGHTS and place < len(LIST):
        best = _better(living, best, LIST[place])
        place += 1
    while living.night < NIGHTS:
        living.live({best})
    return living


def oracle(life: Life) -> Living:
    """Know what each thing does, and do everything that helps, from the first night on."""
    return _always(life, best_of(life))


def best_one(life: Life) -> Living:
    """Know what each thing does, and do the best single one."""
    return _always(life, {min(THINGS, key=life.acts.__getitem__)} if min(life.acts.values()) < 0 else set())


def best_of(life: Life) -> frozenset[str]:
    """Return the things that help most together: the best of each family that helps."""
    return frozenset(thing for thing in THINGS if life.acts[thing] < 0)


def _always(life: Life, things: set[str] | frozenset[str]) -> Living:
    living = Living.of(life)
    while living.night < NIGHTS:
        living.live(things)
    return living


def _week(living: Living, things: set[str]) -> list[float]:
    answers = [living.live(things) for _ in range(min(WEEK, NIGHTS - living.night))]
    return [answer for answer in answers if answer is not None]


def _better(living: Living, one: str, other: str) -> str:
    """Live a week of each in turn, twice, and return the one with the lower mean; what stood before when alike."""
    means = {one: list[float](), other: list[float]()}
    for phase in range(_PHASES):
        turn = (one, other)[phase % 2]
        means[turn] += _week(living, {turn})
    if not means[one] or not means[other]:
        return one
    return other if np.mean(means[other]) < np.mean(means[one]) else one
