"""What is said to people about a trial: a headline and plain sentences for each arm, and what holds for all."""

from datetime import date

from quietlegs.trials.ar1 import FEWEST_NIGHTS, FEWEST_PER_ARM
from quietlegs.trials.verdict import Answer, ArmVerdict, Lot, MoreNights, Setting, Short, Verdict
from quietlegs.trials.wording import so_many

HEADLINE_LETTERS = 60
_SHORTER = {"leaning towards": "leaning", "more nights": "more", "the planned nights are": "nights are"}
_SMALL = 0.05
_BOTH = (
    "Both kinds of night contain what hoping does (placebo) and the ups and downs that come by themselves. "
    "Only the difference is told here."
)
_EITHER = "If you chose because of how your legs were, the numbers can be wrong in either direction."
_UNKNOWN = f"How the nights were chosen is not known, so nothing is claimed here. {_EITHER} Only a lot can tell."
_SAID = (
    "You say that the turns were drawn by lot before the first night. If they were not, no verdict here counts, "
    "and the numbers can be wrong in either direction."
)
_DRAWN_COUNTS = "What was drawn for a night is what counts, done or not. That keeps the comparison fair."
_ERROR = (
    "You may look every night; the limit allows for that. If nothing you tried made any difference, "
    "a trial like this would still say so in at most 1 of 20 cases."
)
_OPEN_ENDED = "This trial has no planned end. The limit holds however long you go on."


def headline(one: ArmVerdict, *, lot: Lot = Lot.KEPT) -> str:
    """Say the verdict on one arm in at most 60 letters; where it is longer, words go first, then the name is cut.

    Parameters
    ----------
    one : ArmVerdict
        One arm of an answer.
    lot : Lot, optional
        How it is known what was drawn; where it is not known there is no verdict.

    Examples
    --------
    >>> from quietlegs.trials.compare import ArmNights
    >>> headline(ArmVerdict(ArmNights("calf", 2, 0), None, Verdict.CANNOT_TELL, None, Short.TOO_FEW, None, None))
    'calf: cannot tell yet'
    """
    told, name = _verdict(one, lot), one.nights.name
    for long, short in _SHORTER.items() if len(name) + 2 + len(told) > HEADLINE_LETTERS else ():
        told = told.replace(long, short)
    room = HEADLINE_LETTERS - len(told) - 2
    return f"{name if len(name) <= room else name[: room - 1].rstrip() + chr(0x2026)}: {told}"


def headlines(answer: Answer) -> dict[str, str]:
    """Say the verdict on every arm in a few words, by the arm's name.

    Examples
    --------
    >>> import numpy as np
    >>> from quietlegs.trials.judge import judge
    >>> from quietlegs.trials.nights import Nights
    >>> felt = np.array([4.0, 5, 3, 6, 4, 4, 3, 5, 2, 6])
    >>> chosen = Nights(np.datetime64("2026-01-05") + np.arange(10), np.arange(10) % 2, ("calf", "rest"), felt)
    >>> headlines(judge(chosen, None, comparator="rest"))
    {'calf': 'calf: no verdict, only an estimate'}
    """
    return {one.nights.name: headline(one, lot=answer.setting.lot) for one in answer.arms}


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
    return {one.nights.name: tuple(filter(None, _arm(one, answer.setting, outcome))) for one in answer.arms}


def trial_sentences(answer: Answer) -> tuple[str, ...]:
    """Say what holds for all arms: how the nights were drawn, what looking often costs, and what both arms contain."""
    return tuple(filter(None, [*_lot(answer), _stage(answer), _uncompared(answer), _BOTH]))


def _verdict(one: ArmVerdict, lot: Lot) -> str:
    if one.estimate and _untold(one, lot):
        return "no verdict, only an estimate"
    more = one.more
    cannot = "cannot tell yet"
    if more and more.nights:
        cannot += f", about {so_many(more.nights, 'more night')}"
    elif more and not more.left:
        cannot = "cannot tell, the planned nights are over"
    return {
        Verdict.HELPS: "helps you",
        Verdict.WORSE: "makes it worse for you",
        Verdict.NOT_WORTH_IT: "not worth it, it seems",
        Verdict.LEANING: f"leaning towards {_leaning(one)}, not sure yet",
        Verdict.CANNOT_TELL: cannot,
    }[one.verdict]


def _untold(one: ArmVerdict, lot: Lot) -> str:
    """Say why an arm gets no verdict although there are numbers; nothing where it does get one."""
    name = one.nights.name
    if one.claimed_on is not None:
        return ""
    if lot is Lot.UNKNOWN:
        return f"No verdict on {name}: it is not known why it was done on some nights and not on others. {_EITHER}"
    return (
        f"No verdict on {name}: it was not once noted as done, so its nights do not show it." if one.done == 0 else ""
    )


