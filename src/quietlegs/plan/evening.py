"""Tonight's routine: which one, with which movements, and when to start."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from quietlegs.library.exercise import LEVELS, Routine, Slot
from quietlegs.library.minutes import exercise_seconds, routine_seconds
from quietlegs.library.shelf import Library
from quietlegs.plan.allowed import Allowed, allowed, fitting
from quietlegs.plan.onset import Onset, last_zone, usual_onset
from quietlegs.plan.placing import Placed, placed
from quietlegs.plan.stage import Decided, standing
from quietlegs.plan.sunset import Walk, walk_tonight
from quietlegs.records.done import Practice
from quietlegs.records.fact import Fact, newest
from quietlegs.records.person import Posture, SafetyAnswers, Wishes
from quietlegs.records.rest import Rest
from quietlegs.records.tried import Decision, TrialEnd, TrialStart
from quietlegs.words.catalogue import _, later
from quietlegs.words.lists import within_sentence

# What a person said about themselves and decided holds however old it is; of nights and practice a year is enough.
SAID = (SafetyAnswers, Wishes, TrialStart, TrialEnd, Decision, Rest)
GENTLE_EVENINGS = 7
_TRIED_LEVEL = 2
_DRAWN = later("Tonight's turn was drawn by lot for your trial. The rest of the routine stays as it is.")


@dataclass(frozen=True, slots=True)
class Turn:
    """What tonight's draw says: `arm` is one of the trial's `arms`, None in the run-in."""

    arms: tuple[str, ...]
    comparator: str
    arm: str | None


@dataclass(frozen=True, slots=True)
class Evening:
    """What is due tonight; `routine` is None when nothing may be offered, `because` says each reason in plain words.

    `placed` says when, and why then. `drawn` is the movement or habit that tonight's trial drew, None without a trial
    and in its run-in; `walk` the walk at sunset, where one is wished.
    """

    routine: Routine | None
    length: timedelta
    onset: Onset
    placed: Placed
    because: tuple[str, ...]
    drawn: str | None = None
    walk: Walk | None = None

    @property
    def start(self) -> time:
        """When to start, by the clock on the wall."""
        return self.placed.start


def evening(
    library: Library, facts: Iterable[Fact], tonight: date, turn: Turn | None = None, *, zone: str | None = None
) -> Evening:
    """Choose the routine, fit it to the safety answers and wishes, and place it before the usual onset.

    Parameters
    ----------
    library : Library
        Holds the routines ``first_week``, ``evening`` and ``seated``.
    facts : iterable of Fact
        The facts that hold now; each kind in order of night.
    tonight : date
        The night that is planned, noon to noon; facts of later nights are not looked at.
    turn : Turn, optional
        Of the trial that is running. Tonight's movement comes in, the trial's other movements stay out of the routine.
    zone : str, optional
        Where tonight is spent; where the last entry was made when left out.
    """
    known = tuple(fact for fact in facts if fact.night <= tonight)
    may = allowed(library, known)
    seated = sits(known)
    chosen, reason = _choose(library, known, seated=seated)
    if turn and turn.arm:
        chosen = replace(chosen, slots=_on_trial(chosen, turn, library))
    slots, left_out = _fit(chosen, may, library, seated=seated, drawn=turn.arm if turn else None)
    slots, decided = _as_decided(slots, standing(known), library, may, seated=seated)
    left_out = (*left_out, *decided)
    if may.everything_blocked:
        # One urgent sentence must not drown in a list of movements that are left out for the same reason.
        reason, left_out = may.everything_blocked.do, ()
    zone = zone or last_zone(known)
    onset, wishes = usual_onset(known, tonight, zone), newest(known, Wishes) or Wishes()
    when = placed(onset, wishes, slots, library, drawn=turn.arm if turn else None)
    routine = replace(chosen, slots=slots) if slots else None
    length = timedelta(seconds=routine_seconds(library, routine)) if routine else timedelta(0)
    drawn = turn.arm if turn else None
    reasons = (*([_(_DRAWN)] if drawn else []), reason, *left_out)
    return Evening(routine, length, onset, when, reasons, drawn, walk_tonight(wishes, when, library, tonight, zone))


def evenings_practised(facts: Iterable[Fact]) -> int:
    """Count the nights on which something of a routine was done."""
    return len({fact.night for fact in facts if isinstance(fact.payload, Practice) and fact.payload.routine})


def sits(facts: Iterable[Fact]) -> bool:
    """Whether the person would rather sit, by the wish noted last."""
    wishes = newest(facts, Wishes)
    return wishes is not None and wishes.posture is Posture.SEATED


def _choose(library: Library, facts: tuple[Fact, ...], *, seated: bool) -> tuple[Routine, str]:
    if seated:
        return library.routines["seated"], _("You asked for seated movements.")
    done = evenings_practised(facts)
    if done < GENTLE_EVENINGS:
        told = _("A gentle first week: {done} of {all} evenings done.", done=done, all=GENTLE_EVENINGS)
        return library.routines["first_week"], told
    return library.routines["evening"], _("The gentle first week is behind you.")


def _on_trial(chosen: Routine, turn: Turn, library: Library) -> tuple[Slot, ...]:
    """Put tonight's movement after the warming up, and leave out what the trial's other nights are made of."""
    if turn.arm not in library.exercises:
        return chosen.slots
    rest = tuple(slot for slot in chosen.slots if slot.exercise not in turn.arms)
    level = _as_long(turn, library) if turn.arm == turn.comparator else _TRIED_LEVEL
    return (*rest[:1], Slot(turn.arm, level, _("Tonight's turn, drawn by lot.")), *rest[1:])


def _as_long(turn: Turn, library: Library) -> int:
    """Return the comparator's level that takes about as long as what is tried: the same attention on every night."""
    tried = [library.exercises[arm] for arm in turn.arms if arm != turn.comparator]
    usual = sum(exercise_seconds(one, _TRIED_LEVEL) for one in tried) / len(tried)
    one = library.exercises[turn.comparator]
    return min(range(1, LEVELS + 1), key=lambda level: abs(exercise_seconds(one, level) - usual))


