"""Tonight's routine: which one, with which movements, and when to start."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from quietlegs.library.exercise import Routine, Slot
from quietlegs.library.minutes import exercise_seconds, routine_seconds
from quietlegs.library.shelf import Library
from quietlegs.plan.allowed import allowed, fitting
from quietlegs.plan.around import around_told
from quietlegs.plan.bedtime import Bedtime, bedtime
from quietlegs.plan.ladder import Ladder
from quietlegs.plan.ladder_rules import GENTLE_EVENINGS, too_late
from quietlegs.plan.ladder_terms import ladder_tonight
from quietlegs.plan.ladder_wording import ceiling_told, changes_told, step_told
from quietlegs.plan.onset import Onset, hours_after_noon, last_zone, usual_onset
from quietlegs.plan.placing import SHIFTS, Placed, placed
from quietlegs.plan.rest import Pause, resting
from quietlegs.plan.slots import IN_TURN, Asked, Laid, Pace, lay, lighter, pace, within_minutes
from quietlegs.plan.stage import Decided, standing
from quietlegs.plan.sunset import Walk, walk_tonight
from quietlegs.plan.turns import Turn
from quietlegs.records.done import Practice
from quietlegs.records.fact import Fact, newest
from quietlegs.records.person import Posture, SafetyAnswers, Wishes
from quietlegs.records.rest import Rest
from quietlegs.records.tried import Decision, TrialEnd, TrialStart
from quietlegs.words.catalogue import _, later
from quietlegs.words.lists import within_sentence

# What a person said about themselves and decided holds however old it is; of nights and practice a year is enough.
SAID = (SafetyAnswers, Wishes, TrialStart, TrialEnd, Decision, Rest)
_DRAWN = later("Tonight's turn was drawn by lot for your trial. The rest of the routine stays as it is.")
_DRAWN_FOR_SEVERAL = later(
    "Tonight's turns were drawn by lot, one for each of your trials. The rest of the routine stays as it is."
)


@dataclass(frozen=True, slots=True)
class Evening:
    """What is due tonight; `routine` is None when nothing may be offered, `because` says each reason in plain words.

    `placed` says when, and why then. `drawn` are the movements and habits that tonight's trials drew, none without a
    trial and in its run-in; `walk` the walk at sunset, where one is wished. `steps` says why each movement is at its
    level; `enough` are those that count as done on a bad evening; `pause` the rest that a person takes, with nothing
    due; `around` says what pleasant things they wished around it.
    """

    routine: Routine | None
    length: timedelta
    onset: Onset
    placed: Placed
    because: tuple[str, ...]
    drawn: tuple[str, ...] = ()
    walk: Walk | None = None
    steps: tuple[str, ...] = ()
    enough: frozenset[str] = frozenset()
    pause: Pause | None = None
    around: str = ""

    @property
    def start(self) -> time:
        """When to start, by the clock on the wall."""
        return self.placed.start


def evening(
    library: Library, facts: Iterable[Fact], tonight: date, turns: Sequence[Turn] = (), *, zone: str | None = None
) -> Evening:
    """Choose the routine, fit it to the safety answers and wishes, and place it before the usual onset.

    Parameters
    ----------
    library : Library
        Names the routines ``first_week``, ``evening`` and ``seated``; their movements come from `slots`.
    facts : iterable of Fact
        The facts that hold now, in any order.
    tonight : date
        The night that is planned, noon to noon; facts of later nights are not looked at, but for safety answers: they
        hold at once, also those given where the next night had begun already.
    turns : sequence of Turn, optional
        One of each trial that is running. Tonight's movements come in, the trials' others stay out of the routine.
    zone : str, optional
        Where tonight is spent; where the last entry was made when left out.
    """
    known = tuple(_by_then(facts, tonight))
    pause = resting(known, tonight)
    if pause is not None:
        return _at_rest(library, known, tonight, pause, zone or last_zone(known))
    may, seated, wishes = allowed(library, known), sits(known), newest(known, Wishes) or Wishes()
    bed = bedtime(known, tonight)
    zone = zone or last_zone(known)
    onset = usual_onset(known, tonight, zone)
    # In the run-in nothing is varied yet: the routine is what it would be without a trial.
    turns = [turn for turn in turns if turn.arm]
    drawn = tuple(dict.fromkeys(turn.arm for turn in turns if turn.arm))
    arms = tuple(dict.fromkeys(arm for turn in turns for arm in turn.arms))
    ladder = ladder_tonight(library, known, tonight, arms=arms, turns=drawn)
    held = standing(known)
    asked = Asked(
        may,
        seated,
        arms=arms,
        dropped=frozenset(key for key, one in held.items() if not one.stays),
        # What was learned keeps things early; only a bedtime that somebody set lets harder work in.
        moderate=wishes.bedtime is not None,
    )
    wishes = bed.held_to(wishes)
    laid = _laid(library, ladder, asked, turns, held)
    late = _too_late(laid.slots, placed(onset, replace(wishes, bedtime=None), laid.slots, library), wishes, library)
    if late - {*drawn}:
        laid = lighter(library, ladder, asked, laid, late - {*drawn})
    laid = within_minutes(library, ladder, laid, keeps=frozenset(drawn))
    reasons = _reasons(library, ladder, laid, asked, drawn)
    if may.everything_blocked:
        # One urgent sentence must not drown in a list of movements that are left out for the same reason.
        laid, reasons = replace(laid, slots=()), (may.everything_blocked.do,)
    hour = next((turn.arm for turn in turns if turn.arm in SHIFTS and not turn.ahead), None)
    when = placed(onset, wishes, laid.slots, library, drawn=hour)
    without_bed = placed(onset, replace(wishes, bedtime=None), laid.slots, library, drawn=hour)
    highest = ceiling_told(may, wishes.age, ladder.terms.ceiling)
    routine = _named(library, ladder, laid.slots, seated=seated)
    return Evening(
        routine=routine,
        length=timedelta(seconds=routine_seconds(library, routine)) if routine else timedelta(0),
        onset=onset,
        placed=_bedtime_told(when, without_bed, bed),
        because=reasons,
        drawn=drawn,
        walk=walk_tonight(wishes, when, library, tonight, zone),
        steps=tuple(step_told(ladder, slot.exercise, highest) for slot in laid.slots),
        enough=laid.core,
        around=around_told(wishes) if routine else "",
    )


def _by_then(facts: Iterable[Fact], tonight: date) -> Iterator[Fact]:
    for fact in facts:
        if fact.night <= tonight:
            yield fact
        elif isinstance(fact.payload, SafetyAnswers):
            yield replace(fact, night=tonight)


def _at_rest(library: Library, facts: tuple[Fact, ...], tonight: date, pause: Pause, zone: str) -> Evening:
    """Plan nothing, whatever a trial has drawn; only when the legs usually begin is still told."""
    onset = usual_onset(facts, tonight, zone)
    when = placed(onset, newest(facts, Wishes) or Wishes(), (), library)
    return Evening(None, timedelta(0), onset, when, pause.told, pause=pause)


def evenings_practised(facts: Iterable[Fact]) -> int:
    """Count the nights on which something of a routine was done."""
    return len({fact.night for fact in facts if isinstance(fact.payload, Practice) and fact.payload.routine})


def sits(facts: Iterable[Fact]) -> bool:
    """Whether the person would rather sit, by the wish noted last."""
    wishes = newest(facts, Wishes)
    return wishes is not None and wishes.posture is Posture.SEATED


def _laid(library: Library, ladder: Ladder, asked: Asked, turns: Sequence[Turn], held: Mapping[str, Decided]) -> Laid:
    """Fill the slots, with tonight's turns after the warming up, and as was decided after earlier trials."""
    laid = lay(library, ladder, asked, ladder.on)
    left_out, drawn = list(laid.left_out), dict[str, Slot]()
    for turn in turns:
        if turn.arm is None or turn.arm not in library.exercises or turn.arm in drawn:
            continue
        one = library.exercises[turn.arm]
        because = asked.may.reason_against(one)
        if because is not None:
            left_out.append(_("Without {movement}: {because}", movement=within_sentence(one.name), because=because))
        elif not ladder.is_out(one.key):
            level = _as_long(turns, one.key, ladder, library) if turn.arm == turn.comparator else ladder.level(one.key)
            drawn[one.key] = Slot(one.key, level, _("Tonight's turn, drawn by lot."))
    slots = (*laid.slots[:1], *drawn.values(), *laid.slots[1:])
    decided, told = _as_decided(slots, held, library, asked, ladder)
    return Laid(decided, laid.core, (*left_out, *told))


