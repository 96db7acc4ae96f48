"""The page that the onset's truth makes: docs/methods/onset.md. Nothing on it is written by hand."""

from pathlib import Path
from statistics import fmean

from tests.truth.onset_people import KINDS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "methods" / "onset.md"
Measured = dict[str, dict[str, dict[str, float]]]
_OURS, _WITHOUT, _ONE_CLOCK = "quietlegs", "nothing forgotten", "one clock for all"
_RIVALS = ("same as last night", "running mean", "fixed 20:30", "last 28 nights")
_HEAD = """# When the legs will begin tonight

Written by a tool; do not edit: `python -m tests.truth.onset` simulates people whose hour is known and writes this
page; what it counted is in `tests/truth/onset.json`. The seed was fixed beforehand; the settings were chosen on
other simulated people. A miss is printed as a miss.

## The model

Hours are counted from noon by the clock on the wall, so a night is one stretch and a change to or from summer time
moves nothing. On a night that has symptoms they begin at a *level*, give or take a *spread*, by a bell (one odd night
in fifty may be at any hour). What is thought of level and spread is a weight on a grid (15 minutes, 0.25 to 2.8 hours).
It begins with a general prior: level 23:00, SD 2.2 hours, since onsets seen in a clinic were mostly 20:00 to 04:00
([doi:10.17241/smr.2019.00360](https://doi.org/10.17241/smr.2019.00360)). What a person says takes 85 % of that weight,
with an SD of 45 minutes. Each noted hour multiplies the weights by its likelihood, from night 1 on.

- *Either of two hours*: the grid has a *gap* too. At first 85 % of the weight has none; the rest says that half of the
  nights begin 1, 1.5 or 2 hours before the level, and half as much after it.
- *Nights of the week*: Friday and Saturday nights share a *shift* (-2 to +2 hours), each other night of the week has
  its own. All are learned and none is fixed: a weekend's is thought to be 0 give or take 42 minutes at first, that of
  another night to be just 0 with 85 %. Each is learned with the level as it was thought to be, and the level with the
  shift as it was thought to be, so a few nights move it by a part of what they show.

- *Nights without symptoms* have an hour that is later than the night: they are censored, never left out. They count
  for the chance of a calm night (a Beta prior of 1 calm and 3 others) and leave the hour of other nights as it is.
- *An hour that was not noted* is unknown: a night rated above 0 counts as one with symptoms, a night without a
  rating counts for nothing. Neither is calm.
- *Recent nights count more*: each night levels wander by 4 minutes, 0.2 % of the weight goes back to the prior, and
  counts of calm nights fade by 2 %.
- *Another time zone* (2 hours or more) has a belief of its own. On arrival half the weight says what was known by that
  clock, half that the body goes on by the other, or anything between; for 10 nights levels may move by an hour a night.
  Nights marked as travel by the usual clock are left out.

The spread is thought to be 0.6 hours at first, within a factor of 1.6: chosen, with the bell, so that the ranges held
what they say on other simulated people.

The routine ends 15 minutes before the early quarter (25 %) of the hours foreseen; that margin was chosen, not measured.
It also ends before the bedtime that the person set, else before the middle hour of lights out in the last four weeks,
once three of these nights were noted (`plan/bedtime.py`).

## How it is scored

*Hour*: the continuous ranked probability score (CRPS) of the hour on nights that had symptoms, in minutes: the
integral of (chance to have begun by then, given symptoms - whether they had)^2. For a single hour without a range it is
the plain error. *Whole night*: the same for all nights, of the chance without that condition, from noon to 06:00: a
censored night is one on which nothing had begun by then, and its chance of calm is scored with the hour. Both are
proper: nobody gains by saying something else than they think. Less is better. The truth is the exact hour; the
diary, and so everybody, knows it to half hours, with 15 % of nights not noted and 10 % without their hour.

Held against it: the *same as last night*, the *running mean* of all hours so far, a *fixed 20:30*; and, harder to beat,
the *last 28 nights* as a distribution, calm ones among them. {people} people of each kind, 84 nights; scored are all
nights of the first week, then every third. Their levels lie around 23:00 (SD 1.7 hours), much as the prior says, which
is kind to the model and unkind to 20:30; one kind, *early*, lies around 20:30 instead.

## In short

"""


