"""One sleep of a ring by Oura, whichever of its exports told it, and under whichever of its names."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from quietlegs.formats.clocks import instant_of
from quietlegs.formats.course import Course
from quietlegs.formats.nights import from_device, slept
from quietlegs.formats.reading import Entry, LeftOut
from quietlegs.records.bounds import RangeError
from quietlegs.records.slept import Sleep
from quietlegs.words.catalogue import _

NAME = "Oura"
BEGAN, ENDED = "bedtime_start", "bedtime_end"
_PHASES = ("sleep_phase_5_min", "hypnogram_5min")
_LATENCY = ("latency", "onset_latency", "sleep_latency")
_IDS = ("id", "period_id")
_STEP = timedelta(minutes=5)
_ASLEEP, _AWAKE = "123", "4"
# A digit for each five minutes of a day, as a text or as a list of them.
_LONGEST = 288
_LISTED = re.compile(r"""[\[\]"', 0-9]*""")
_MOST_LATENCY_S = 86_400
_NO_SLEEP = {"deleted", "rest"}
_SHOWN = 40
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


def night(place: str, row: Mapping[str, Any], zone: str) -> Entry | LeftOut:
    """Return the entry of one sleep; a row without one, as days without the ring have it, is left out."""
    told = {name: _text(row.get(name)) for name in (BEGAN, ENDED, "type")}
    if not told[BEGAN] and not told[ENDED]:
        return LeftOut(place, _("it has no sleep"))
    if told["type"] in _NO_SLEEP:
        return LeftOut(place, _("it is no sleep, but {kind}", kind=told["type"]))
    try:
        (began, lived), (ended, _zone) = (instant_of(name, told[name], zone) for name in (BEGAN, ENDED))
        called = next((_text(row[name]) for name in _IDS if _text(row.get(name))), "")
        sleep = _with_course(from_device(NAME, began, ended), row)
        return slept(place, f"{called} {began.isoformat()}".strip()[:_LONGEST], sleep, lived)
    except (ValueError, OverflowError) as error:
        return LeftOut(place, f"{error}", bad=True)


def _with_course(sleep: Sleep, row: Mapping[str, Any]) -> Sleep:
    """Return it with when sleep came and how often one woke: by its phases, else by the time that it took."""
    if sleep.lights_out_at is None:
        return sleep
    course = Course()
    for number, phase in enumerate(_phases(row)):
        if phase in _ASLEEP + _AWAKE:
            course.add(sleep.lights_out_at + number * _STEP, asleep=phase in _ASLEEP)
            course.counts = True
    if course.counts:
        return course.of(sleep)
    latency = next((row[name] for name in _LATENCY if _text(row.get(name))), None)
    return sleep if latency is None else replace(sleep, asleep_at=sleep.lights_out_at + _seconds(latency))


def _phases(row: Mapping[str, Any]) -> str:
    name = next((one for one in _PHASES if row.get(one)), "")
    told = row.get(name) or ""
    text = "".join(map(_text, told)) if isinstance(told, list) else _text(told)
    digits = re.sub(r"\D", "", text, flags=re.ASCII)
    if not _LISTED.fullmatch(text) or len(digits) > _LONGEST:
        raise RangeError(name, text[:_SHOWN], _("up to {most} digits, one for each five minutes", most=_LONGEST))
    return digits


def _seconds(told: Any) -> timedelta:
    text = _text(told)
    seconds = float(text) if _NUMBER.fullmatch(text) else -1.0
    if not 0 <= seconds <= _MOST_LATENCY_S:
        raise RangeError(_LATENCY[0], text[:_SHOWN], _("0 to {most} seconds", most=_MOST_LATENCY_S))
    return timedelta(seconds=seconds)


def _text(told: Any) -> str:
    return "" if told is None else f"{told}".strip()
