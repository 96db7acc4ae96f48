"""What is said to people about what calms their legs best now."""

from quietlegs.trials.relief import FEWEST_MOMENTS, Calming, MovementRelief, ReliefAnswer, Untold
from quietlegs.trials.verdict_wording import in_ten

_SURE = 0.9
_BY_ITSELF = "Restless moments also pass by themselves. Only what goes beyond that is told here."


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
        return (f"Cannot tell yet what calms best: {_untold(answer.untold)}",)
    told = in_ten(answer.of(answer.best).best or 0.0)
    if _is_clear(answer, answer.best):
        first = f"For you, {answer.best} calms best now, as far as can be told; the chance is {told}."
    else:
        first = f"Cannot tell yet what calms best. Ahead now: {answer.best}, with a chance of {told}."
    others = [_movement(one, answer.comparator) for one in answer.movements if one.name != answer.comparator]
    return (first, *others, _BY_ITSELF)


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
        return f"{one.name}: too early, rated {one.counted} times so far."
    now = one.calming.now
    way = "more" if now.mean >= 0 else "less"
    return (
        f"{one.name}: restlessness goes down by about {abs(now.mean):.1f} points {way} than with {comparator} "
        f"(range {now.low:+.1f} to {now.high:+.1f}, {one.counted} times). {_proof(one.calming)}"
    )


def _proof(calming: Calming) -> str:
    if _claimed(calming, more=calming.now.mean >= 0):
        return "This is clear by now."
    return "That is no proof yet." if calming.claimed_at is None else "They differed, but which is better now is open."


def _untold(why: Untold | None) -> str:
    return {
        Untold.NOTHING_DRAWN: "so far nothing was offered by lot, so nothing fair can be said.",
        Untold.TOO_FEW: f"at least {FEWEST_MOMENTS} moments rated before and after are needed.",
        Untold.COMPARATOR_NOT_SEEN: "the movement that the others are compared with was rated too rarely.",
        Untold.NO_SPREAD: "every moment went down by the same.",
        None: "there is nothing to compare.",
    }[why]
