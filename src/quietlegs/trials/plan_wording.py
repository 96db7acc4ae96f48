"""What is said to people about how long a trial takes, before it starts."""

from quietlegs.trials.plan_nights import Change, NightsPlan, Suggestion

_YEARS = "more than two years"


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
    lead = "With your usual spread" if own else "With a middling spread, since your diary is too young to tell yours"
    size = f"a difference of {plan.aim.effect:g} {'point' if plan.aim.effect == 1 else 'points'}"
    if plan.nights is None:
        return f"{lead}, {size} takes {_YEARS} to show. That is too long to plan."
    low, high = plan.low or plan.nights, f"{plan.high}" if plan.high else _YEARS
    return f"{lead}, {size} takes about {plan.nights} nights to show (range {low} to {high})."


def _meaning(plan: NightsPlan) -> str:
    if not plan.hopeless:
        wanted = round(plan.aim.power * 10)
        return f"If the difference is there, {wanted} of 10 such trials find it in that time."
    found = round(plan.chance_by_horizon * 10)
    return f"In the {plan.aim.horizon_nights} nights you planned, about {found} of 10 such trials would find it."


def _suggested(suggestion: Suggestion) -> str:
    time = f"about {suggestion.nights} nights"
    return {
        Change.FEWER_ARMS: f"With one movement at a time against the comparison: {time}.",
        Change.SHORTER_BLOCKS: f"With a new draw every night: {time}.",
        Change.BOTH: f"With one movement at a time and a new draw every night: {time}.",
        Change.LONGER_TRIAL: f"As it is, with a longer trial: {time}.",
    }[suggestion.change]
