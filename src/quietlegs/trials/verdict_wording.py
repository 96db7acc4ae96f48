"""What is said to people about a trial: a headline and plain sentences for each arm, and what holds for all."""

from datetime import date

from quietlegs.trials.ar1 import FEWEST_NIGHTS, FEWEST_PER_ARM
from quietlegs.trials.verdict import Answer, ArmVerdict, Lot, MoreNights, Setting, Short, Verdict
from quietlegs.trials.wording import nights_with
from quietlegs.words.catalogue import _, later, ngettext
from quietlegs.words.dates import day
from quietlegs.words.lists import together
from quietlegs.words.numbers import number

HEADLINE_LETTERS = 60
_SMALL = 0.05
_BOTH = later(
    "Both kinds of night contain what hoping does (placebo) and the ups and downs that come by themselves. "
    "Only the difference is told here."
)
_UNKNOWN = later(
    "How the nights were chosen is not known, so nothing is claimed here. If you chose because of how your legs were, "
    "the numbers can be wrong in either direction. Only a lot can tell."
)
_KEPT = later("Each night's turn was drawn by lot before the first night, and kept.")
_SAID = later(
    "You say that the turns were drawn by lot before the first night. If they were not, no verdict here counts, "
    "and the numbers can be wrong in either direction."
)
_DRAWN_COUNTS = later("What was drawn for a night is what counts, done or not. That keeps the comparison fair.")
_ERROR = later(
    "You may look every night; the limit allows for that. If nothing you tried made any difference, "
    "a trial like this would still say so in at most 1 of 20 cases."
)
_OPEN_ENDED = later("This trial has no planned end. The limit holds however long you go on.")
_TOLD = {
    Verdict.HELPS: later("helps you"),
    Verdict.WORSE: later("makes it worse for you"),
    Verdict.NOT_WORTH_IT: later("not worth it, it seems"),
}
_NOT_KNOWN_WHY = later(
    "No verdict on {arm}: it is not known why it was done on some nights and not on others. If you chose because of "
    "how your legs were, the numbers can be wrong in either direction."
)
_NEVER_DONE = later("No verdict on {arm}: it was not once noted as done, so its nights do not show it.")
# Translators: {outcome} is what was answered ("severity", or a column's name of a person's own file), {arm} and
# {comparator} are what was tried. Write each sentence so that it stays right for any such name.
_CLAIMED = {
    ("lower", True): later(
        "Your {outcome} is lower on nights with {arm} than on nights with {comparator}: the way you want. "
        "That has been clear since {day}."
    ),
    ("lower", False): later(
        "Your {outcome} is lower on nights with {arm} than on nights with {comparator}: not the way you want. "
        "That has been clear since {day}."
    ),
    ("higher", True): later(
        "Your {outcome} is higher on nights with {arm} than on nights with {comparator}: the way you want. "
        "That has been clear since {day}."
    ),
    ("higher", False): later(
        "Your {outcome} is higher on nights with {arm} than on nights with {comparator}: not the way you want. "
        "That has been clear since {day}."
    ),
}
_SHORT = {
    Short.TOO_FEW: later(
        "It is too early to say anything: the least is {each} answered nights with each, {all} in all."
    ),
    Short.ARM_NOT_SEEN: later("No night with it was answered yet."),
    Short.NO_SPREAD: later("All answers are the same, so no difference can be told."),
    None: later("There are not enough answered nights to compare with."),
}


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
    (told, short), name = _verdict(one, lot), one.nights.name
    if len(name) + 2 + len(told) > HEADLINE_LETTERS:
        told = short
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
    return tuple(filter(None, [*_lot(answer), _stage(answer), _uncompared(answer), _(_BOTH)]))


def _verdict(one: ArmVerdict, lot: Lot) -> tuple[str, str]:
    """Return the verdict as it stands after an arm's name, in some 40 letters, and in fewer where room is short."""
    if one.estimate and _untold(one, lot):
        return (_("no verdict, only an estimate"),) * 2
    if one.verdict is Verdict.CANNOT_TELL:
        return _cannot_tell(one.more)
    if one.verdict is Verdict.LEANING:
        if _leans_to_better(one):
            return _("leaning towards better, not sure yet"), _("leaning better, not sure yet")
        return _("leaning towards worse, not sure yet"), _("leaning worse, not sure yet")
    return (_(_TOLD[one.verdict]),) * 2


