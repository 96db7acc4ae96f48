"""One lot a night: a trial that was taken back and is begun anew has the turns that it had, not better ones."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from quietlegs.records.fact import Fact
from quietlegs.records.tried import TrialEnd, TrialStart
from quietlegs.trials.schedule import Schedule, draw


def same_lot(schedule: Schedule, ever: Iterable[Fact], held: Iterable[Fact] = ()) -> Schedule:
    """Return the schedule, drawn anew from the seed that its first turn's night had before, where it had one.

    Else a lot could be taken back and drawn again until tonight's turn suits how the legs are: then the turns would
    follow the legs, and a difference between them would say nothing. Another first night has a lot of its own, which
    nobody has seen. A trial that runs beside it keeps its lot for itself: two with one lot could not be told apart.

    Parameters
    ----------
    schedule : Schedule
        Just drawn, and not yet noted.
    ever : iterable of Fact
        All trials that were ever begun, those taken back among them; facts of other kinds are passed over.
    held : iterable of Fact
        The trials that hold now, and what ended some of them.
    """
    first = schedule.starts_on + timedelta(days=schedule.design.run_in_nights)
    now = tuple(held)
    ended = {one.payload.of for one in now if isinstance(one.payload, TrialEnd)}
    taken = {one.payload.seed for one in now if isinstance(one.payload, TrialStart) and one.id not in ended}
    known = sorted(ever, key=lambda one: (one.noted.at, one.id))
    starts = (one.payload for one in known if isinstance(one.payload, TrialStart) and one.payload.seed not in taken)
    same = next((one for one in starts if one.starts_on + timedelta(days=one.run_in_nights) == first), None)
    if same is None:
        return schedule
    design = replace(schedule.design, seed=same.seed, bit_generator=same.bit_generator)
    return draw(design, design.fresh_lot(), starts_on=schedule.starts_on)
