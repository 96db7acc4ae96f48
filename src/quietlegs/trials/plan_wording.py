"""What is said to people about how long a trial takes, before it starts."""

from quietlegs.trials.plan_nights import Change, NightsPlan, Suggestion
from quietlegs.words.catalogue import _, later, ngettext
from quietlegs.words.numbers import number

_YEARS = later("more than two years")
_USUAL = later("With your usual spread, {difference} takes about {nights} nights to show (range {low} to {high}).")
_USUAL_NEVER = later(
    "With your usual spread, {difference} takes more than two years to show. That is too long to plan."
)
_MIDDLING = later(
    "With a middling spread, since your diary is too young to tell yours, {difference} takes about {nights} nights "
    "to show (range {low} to {high})."
)
_MIDDLING_NEVER = later(
    "With a middling spread, since your diary is too young to tell yours, {difference} takes more than two years "
    "to show. That is too long to plan."
)
_SUGGESTED = {
    Change.FEWER_ARMS: later("With one movement at a time against the comparison: about {nights} nights."),
    Change.SHORTER_BLOCKS: later("With a new draw every night: about {nights} nights."),
    Change.BOTH: later("With one movement at a time and a new draw every night: about {nights} nights."),
    Change.LONGER_TRIAL: later("As it is, with a longer trial: about {nights} nights."),
}


def plan_sentences(plan: NightsPlan, *, own: bool = True) -> tuple[str, ...]:
    """Tell how long the answer takes, and what would bring it within reach; the most important first.

    Parameters
    ----------
    plan : NightsPlan
        What `plan_nights` gave.
    own : bool, optional
        Whether the spread is this person's own, or a middling one was taken.

    Examples
    --------
    >>> import numpy as np
    >>> from quietlegs.trials.plan_nights import Aim, Usual, plan_nights
    >>> usual, aim = Usual(1.5, 0.3, 0.1, 28), Aim(arm_count=2, block_nights=1, horizon_nights=120)
    >>> plan = plan_nights(usual, aim, np.random.Generator(np.random.PCG64(1)))
    >>> for sentence in plan_sentences(plan):  # doctest: +ELLIPSIS
    ...     print(sentence)
    With your usual spread, a difference of 1 point takes about ... nights to show (range ... to ...).
    If the difference is there, 8 of 10 such trials find it in that time.
    """
    return (_about(plan, own=own), _meaning(plan), *(_suggested(each) for each in plan.suggestions))


def _about(plan: NightsPlan, *, own: bool) -> str:
    difference = _difference(plan.aim.effect)
    if plan.nights is None:
        return _(_USUAL_NEVER if own else _MIDDLING_NEVER, difference=difference)
    return _(
        _USUAL if own else _MIDDLING,
        difference=difference,
        nights=plan.nights,
        low=plan.low or plan.nights,
        high=plan.high or _(_YEARS),
    )


def _difference(size: float) -> str:
    if size == 1:
        return _("a difference of 1 point")
    return _("a difference of {size} points", size=number(size))


def _meaning(plan: NightsPlan) -> str:
    if not plan.hopeless:
        wanted = round(plan.aim.power * 10)
        return _("If the difference is there, {found} of 10 such trials find it in that time.", found=wanted)
    found = round(plan.chance_by_horizon * 10)
    return ngettext(
        "In the {count} night you planned, about {found} of 10 such trials would find it.",
        "In the {count} nights you planned, about {found} of 10 such trials would find it.",
        plan.aim.horizon_nights,
        found=found,
    )


def _suggested(suggestion: Suggestion) -> str:
    return _(_SUGGESTED[suggestion.change], nights=suggestion.nights)