def _cannot_tell(more: MoreNights | None) -> tuple[str, str]:
    if more and more.nights:
        return (
            ngettext(
                "cannot tell yet, about {count} more night", "cannot tell yet, about {count} more nights", more.nights
            ),
            ngettext("cannot tell yet, about {count} more night", "cannot tell yet, about {count} more", more.nights),
        )
    if more and not more.left:
        return _("cannot tell, the planned nights are over"), _("cannot tell, nights are over")
    return (_("cannot tell yet"),) * 2


def _untold(one: ArmVerdict, lot: Lot) -> str:
    """Say why an arm gets no verdict although there are numbers; nothing where it does get one."""
    if one.claimed_on is not None:
        return ""
    if lot is Lot.UNKNOWN:
        return _(_NOT_KNOWN_WHY, arm=one.nights.name)
    return _(_NEVER_DONE, arm=one.nights.name) if one.done == 0 else ""


def _arm(one: ArmVerdict, setting: Setting, outcome: str) -> list[str]:
    counted = _counted(one, setting)
    claimed = _claimed(one, setting, outcome)
    if one.estimate is None:
        return [claimed, _(_SHORT[one.short], each=FEWEST_PER_ARM, all=FEWEST_NIGHTS), counted]
    size = _size(one, setting, outcome)
    untold = _untold(one, setting.lot)
    if claimed or untold:
        return [claimed or untold, size, counted]
    chance, more = _chance(one, setting, outcome), _more(one.more, setting)
    if one.verdict is Verdict.CANNOT_TELL:
        open_yet = _("It cannot be told yet whether {arm} helps you.", arm=one.nights.name)
        return [f"{open_yet} {more}".strip(), size, chance, counted]
    return [chance, size, more, counted]


def _claimed(one: ArmVerdict, setting: Setting, outcome: str) -> str:
    if one.claimed_on is None:
        return ""
    wanted = one.verdict is Verdict.HELPS
    return _(
        _CLAIMED["lower" if wanted == setting.lower_is_better else "higher", wanted],
        outcome=outcome,
        arm=one.nights.name,
        comparator=setting.comparator.name,
        day=day(date.fromisoformat(one.claimed_on), year=True),
    )


def _chance(one: ArmVerdict, setting: Setting, outcome: str) -> str:
    found, arm = one.estimate, one.nights.name
    if found is None:
        return ""
    if one.verdict is Verdict.NOT_WORTH_IT:
        return _(
            "The chance that {arm} makes your {outcome} better by {points} or more is small: {chance}.",
            arm=arm,
            outcome=outcome,
            points=_points(setting.worthwhile),
            chance=_in_a_hundred(found.worthwhile),
        )
    chance, comparator = in_ten(max(found.better, found.worse)), setting.comparator.name
    if _leans_to_better(one):
        return _(
            "The chance that {arm} is better than {comparator}: {chance}. That is no proof.",
            arm=arm,
            comparator=comparator,
            chance=chance,
        )
    return _(
        "The chance that {arm} is worse than {comparator}: {chance}. That is no proof.",
        arm=arm,
        comparator=comparator,
        chance=chance,
    )


def _size(one: ArmVerdict, setting: Setting, outcome: str) -> str:
    if one.estimate is None:
        return ""
    effect = one.estimate.effect
    names = {"outcome": outcome, "arm": one.nights.name, "comparator": setting.comparator.name}
    points = _points(abs(effect.mean), 1)
    if abs(effect.mean) < _SMALL:
        size = _("Best guess: about the same {outcome} with {arm} and {comparator}.", **names)
    elif effect.mean < 0:
        size = _("Best guess: {outcome} {points} lower with {arm}.", points=points, **names)
    else:
        size = _("Best guess: {outcome} {points} higher with {arm}.", points=points, **names)
    low, high = (number(round(end, 1) + 0.0, 1, sign=True) for end in (effect.low, effect.high))
    told = f"{size} {_('It could well be anywhere from {low} to {high}.', low=low, high=high)}"
    return f"{told} {_('That includes no difference at all.')}" if effect.low <= 0 <= effect.high else told


def _more(more: MoreNights | None, setting: Setting) -> str:
    if more is None:
        return ""
    if not more.left:
        return _("The planned nights are over. They did not give an answer; that happens, and it is not your doing.")
    if more.nights is None:
        chance = ngettext(
            "The chance of an answer in the {count} night left is {chance}.",
            "The chance of an answer in the {count} nights left is {chance}.",
            more.left,
            chance=in_ten(more.chance),
        )
        if setting.night < max(setting.stage_ends[:-1], default=0):
            return f"{_('An answer may take longer than the nights this stage has.')} {chance}"
        return f"{_('An answer may take longer than the nights you planned.')} {chance}"
    return ngettext(
        "About {count} more night to an answer (8 in 10 fall between {low} and {high}).",
        "About {count} more nights to an answer (8 in 10 fall between {low} and {high}).",
        more.nights,
        low=more.low,
        high=more.high or _("more than {nights}", nights=more.left),
    )


