"""What is said to people about a trial: a headline and plain sentences for each arm, and what holds for all."""

from quietlegs.trials.ar1 import FEWEST_NIGHTS, FEWEST_PER_ARM
from quietlegs.trials.verdict import Answer, ArmVerdict, Lot, MoreNights, Setting, Short, Verdict

_SMALL = 0.005
_BOTH = (
    "Both kinds of night contain what hoping does (placebo) and the ups and downs that come by themselves. "
    "Only the difference is told here."
)
_UNKNOWN = (
    "How the nights were chosen is not known, so nothing is claimed here. If you chose because of how your legs were, "
    "the numbers can be wrong in either direction. Only a lot can tell."
)
_CLAIM = "If nothing you tried made any difference, a trial like this would still say so in at most 1 of 20 cases."


def headline(one: ArmVerdict) -> str:
    """Say the verdict on one arm in a few words.

    Examples
    --------
    >>> from quietlegs.trials.compare import ArmNights
    >>> headline(ArmVerdict(ArmNights("calf", 2, 0), None, Verdict.CANNOT_TELL, None, Short.TOO_FEW, None, None))
    'calf: cannot tell yet'
    """
    told = {
        Verdict.HELPS: "helps you",
        Verdict.WORSE: "makes it worse for you",
        Verdict.NOT_WORTH_IT: "not worth it, it seems",
        Verdict.LEANING: f"leaning towards {_leaning(one)}, not sure yet",
        Verdict.CANNOT_TELL: "cannot tell yet",
    }[one.verdict]
    more = one.more
    if one.verdict is Verdict.CANNOT_TELL and more and more.nights:
        told += f", about {_nights(more.nights, 'more night')}"
    return f"{one.nights.name}: {told}"


def answer_sentences(answer: Answer, *, outcome: str) -> dict[str, tuple[str, ...]]:
    """Tell each arm's verdict in plain sentences, the most important first, by the arm's name.

    Parameters
    ----------
    answer : Answer
        What `judge` gave.
    outcome : str
        What was answered, as it is called in the middle of a sentence, for example ``"severity"``.

    Examples
    --------
    >>> import numpy as np
    >>> from quietlegs.trials.judge import judge
    >>> from quietlegs.trials.nights import Nights
    >>> two = Nights(np.datetime64("2026-01-05") + np.arange(2), np.array([0, 1]), ("calf", "rest"), np.array([4.0, 5]))
    >>> answer_sentences(judge(two, None, comparator="rest"), outcome="severity")["calf"][0]
    'It is too early to say anything: the least is 3 answered nights with each, 8 in all.'
    """
    return {one.nights.name: tuple(filter(None, _arm(one, answer, outcome))) for one in answer.arms}


def trial_sentences(answer: Answer) -> tuple[str, ...]:
    """Say what holds for all arms: how the nights were drawn, what looking often costs, and what both arms contain."""
    setting = answer.setting
    return tuple(filter(None, [_lot(setting), _error(answer), _stage(answer), _uncompared(answer), _BOTH]))


def _arm(one: ArmVerdict, answer: Answer, outcome: str) -> list[str]:
    setting = answer.setting
    counted = _counted(one, setting)
    if one.estimate is None:
        return [_claimed(one, outcome, setting), _short(one.short), counted]
    return [
        _claimed(one, outcome, setting) or _open(one, setting, outcome),
        _size(one, setting, outcome),
        _more(one.more) if one.more else "",
        counted,
    ]


def _claimed(one: ArmVerdict, outcome: str, setting: Setting) -> str:
    if one.claimed_on is None:
        return ""
    way = {Verdict.HELPS: "better", Verdict.WORSE: "worse"}[one.verdict]
    return (
        f"Your {outcome} is {way} on nights with {one.nights.name} than on nights with {setting.comparator.name}. "
        f"That has been clear since {one.claimed_on}."
    )


def _open(one: ArmVerdict, setting: Setting, outcome: str) -> str:
    found = one.estimate
    if found is None:
        return ""
    if one.verdict is Verdict.NOT_WORTH_IT:
        chance = _in_a_hundred(found.worthwhile)
        return (
            f"The chance that {one.nights.name} makes your {outcome} better by {_points(setting.worthwhile)} or more "
            f"is small: {chance}."
        )
    way = "better" if found.better >= found.worse else "worse"
    chance = _in_a_hundred(max(found.better, found.worse))
    return f"The chance that {one.nights.name} is {way} than {setting.comparator.name}: {chance}. That is no proof."