def _arm(one: ArmVerdict, setting: Setting, outcome: str) -> list[str]:
    counted = _counted(one, setting)
    claimed = _claimed(one, setting, outcome)
    if one.estimate is None:
        return [claimed, _short(one.short), counted]
    size = _size(one, setting, outcome)
    untold = _untold(one, setting.lot)
    if claimed or untold:
        return [claimed or untold, size, counted]
    chance, more = _chance(one, setting, outcome), _more(one.more, setting)
    if one.verdict is Verdict.CANNOT_TELL:
        return [f"It cannot be told yet whether {one.nights.name} helps you. {more}".strip(), size, chance, counted]
    return [chance, size, more, counted]


def _claimed(one: ArmVerdict, setting: Setting, outcome: str) -> str:
    if one.claimed_on is None:
        return ""
    wanted = one.verdict is Verdict.HELPS
    way = "lower" if wanted == setting.lower_is_better else "higher"
    return (
        f"Your {outcome} is {way} on nights with {one.nights.name} than on nights with {setting.comparator.name}: "
        f"{'the' if wanted else 'not the'} way you want. That has been clear since {_day(one.claimed_on)}."
    )


def _chance(one: ArmVerdict, setting: Setting, outcome: str) -> str:
    found = one.estimate
    if found is None:
        return ""
    if one.verdict is Verdict.NOT_WORTH_IT:
        return (
            f"The chance that {one.nights.name} makes your {outcome} better by {_points(setting.worthwhile)} or more "
            f"is small: {_in_a_hundred(found.worthwhile)}."
        )
    chance = in_ten(max(found.better, found.worse))
    return (
        f"The chance that {one.nights.name} is {_leaning(one)} than {setting.comparator.name}: {chance}. "
        "That is no proof."
    )


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
    either = " That includes no difference at all." if effect.low <= 0 <= effect.high else ""
    return f"Best guess: {size}. It could well be anywhere from {low} to {high}.{either}"


def _more(more: MoreNights | None, setting: Setting) -> str:
    if more is None:
        return ""
    if not more.left:
        return "The planned nights are over. They did not give an answer; that happens, and it is not your doing."
    if more.nights is None:
        planned = "this stage has" if setting.night < max(setting.stage_ends[:-1], default=0) else "you planned"
        chance = f"The chance of an answer in the {so_many(more.left)} left is {in_ten(more.chance)}."
        return f"An answer may take longer than the nights {planned}. {chance}"
    high = f"{more.high}" if more.high else f"more than {more.left}"
    return f"About {so_many(more.nights, 'more night')} to an answer (8 in 10 fall between {more.low} and {high})."


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
    used = " and ".join(f"{so_many(each.used)} with {each.name}" for each in pairs)
    told = f"From {used}; not answered: {one.nights.missing} and {setting.comparator.missing}."
    if one.done is None:
        return told
    due = "Noted for" if setting.lot is Lot.UNKNOWN else "Drawn on"
    return f"{told} {due} {so_many(one.nights.used + one.nights.missing)}, done on {one.done}."


def _lot(answer: Answer) -> list[str]:
    """Say how it is known what was drawn, and what that allows."""
    lot = answer.setting.lot
    if lot is Lot.UNKNOWN:
        return [_UNKNOWN]
    known = "Each night's turn was drawn by lot before the first night, and kept." if lot is Lot.KEPT else _SAID
    looked = answer.claim is not None or answer.wager is not None
    return [known, _DRAWN_COUNTS, _ERROR if looked else "", _OPEN_ENDED if answer.setting.open_ended else ""]


def _stage(answer: Answer) -> str:
    setting = answer.setting
    if setting.open_ended or setting.night not in setting.stage_ends:
        return ""
    idle = (Verdict.WORSE, Verdict.NOT_WORTH_IT)
    leaving = [one.nights.name for one in answer.arms if one.verdict in idle and not _untold(one, setting.lot)]
    last = setting.night == setting.stage_ends[-1]
    told = f"{'The trial' if last else 'This stage'} is over after {so_many(setting.night)}."
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
    told = [f"{so_many(count)} {where}" for count, where in parts if count]
    return f"Not compared: {', '.join(told)}." if told else ""


def _leaning(one: ArmVerdict) -> str:
    found = one.estimate
    return "better" if found and found.better >= found.worse else "worse"


def _points(size: float, digits: int | None = None) -> str:
    told = f"{size:g}" if digits is None else f"{size:.{digits}f}"
    return f"{told} point" if told in ("1", "1.0") else f"{told} points"


def _in_a_hundred(chance: float) -> str:
    """Say a chance as whole numbers in a hundred, never as none or all."""
    told = round(100 * chance)
    if told < 1:
        return "less than 1 in 100"
    return "more than 99 in 100" if told > 99 else f"about {told} in 100"  # noqa: PLR2004  # of a hundred


def in_ten(chance: float) -> str:
    """Say a chance in tenths, and in hundredths where tenths would be too coarse."""
    tenths = round(10 * chance)
    return f"about {tenths} in 10" if 1 <= tenths <= 9 else _in_a_hundred(chance)  # noqa: PLR2004  # of ten


def _day(iso: str) -> str:
    on = date.fromisoformat(iso)
    return f"{on.day} {on:%B %Y}"