def _fit(
    chosen: Routine, may: Allowed, library: Library, *, seated: bool, drawn: str | None
) -> tuple[tuple[Slot, ...], tuple[str, ...]]:
    """Return the slots that may be done, in the form that is wished, and why others may not."""
    slots: list[Slot] = []
    left_out: list[str] = []
    for slot in chosen.slots:
        wanted = library.exercises[slot.exercise]
        # What was drawn was chosen for the trial: another form would be another trial.
        found = fitting(wanted, may, library, seated=seated and wanted.key != drawn)
        if found is None:
            because = may.reason_against(wanted) or _("it has no seated form.")
            left_out.append(_("Without {movement}: {because}", movement=within_sentence(wanted.name), because=because))
        elif found.key not in {one.exercise for one in slots}:
            slots.append(replace(slot, exercise=found.key))
    return tuple(slots), tuple(left_out)


def _as_decided(
    slots: tuple[Slot, ...], held: dict[str, Decided], library: Library, may: Allowed, *, seated: bool
) -> tuple[tuple[Slot, ...], tuple[str, ...]]:
    """Leave out what was left out after a trial, and put in what was kept; what is on trial is not in `held`."""
    out = {key for key, one in held.items() if not one.stays}
    told = [
        _(
            "Without {movement}: {because}",
            movement=within_sentence(library.exercises[slot.exercise].name),
            because=held[slot.exercise].because,
        )
        for slot in slots
        if slot.exercise in out
    ]
    rest = tuple(slot for slot in slots if slot.exercise not in out)
    kept = [library.exercises[key] for key, one in held.items() if one.stays and key in library.exercises]
    forms = dict.fromkeys(form.key for one in kept if (form := fitting(one, may, library, seated=seated)))
    new = [key for key in forms if key not in out | {slot.exercise for slot in rest}]
    added = tuple(Slot(key, _TRIED_LEVEL, _("You kept it after your trial.")) for key in new)
    # The last movement calms down; what was kept comes before it.
    return ((*rest[:-1], *added, *rest[-1:]) if rest else added), tuple(told)
