"""What is said to people about what calms their legs best now."""

from quietlegs.trials.relief import FEWEST_MOMENTS, Calming, MovementRelief, ReliefAnswer, Untold
from quietlegs.trials.verdict_wording import in_ten
from quietlegs.words.catalogue import _, later
from quietlegs.words.numbers import number

_SURE = 0.9
_BY_ITSELF = later("Restless moments also pass by themselves. Only what goes beyond that is told here.")
_MORE = later(
    "{movement}: restlessness goes down by about {size} points more than with {comparator} "
    "(range {low} to {high}, {times} times)."
)
_LESS = later(
    "{movement}: restlessness goes down by about {size} points less than with {comparator} "
    "(range {low} to {high}, {times} times)."
)
_UNTOLD = {
    Untold.NOTHING_DRAWN: later(
        "Cannot tell yet what calms best: so far nothing was offered by lot, so nothing fair can be said."
    ),
    Untold.TOO_FEW: later(
        "Cannot tell yet what calms best: at least {fewest} moments rated before and after are needed."
    ),
    Untold.COMPARATOR_NOT_SEEN: later(
        "Cannot tell yet what calms best: the movement that the others are compared with was rated too rarely."
    ),
    Untold.NO_SPREAD: later("Cannot tell yet what calms best: every moment went down by the same."),
    None: later("Cannot tell yet what calms best: there is nothing to compare."),
}


def relief_sentences(answer: ReliefAnswer) -> tuple[str, ...]:
    """Say which movement calms best now and how sure that is, then each movement in a sentence.

    A movement is called best only with a claim that it calms more than the comparator, and a chance of at least 9 in
    10 to be best. The comparator is called best only with a claim against every other movement, and that chance.

    Examples
    --------
    >>> relief_sentences(ReliefAnswer("slow breathing", (), None, Untold.TOO_FEW, 0, 20.0, None))
    ('Cannot tell yet what calms best: at least 8 moments rated before and after are needed.',)
    """
    if answer.untold or answer.best is None:
        return (_(_UNTOLD[answer.untold], fewest=FEWEST_MOMENTS),)
    told = in_ten(answer.of(answer.best).best or 0.0)
    if _is_clear(answer, answer.best):
        first = _(
            "For you, {movement} calms best now, as far as can be told; the chance is {chance}.",
            movement=answer.best,
            chance=told,
        )
    else:
        first = _(
            "Cannot tell yet what calms best. Ahead now: {movement}, with a chance of {chance}.",
            movement=answer.best,
            chance=told,
        )
    others = [_movement(one, answer.comparator) for one in answer.movements if one.name != answer.comparator]
    return (first, *others, _(_BY_ITSELF))


def _is_clear(answer: ReliefAnswer, best: str) -> bool:
    """Return whether the best may be called so: by its claim, or as the comparator by claims against all others."""
    if (answer.of(best).best or 0.0) < _SURE:
        return False
    if best != answer.comparator:
        return _claimed(answer.of(best).calming, more=True)
    return all(_claimed(one.calming, more=False) for one in answer.movements if one.name != best)


def _claimed(calming: Calming | None, *, more: bool) -> bool:
    """Return whether a claim was made and the model, which gives its direction, is as sure of it."""
    chance = 0.0 if calming is None else calming.better if more else 1 - calming.better
    return calming is not None and calming.claimed_at is not None and chance >= _SURE


def _movement(one: MovementRelief, comparator: str) -> str:
    if one.calming is None:
        return _("{movement}: too early, rated {times} times so far.", movement=one.name, times=one.counted)
    now = one.calming.now
    told = _(
        _MORE if now.mean >= 0 else _LESS,
        movement=one.name,
        comparator=comparator,
        size=number(abs(now.mean), 1),
        low=number(now.low, 1, sign=True),
        high=number(now.high, 1, sign=True),
        times=one.counted,
    )
    return f"{told} {_proof(one.calming)}"


def _proof(calming: Calming) -> str:
    if _claimed(calming, more=calming.now.mean >= 0):
        return _("This is clear by now.")
    if calming.claimed_at is None:
        return _("That is no proof yet.")
    return _("They differed, but which is better now is open.")
