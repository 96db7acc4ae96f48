"""What is said to people about two arms. An estimate is told as an estimate; nothing is claimed here."""

from enum import StrEnum

from quietlegs.trials.ar1 import FEWEST_NIGHTS, FEWEST_PER_ARM
from quietlegs.trials.compare import ArmNights, Comparison, NotYet, Reason
from quietlegs.words.catalogue import _, later, ngettext
from quietlegs.words.numbers import number

_SAME = 0.005


class Better(StrEnum):
    """Which way is wanted: lower for how bad a night was; unsaid when nobody said."""

    LOWER = "lower"
    HIGHER = "higher"
    UNSAID = "unsaid"


_NO_VERDICT = later(
    "This is an estimate, not a verdict. Its range is meant for one single look: "
    "if you look every night, it misleads far too often."
)
_BOTH_ARMS = later(
    "Both kinds of night contain what hoping does (placebo) and the ups and downs that come by themselves."
)
# Translators: {outcome} is what was answered ("severity", or a column's name of a person's own file), {arm} and
# {comparator} are what was tried. Write each sentence so that it stays right for any such name.
_ESTIMATES = {
    (Better.LOWER, None): later(
        "Estimate: {outcome} was {size} lower on nights with {arm} than on nights with {comparator}."
    ),
    (Better.HIGHER, None): later(
        "Estimate: {outcome} was {size} higher on nights with {arm} than on nights with {comparator}."
    ),
    (Better.LOWER, True): later(
        "Estimate: {outcome} was {size} lower (the way you want) on nights with {arm} than on nights with {comparator}."
    ),
    (Better.HIGHER, True): later(
        "Estimate: {outcome} was {size} higher (the way you want) on nights with {arm} "
        "than on nights with {comparator}."
    ),
    (Better.LOWER, False): later(
        "Estimate: {outcome} was {size} lower (not the way you want) on nights with {arm} "
        "than on nights with {comparator}."
    ),
    (Better.HIGHER, False): later(
        "Estimate: {outcome} was {size} higher (not the way you want) on nights with {arm} "
        "than on nights with {comparator}."
    ),
}


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
        _(_NO_VERDICT),
        _(_BOTH_ARMS),
        _nights(found),
    )


def _not_yet(found: NotYet) -> tuple[str, ...]:
    arm, comparator = found.arm.name, found.comparator.name
    if found.reason is Reason.NO_SPREAD:
        return (
            _(
                "Not enough yet to compare {arm} with {comparator}: the answers do not vary by chance, "
                "so no range can be given.",
                arm=arm,
                comparator=comparator,
            ),
            _counted(found),
        )
    return (
        ngettext(
            "Not enough yet to compare {arm} with {comparator}: at least {count} more answered night is needed.",
            "Not enough yet to compare {arm} with {comparator}: at least {count} more answered nights are needed.",
            found.more_nights,
            arm=arm,
            comparator=comparator,
        ),
        _(
            "The least is {all} answered nights in all, {each} with each; a clear answer takes more.",
            all=FEWEST_NIGHTS,
            each=FEWEST_PER_ARM,
        ),
        _counted(found),
    )


def _estimate(found: Comparison, outcome: str, better: Better) -> str:
    size = found.difference.estimate
    names = {"outcome": outcome, "arm": found.arm.name, "comparator": found.comparator.name}
    if abs(size) < _SAME:
        return _(
            "Estimate: {outcome} was about the same on nights with {arm} and on nights with {comparator}.", **names
        )
    way = Better.LOWER if size < 0 else Better.HIGHER
    wanted = None if better is Better.UNSAID else way is better
    return _(_ESTIMATES[way, wanted], size=number(abs(size), 2), **names)


def _range(found: Comparison) -> str:
    low, high = found.difference.low, found.difference.high
    ends = {"low": number(low, 2, sign=True), "high": number(high, 2, sign=True)}
    told = _("The true difference could well be anywhere from {low} to {high}.", **ends)
    return f"{told} {_('That range includes no difference at all.')}" if low <= 0 <= high else told


def _nights(found: Comparison) -> str:
    if not found.unlisted:
        return _counted(found)
    unlisted = ngettext(
        "{count} date in between is not in the diary.",
        "{count} dates in between are not in the diary.",
        found.unlisted,
    )
    return f"{_counted(found)} {unlisted}"


def _counted(found: Comparison | NotYet) -> str:
    return _(
        "Used: {nights} and {other_nights}. Not answered: {missing} and {other_missing}.",
        nights=nights_with(found.arm.used, found.arm.name),
        other_nights=nights_with(found.comparator.used, found.comparator.name),
        missing=found.arm.missing,
        other_missing=found.comparator.missing,
    )


def ranged(mean: float, low: float, high: float) -> str:
    """Tell an estimate and its range in figures."""
    ends = {"low": number(low, 2, sign=True), "high": number(high, 2, sign=True)}
    return _("{size} ({low} to {high})", size=number(mean, 2, sign=True), **ends)


def nights_answered(side: ArmNights) -> str:
    """Count an arm's nights, answered and not, as they stand below a picture."""
    return ngettext(
        "{count} night, {missing} not answered",
        "{count} nights, {missing} not answered",
        side.used,
        missing=side.missing,
    )


def nights_with(count: int, arm: str) -> str:
    """Count an arm's nights in words, as they stand in a list."""
    return ngettext("{count} night with {arm}", "{count} nights with {arm}", count, arm=arm)
