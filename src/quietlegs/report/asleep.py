"""Sleep as it was noted: each number from the nights that have it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from quietlegs.records.fact import Fact
from quietlegs.records.moment import since_noon
from quietlegs.records.slept import Sleep
from quietlegs.report.middle import Usual, usual
from quietlegs.report.period import Period

_MINUTE = timedelta(minutes=1)

Slept = Mapping[date, tuple[Fact, Sleep]]


@dataclass(frozen=True, slots=True)
class Asleep:
    """What is usual; None where no night has it. Clock times are minutes after noon, durations minutes.

    `quality` is 0 (worst) to 10, `latency` from lights out to falling asleep, `in_bed` from lights out to getting up.
    """

    quality: Usual | None
    lights_out: Usual | None
    up: Usual | None
    latency: Usual | None
    in_bed: Usual | None
    awakenings: Usual | None


def asleep(slept: Slept, period: Period) -> Asleep:
    """Return what is usual of the period's nights."""
    nights = [slept[night] for night in period.nights if night in slept]
    sleeps = [sleep for _, sleep in nights]
    return Asleep(
        quality=usual(one.quality for one in sleeps if one.quality is not None),
        lights_out=usual(_clock((fact, sleep.lights_out_at) for fact, sleep in nights)),
        up=usual(_clock((fact, sleep.up_at) for fact, sleep in nights)),
        latency=usual(_between((one.lights_out_at, one.asleep_at) for one in sleeps)),
        in_bed=usual(_between((one.lights_out_at, one.up_at) for one in sleeps)),
        awakenings=usual(one.awakenings for one in sleeps if one.awakenings is not None),
    )


def _clock(moments: Iterable[tuple[Fact, datetime | None]]) -> Iterator[float]:
    for fact, at in moments:
        if at is not None:
            yield since_noon(at, fact.night, fact.noted.zone) / _MINUTE


def _between(moments: Iterable[tuple[datetime | None, datetime | None]]) -> Iterator[float]:
    for start, end in moments:
        if start is not None and end is not None:
            yield (end - start) / _MINUTE