def page(kept: Measured, people: int = 100) -> str:
    """Return the page."""
    return "\n".join(
        [
            _HEAD.format(people=people).rstrip() + "\n",
            _in_short(kept),
            "## The hour (CRPS in minutes, nights with symptoms)\n",
            _scores(kept, "hour"),
            "## The whole night (CRPS in minutes, calm nights too)\n",
            _scores(kept, "whole"),
            "## The first week alone (hour, CRPS in minutes)\n",
            _scores(kept, "early_hour"),
            "## Ranges, and how far off the middle is\n",
            _ranges(kept),
            "## The kinds of people\n",
            "\n".join(f"- *{kind}*: {told}" for kind, told in KINDS.items()) + "\n",
        ]
    )


def _mean(kept: Measured, name: str, what: str) -> float:
    return fmean(kept[kind][name][what] for kind in KINDS)


def _in_short(kept: Measured) -> str:
    rows = ["| against | hour | whole night | first week, hour | it does not win in |", "|---|---|---|---|---|"]
    for name in (*_RIVALS, _WITHOUT):
        less = [_less(kept, name, what) for what in ("hour", "whole", "early_hour")]
        rows.append(f"| {name} | {' | '.join(less)} | {_not_won(kept, name)} |")
    half, most = (100 * _mean(kept, _OURS, what) for what in ("half", "most"))
    off = {name: _mean(kept, name, "off") for name in (_OURS, *_RIVALS)}
    told = ", ".join(f"{name} {value:.0f}" for name, value in off.items())
    return "\n".join(
        [
            "How much lower its score is, over all kinds alike. A kind is not won where the difference in the hour is",
            "within two standard errors of none, or the other way.\n",
            *rows,
            "",
            f"The range of 5 in 10 holds {half:.0f} % of the hours, that of 9 in 10 {most:.0f} %.\n",
            f"The middle alone is off by so many minutes on average: {told}.\n",
            _forgetting(kept),
            _clocks(kept),
        ]
    )


def _forgetting(kept: Measured) -> str:
    """Say where the same model without forgetting is surely worse, and where surely better."""
    worse = [kind for kind in KINDS if _more(kept, kind, _WITHOUT, "hour") > 0]
    without = {kind: kept[kind][_WITHOUT] for kind in KINDS}
    better = [kind for kind, one in without.items() if one["hour_more"] + one["hour_error"] < 0]
    most = max((-without[kind]["hour_more"] for kind in better), default=0.0)
    return (
        f"*Nothing forgotten* is the same model where old nights count like new ones. It is surely worse for\n"
        f"{', '.join(worse) or 'nobody'}; surely better for {', '.join(better) or 'nobody'},\n"
        f"by {most:.1f} minutes at most.\n"
    )


def _clocks(kept: Measured) -> str:
    """Say what a belief for each clock is worth to travellers."""
    ours, one = kept["travel"][_OURS], kept["travel"][_ONE_CLOCK]
    return (
        f"For travellers the hour's score is {ours['hour']:.1f} minutes; with one clock for all it would be\n"
        f"{one['hour']:.1f} (difference {one['hour_more']:.1f}, give or take {one['hour_error']:.1f}).\n"
    )


def _less(kept: Measured, name: str, what: str) -> str:
    ours, theirs = _mean(kept, _OURS, what), _mean(kept, name, what)
    return f"{round(100 * (1 - ours / theirs))} % ({ours:.0f} against {theirs:.0f} min)"


def _not_won(kept: Measured, name: str) -> str:
    return ", ".join(kind for kind in KINDS if _more(kept, kind, name, "hour") <= 0) or "none"


def _more(kept: Measured, kind: str, name: str, what: str) -> float:
    """Return by how much a rival is surely worse; 0 or less where it is not."""
    return kept[kind][name][f"{what}_more"] - kept[kind][name][f"{what}_error"]


def _scores(kept: Measured, what: str) -> str:
    names = (_OURS, *_RIVALS, _WITHOUT)
    rows = [f"| people | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    rows.extend(f"| {kind} | {' | '.join(f'{kept[kind][name][what]:.0f}' for name in names)} |" for kind in KINDS)
    rows.append(f"| all | {' | '.join(f'{_mean(kept, name, what):.1f}' for name in names)} |")
    return "\n".join(rows) + "\n"


def _ranges(kept: Measured) -> str:
    head = "| people | 50 % range | 90 % range | 90 %, first week | middle off, min | calm: said | calm: were |"
    rows = [head, "|---" * 7 + "|"]
    for kind in KINDS:
        one = kept[kind][_OURS]
        shares = (one["half"], one["most"], one["early_most"])
        calm = (one["calm_said"], one["calm"])
        told = [*(f"{100 * share:.0f} %" for share in shares), f"{one['off']:.0f}", *(f"{100 * c:.0f} %" for c in calm)]
        rows.append(f"| {kind} | {' | '.join(told)} |")
    return "\n".join(rows) + "\n"
