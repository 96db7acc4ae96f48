"""Tonight, as another program may show it: the same evening, reasons and secrets as on the page."""

from quietlegs import day
from quietlegs.library.load import load_library
from quietlegs.plan.turns import hidden_of
from quietlegs.records.moment import Moment, night_of
from quietlegs.web.api.shapes import Movement, Tonight
from quietlegs.web.store.diary import StoredDiary, read_once


@read_once()
def evening(now: Moment) -> Tonight:
    """Return tonight; what a trial drew is left out until it may be seen."""
    diary, library = StoredDiary(), load_library()
    plan = day.tonight(library, diary, now)
    hidden = hidden_of(plan.drawn, now, library)
    routine = None if plan.pause else plan.routine
    steps = zip(routine.slots, plan.steps, strict=True) if routine else ()
    movements = [
        Movement(exercise=slot.exercise, name=library.exercises[slot.exercise].name, level=slot.level, because=why)
        for slot, why in steps
        if slot.exercise not in hidden
    ]
    return Tonight(
        night=night_of(now),
        routine=routine.key if routine else None,
        name=routine.name if routine else None,
        start=f"{plan.start:%H:%M}" if routine else None,
        minutes=day.minutes(library, diary, routine),
        movements=movements,
        told=list(plan.pause.told if plan.pause else (*plan.placed.because, *plan.onset.because, *plan.because)),
        waits=bool(hidden),
    )
