"""What is told of relief, held against people whose relief is known."""

import numpy as np
from tests.truth.restless import NAMES, Lived, Restless, live

from quietlegs.trials.relief import Calming, ReliefAnswer, relief
from quietlegs.trials.relief_events import Reliefs
from quietlegs.trials.relief_replay import replay
from quietlegs.trials.relief_wording import relief_sentences

_MOMENTS = (30, 60, 150)
# So many of a chunk have the rule replayed where nothing acts: with more movements it takes seconds for each.
_REPLAYED = {2: 25, 3: 10}
_STEADY = ((0.0, 0.0), (0.0, 1.0), (0.0, 0.0, 0.0), (0.0, 1.0, 0.5), (0.0, -1.0))
_ACTING, _LATER = (0.0, 1.0, 0.5), (0.0, -1.0, 0.5)
_NOMINAL = 1.96
KINDS = ("model", "weighed", "naive")
_SUMS = (
    *("false", "claimed", "said", "said_wrong", "best", "told", "bare_off"),
    *(f"{kind}_{what}" for kind in KINDS for what in ("covered", "off", "squared", "width")),
)

RESTLESS = (
    *(Restless(gains, moments) for gains in _STEADY for moments in _MOMENTS),
    *(Restless((0.0, gain), moments, spells=0.5) for gain in (0.0, 1.0) for moments in _MOMENTS),
    *(Restless((0.0, gain), offline=10) for gain in (0.0, 1.0)),
    *(Restless(_ACTING, moments, _LATER, quick) for quick in (True, False) for moments in _MOMENTS),
)


def restless_name(person: Restless) -> str:
    """Return a cell's name: what the movements do, and all that is peculiar."""
    gains = ", ".join(f"{gain:g}" for gain in person.gains[1:])
    later = "" if person.later is None else ", ".join(f"{gain:g}" for gain in person.later[1:])
    course = f" to {later} {'at once, halfway' if person.quick else 'little by little'}" if later else ""
    spells = f", spells {person.spells:g}" if person.spells else ""
    offline = f", chances used for {person.offline} moments" if person.offline > 1 else ""
    return f"gain {gains}{course}{spells}{offline}, {person.moments} moments"


def told(person: Restless, people: int, rng: np.random.Generator) -> dict[str, float]:
    """Add up, over people, what is said of the movements, and how far it is from the truth."""
    lived = live(person, people, rng)
    sums = dict.fromkeys(_SUMS, 0.0)
    for one in range(people):
        events = lived.of(one, person)
        for name, value in _held(relief(events, comparator=NAMES[0]), events, person).items():
            sums[name] += float(value)
    return sums | _replayed(lived, person, rng)


def _held(answer: ReliefAnswer, events: Reliefs, person: Restless) -> dict[str, float]:
    """Hold one person's answer against the truth now, and means against the mean truth of the moments counted."""
    now = person.acting[-1] - person.acting[-1, 0]
    best = {NAMES[place] for place in np.flatnonzero(now == now.max())}
    said = relief_sentences(answer)[0].startswith("For you")
    found: dict[str, float] = {
        "false": any(_is_false(answer.of(name).calming, gain) for name, gain in zip(person.names, now, strict=True)),
        "claimed": any(one.calming is not None and one.calming.claimed_at is not None for one in answer.movements),
        "said": said,
        "said_wrong": said and best != {answer.best},
        "best": best == {answer.best},
    }
    return found | _intervals(answer.of(NAMES[1]).calming, events, person)


def _is_false(calming: Calming | None, gain: float) -> bool:
    return bool(calming and calming.claimed_at and np.sign(calming.now.mean) != np.sign(gain))


def _intervals(calming: Calming | None, events: Reliefs, person: Restless) -> dict[str, float]:
    """Hold three intervals about the second movement, and its bare drop, against the truth."""
    if calming is None or calming.weighed is None:
        return {}
    counted, acted = events.counted(), person.acting[events.answered]
    now, mean = person.acting[-1, 1] - person.acting[-1, 0], float((acted[:, 1] - acted[:, 0]).mean())
    drops = [counted.drop[counted.made == arm] for arm in (0, 1)]
    naive = float(drops[1].mean() - drops[0].mean())
    reach = _NOMINAL * float(sum(each.var(ddof=1) / each.size for each in drops)) ** 0.5
    rows = {
        "model": (calming.now.mean, calming.now.low, calming.now.high, now),
        "weighed": (calming.weighed.estimate, calming.weighed.low, calming.weighed.high, mean),
        "naive": (naive, naive - reach, naive + reach, mean),
    }
    found = {"told": 1.0, "bare_off": float(drops[1].mean()) - mean}
    for name, (middle, low, high, truth) in rows.items():
        off = middle - truth
        found |= {f"{name}_covered": low <= truth <= high, f"{name}_off": off, f"{name}_squared": off**2}
        found[f"{name}_width"] = high - low
    return found


def _replayed(lived: Lived, person: Restless, rng: np.random.Generator) -> dict[str, float]:
    """Count replayed p values up to 5 % among people on whom no movement acts."""
    if any(person.gains) or person.later or person.offline > 1:
        return {}
    events = [lived.of(one, person) for one in range(min(len(lived.made), _REPLAYED[len(person.gains)]))]
    low = [replay(one, comparator=NAMES[0], rng=rng).any_difference <= 0.05 for one in events]  # 5 %
    return {"replays": len(low), "replay_low": sum(low)}