def _as_long(turns: Sequence[Turn], comparator: str, ladder: Ladder, library: Library) -> int:
    """Return the comparator's level that takes about as long as what it stands for: the same attention every night."""
    usual = 0.0
    for turn in turns:
        tried = [library.exercises[arm] for arm in turn.arms if arm != comparator and arm in library.exercises]
        if turn.arm == comparator and tried:
            usual += sum(exercise_seconds(one, ladder.level(one.key)) for one in tried) / len(tried)
    one = library.exercises[comparator]
    levels = range(1, ladder.terms.ceiling + 1)
    return min(levels, key=lambda level: abs(exercise_seconds(one, level) - usual))


def _too_late(slots: Sequence[Slot], when: Placed, wishes: Wishes, library: Library) -> frozenset[str]:
    """Return the movements that would end too near to bed at the hour of every evening.

    Strength does not move the whole evening forward: another hour would be another trial.
    """
    if wishes.bedtime is None:
        return frozenset()
    bed = timedelta(hours=hours_after_noon(wishes.bedtime))
    at = timedelta(hours=hours_after_noon(when.start))
    found = set()
    for slot in slots:
        one = library.exercises[slot.exercise]
        at += timedelta(seconds=exercise_seconds(one, slot.level))
        if one.latest_min and too_late(one, at, bed):
            found.add(one.key)
    return frozenset(found)