def _size(one: ArmVerdict, setting: Setting, outcome: str) -> str:
    if one.estimate is None:
        return ""
    effect = one.estimate.effect
    low, high = (f"{round(end, 1) + 0.0:+.1f}" for end in (effect.low, effect.high))
    if abs(effect.mean) < _SMALL:
        size = f"about the same {outcome} with {one.nights.name} and {setting.comparator.name}"
    else:
        way = "lower" if effect.mean < 0 else "higher"
        size = f"{outcome} {_points(abs(effect.mean), 1)} {way} with {one.nights.name}"
    return f"Best guess: {size}. It could well be anywhere from {low} to {high}."


def _more(more: MoreNights) -> str:
    if not more.left:
        return "The planned nights are over. They did not give an answer; that happens, and it is not your doing."
    chance = f"The chance of an answer in the {_nights(more.left)} left is about {_in_ten(more.chance)}."
    if more.nights is None:
        return f"An answer may take longer than the nights you planned. {chance}"
    high = f"{more.high}" if more.high else f"more than {more.left}"
    return f"About {_nights(more.nights, 'more night')} to an answer (8 in 10 fall between {more.low} and {high})."


def _short(why: Short | None) -> str:
    return {
        Short.TOO_FEW: f"It is too early to say anything: the least is {FEWEST_PER_ARM} answered nights with each, "
        f"{FEWEST_NIGHTS} in all.",
        Short.ARM_NOT_SEEN: "No night with it was answered yet.",
        Short.NO_SPREAD: "All answers are the same, so no difference can be told.",
        None: "There are not enough answered nights to compare with.",
    }[why]


def _counted(one: ArmVerdict, setting: Setting) -> str:
    pairs = (one.nights, setting.comparator)
    used = " and ".join(f"{_nights(each.used)} with {each.name}" for each in pairs)
    told = f"From {used}; not answered: {one.nights.missing} and {setting.comparator.missing}."
    if one.done is None:
        return told
    drawn = one.nights.used + one.nights.missing
    return f"{told} Drawn on {_nights(drawn)}, done on {one.done}; what was drawn is what counts."


def _lot(setting: Setting) -> str:
    return {
        Lot.KEPT: "Each night's turn was drawn by lot before the first night, and kept.",
        Lot.SAID: "You say that the turns were drawn by lot before the first night. If not, only the estimate counts.",
        Lot.UNKNOWN: _UNKNOWN,
    }[setting.lot]


def _error(answer: Answer) -> str:
    if answer.claim is None and answer.wager is None:
        return ""
    return f"You may look every day; that is paid for. {_CLAIM}"


def _stage(answer: Answer) -> str:
    setting = answer.setting
    if setting.open_ended or setting.night not in setting.stage_ends:
        return ""
    leaving = [one.nights.name for one in answer.arms if one.verdict in (Verdict.WORSE, Verdict.NOT_WORTH_IT)]
    told = f"This stage is over after {_nights(setting.night)}."
    if leaving:
        told += f" {' and '.join(leaving)} could make room for something new; {setting.comparator.name} stays."
    return f"{told} You decide how to go on."


def _uncompared(answer: Answer) -> str:
    parts = [
        (answer.run_in, "before the first draw"),
        (answer.washed, "left out after a change"),
        (answer.outside, "outside the trial"),
        (answer.unlisted, "not in the diary"),
    ]
    told = [f"{_nights(count)} {where}" for count, where in parts if count]
    return f"Not compared: {', '.join(told)}." if told else ""


def _leaning(one: ArmVerdict) -> str:
    found = one.estimate
    return "better" if found and found.better >= found.worse else "worse"


def _nights(count: int, thing: str = "night") -> str:
    return f"1 {thing}" if count == 1 else f"{count} {thing}s"


def _points(size: float, digits: int | None = None) -> str:
    told = f"{size:g}" if digits is None else f"{size:.{digits}f}"
    return f"{told} point" if told in ("1", "1.0") else f"{told} points"


def _in_a_hundred(chance: float) -> str:
    """Say a chance as whole numbers in a hundred, never as none or all."""
    told = round(100 * chance)
    if told < 1:
        return "less than 1 in 100"
    return "more than 99 in 100" if told > 99 else f"about {told} in 100"  # noqa: PLR2004  # of a hundred


def _in_ten(chance: float) -> str:
    return f"{round(10 * chance)} in 10" if 0.05 <= chance < 0.95 else f"{round(100 * chance)} in 100"  # noqa: PLR2004  # where tenths are too coarse