def _counted(one: ArmVerdict, setting: Setting) -> str:
    if not one.nights.used + one.nights.missing + setting.comparator.used + setting.comparator.missing:
        return ""  # Before the first turn four noughts say nothing.
    told = _(
        "From {nights} and {other_nights}; not answered: {missing} and {other_missing}.",
        nights=nights_with(one.nights.used, one.nights.name),
        other_nights=nights_with(setting.comparator.used, setting.comparator.name),
        missing=one.nights.missing,
        other_missing=setting.comparator.missing,
    )
    if one.done is None:
        return told
    nights = one.nights.used + one.nights.missing
    if setting.lot is Lot.UNKNOWN:
        done = ngettext(
            "Noted for {count} night, done on {done}.",
            "Noted for {count} nights, done on {done}.",
            nights,
            done=one.done,
        )
    else:
        done = ngettext(
            "Drawn on {count} night, done on {done}.", "Drawn on {count} nights, done on {done}.", nights, done=one.done
        )
    return f"{told} {done}"


def _lot(answer: Answer) -> list[str]:
    """Say how it is known what was drawn, and what that allows."""
    lot = answer.setting.lot
    if lot is Lot.UNKNOWN:
        return [_(_UNKNOWN)]
    looked = answer.claim is not None or answer.wager is not None
    return [
        _(_KEPT) if lot is Lot.KEPT else _(_SAID),
        _(_DRAWN_COUNTS),
        _(_ERROR) if looked else "",
        _(_OPEN_ENDED) if answer.setting.open_ended else "",
    ]


def _stage(answer: Answer) -> str:
    setting = answer.setting
    if setting.open_ended or setting.night not in setting.stage_ends:
        return ""
    idle = (Verdict.WORSE, Verdict.NOT_WORTH_IT)
    leaving = [one.nights.name for one in answer.arms if one.verdict in idle and not _untold(one, setting.lot)]
    told = [_over(setting)]
    if leaving:
        told.append(
            _(
                "{arms} could make room for something new; {comparator} stays.",
                arms=together(leaving),
                comparator=setting.comparator.name,
            )
        )
    return " ".join([*told, _("You decide how to go on.")])


def _over(setting: Setting) -> str:
    if setting.night == setting.stage_ends[-1]:
        return ngettext(
            "The trial is over after {count} night.", "The trial is over after {count} nights.", setting.night
        )
    return ngettext(
        "This stage is over after {count} night.", "This stage is over after {count} nights.", setting.night
    )


def _uncompared(answer: Answer) -> str:
    run_in, washed, outside, unlisted = answer.run_in, answer.washed, answer.outside, answer.unlisted
    parts = [
        (run_in, ngettext("{count} night before the first draw", "{count} nights before the first draw", run_in)),
        (washed, ngettext("{count} night left out after a change", "{count} nights left out after a change", washed)),
        (outside, ngettext("{count} night outside the trial", "{count} nights outside the trial", outside)),
        (
            unlisted,
            ngettext(
                "{count} night of a break, or not in the diary",
                "{count} nights of a break, or not in the diary",
                unlisted,
            ),
        ),
    ]
    told = [words for count, words in parts if count]
    return _("Not compared: {nights}.", nights=", ".join(told)) if told else ""


def _leans_to_better(one: ArmVerdict) -> bool:
    found = one.estimate
    return bool(found and found.better >= found.worse)


def _points(size: float, digits: int | None = None) -> str:
    told = f"{size:g}" if digits is None else f"{size:.{digits}f}"
    if told in ("1", "1.0"):
        return _("{size} point", size=number(size, digits))
    return _("{size} points", size=number(size, digits))


def _in_a_hundred(chance: float) -> str:
    """Say a chance as whole numbers in a hundred, never as none or all."""
    told = round(100 * chance)
    if told < 1:
        return _("less than 1 in 100")
    return _("more than 99 in 100") if told > 99 else _("about {parts} in 100", parts=told)  # noqa: PLR2004  # of a hundred


def in_ten(chance: float) -> str:
    """Say a chance in tenths, and in hundredths where tenths would be too coarse."""
    tenths = round(10 * chance)
    return _("about {parts} in 10", parts=tenths) if 1 <= tenths <= 9 else _in_a_hundred(chance)  # noqa: PLR2004  # of ten