def _bedtime_told(when: Placed, without_bed: Placed, bed: Bedtime) -> Placed:
    """Say where a bedtime comes from that was not set, where it changes what is said of the hour."""
    if not bed.told or when.because == without_bed.because:
        return when
    return replace(when, because=(*when.because, bed.told))


def _named(library: Library, ladder: Ladder, slots: tuple[Slot, ...], *, seated: bool) -> Routine | None:
    """Give tonight's slots the name of their routine; None when nothing may be offered."""
    if not slots:
        return None
    first = pace(ladder.evenings) is Pace.FIRST_WEEK
    kind = library.routines["seated" if seated else "first_week" if first else "evening"]
    return Routine(kind.key, kind.name, kind.in_short, slots)


def _reasons(library: Library, ladder: Ladder, laid: Laid, asked: Asked, drawn: Sequence[str]) -> tuple[str, ...]:
    """Say how far the first weeks have gone, what changed, and what is left out; the draw first."""
    # What is said of tonight's turn would tell the lot before its hour.
    keys = [slot.exercise for slot in laid.slots if slot.exercise not in drawn]
    return (
        *([_(_DRAWN_FOR_SEVERAL if len(drawn) > 1 else _DRAWN)] if drawn else []),
        *([_("You asked for seated movements.")] if asked.seated else []),
        _pace_told(ladder),
        *changes_told(ladder, library, keys),
        *laid.left_out,
    )


def _pace_told(ladder: Ladder) -> str:
    done = ladder.evenings
    if done < GENTLE_EVENINGS:
        return _("A gentle first week: {done} of {all} evenings done.", done=done, all=GENTLE_EVENINGS)
    told = {
        Pace.SECOND_WEEK: _("The second week: what was easy goes up to level 2, one movement an evening."),
        Pace.SHORT: _("The third week: about 15 minutes, with strength on three evenings a week."),
        Pace.FULL: _("The first weeks are behind you: the full routine."),
    }
    return told[pace(done)]


def _as_decided(
    slots: tuple[Slot, ...], held: Mapping[str, Decided], library: Library, asked: Asked, ladder: Ladder
) -> tuple[tuple[Slot, ...], tuple[str, ...]]:
    """Leave out what was left out after a trial, and put in what was kept; what is on trial is not in `held`."""
    out = {key for key, one in held.items() if not one.stays}
    turns = IN_TURN if pace(ladder.evenings) is Pace.FULL else ()
    told = [
        _("Without {movement}: {because}", movement=within_sentence(library.exercises[key].name), because=one.because)
        for key, one in held.items()
        if key in out and key in {*turns, *(slot.exercise for slot in slots)}
    ]
    rest = tuple(slot for slot in slots if slot.exercise not in out)
    kept = [library.exercises[key] for key, one in held.items() if one.stays and key in library.exercises]
    forms = dict.fromkeys(form.key for one in kept if (form := fitting(one, asked.may, library, seated=asked.seated)))
    new = [key for key in forms if not ladder.is_out(key) and key not in out | {slot.exercise for slot in rest}]
    added = tuple(Slot(key, ladder.level(key), _("You kept it after your trial.")) for key in new)
    # The last movement calms down; what was kept comes before it.
    return ((*rest[:-1], *added, *rest[-1:]) if rest else added), tuple(told)
