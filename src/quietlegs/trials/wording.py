"""What is said to people about two arms. An estimate is told as an estimate; nothing is claimed here."""

from enum import StrEnum

from quietlegs.trials.ar1 import FEWEST_NIGHTS, FEWEST_PER_ARM
from quietlegs.trials.compare import Comparison, NotYet, Reason

_SAME = 0.005
_NO_VERDICT = (
    "This is an estimate, not a verdict. Its range is meant for one single look: "
    "if you look every night, it misleads far too often."
)
_BOTH_ARMS = "Both kinds of night contain what hoping does (placebo) and the ups and downs that come by themselves."


class Better(StrEnum):
    """Which way is wanted: lower for how bad a night was; unsaid when nobody said."""

    LOWER = "lower"
    HIGHER = "higher"
    UNSAID = "unsaid"


def sentences(found: Comparison | NotYet, *, outcome: str, better: Better = Better.UNSAID) -> tuple[str, ...]:
    """Tell a comparison in plain sentences, the most important one first.

    Parameters
    ----------
    found : Comparison or NotYet
        What `compare` gave.
    outcome : str
        What was answered, as it is called in the middle of a sentence, for example ``"severity"``.
    better : Better, optional
        Which way is wanted; without it the sentence says only higher or lower.

    Examples
    --------
    >>> from datetime import date
    >>> from quietlegs.trials.compare import compare
    >>> from quietlegs.trials.nights import nights_from
    >>> few = nights_from([date(2026, 1, 1), date(2026, 1, 2)], ["calf", "breathing"], [4, 5])
    >>> sentences(compare(few, arm="calf", comparator="breathing"), outcome="severity")[0]
    'Not enough yet to compare calf with breathing: at least 6 more answered nights are needed.'
    """
    if isinstance(found, NotYet):
        return _not_yet(found)
    return (
        _estimate(found, outcome, better),
        _range(found),
        _NO_VERDICT,
        _BOTH_ARMS,
        _nights(found),
    )


def _not_yet(found: NotYet) -> tuple[str, ...]:
    pair = f"{found.arm.name} with {found.comparator.name}"
    if found.reason is Reason.NO_SPREAD:
        return (
            f"Not enough yet to compare {pair}: the answers do not vary by chance, so no range can be given.",
            _counted(found),
        )
    more = "1 more answered night is" if found.more_nights == 1 else f"{found.more_nights} more answered nights are"
    return (
        f"Not enough yet to compare {pair}: at least {more} needed.",
        f"The least is {FEWEST_NIGHTS} answered nights in all, {FEWEST_PER_ARM} with each; a clear answer takes more.",
        _counted(found),
    )


def _estimate(found: Comparison, outcome: str, better: Better) -> str:
    size = found.difference.estimate
    pair = f"nights with {found.arm.name} than on nights with {found.comparator.name}"
    if abs(size) < _SAME:
        pair = pair.replace(" than on ", " and on ")
        return f"Estimate: {outcome} was about the same on {pair}."
    way = Better.LOWER if size < 0 else Better.HIGHER
    wanted = "" if better is Better.UNSAID else f" ({'the' if way is better else 'not the'} way you want)"
    return f"Estimate: {outcome} was {abs(size):.2f} {way}{wanted} on {pair}."


def _range(found: Comparison) -> str:
    low, high = found.difference.low, found.difference.high
    either = " That range includes no difference at all." if low <= 0 <= high else ""
    return f"The true difference could well be anywhere from {low:+.2f} to {high:+.2f}.{either}"


def _nights(found: Comparison) -> str:
    dates = {0: "", 1: " 1 date in between is not in the diary."}
    return _counted(found) + dates.get(found.unlisted, f" {found.unlisted} dates in between are not in the diary.")


def _counted(found: Comparison | NotYet) -> str:
    used = " and ".join(f"{so_many(side.used)} with {side.name}" for side in (found.arm, found.comparator))
    return f"Used: {used}. Not answered: {found.arm.missing} and {found.comparator.missing}."


def so_many(count: int, thing: str = "night") -> str:
    """Count things in words."""
    return f"1 {thing}" if count == 1 else f"{count} {thing}s"
