"""Sleep as documents of Open mHealth: a data point for each night whose sleep has a beginning and an end."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid5

from quietlegs.records.fact import Fact, newest_by_night
from quietlegs.records.moment import find_zone
from quietlegs.records.slept import Sleep

KINDS = (Sleep,)
SCHEMA = {"namespace": "omh", "name": "sleep-episode", "version": "1.1"}
_MINUTE = timedelta(minutes=1)
_WITH_MINUTES = len("2026-01-31T02:00:00+01:00")


def written(facts: Iterable[Fact]) -> Iterator[str]:
    """Yield the text of a JSON list, a data point a line.

    Parameters
    ----------
    facts : iterable of Fact
        Those that hold now; of two entries about one night the one noted last is written.
    """
    encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    before = "[\n"
    for point in points(facts):
        yield before + encoded(point)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def points(facts: Iterable[Fact]) -> Iterator[dict[str, Any]]:
    """Yield a data point (header 1.2, sleep-episode 1.1) for each night that says when sleep began and when one got up.

    How long somebody lay awake in between is not known here, so no total sleep time is told.
    """
    for fact, sleep in newest_by_night(facts, Sleep).values():
        if sleep.asleep_at is not None and sleep.up_at is not None:
            yield {"header": _header(fact), "body": _body(fact, sleep, sleep.asleep_at, sleep.up_at)}


def _header(fact: Fact) -> dict[str, Any]:
    return {
        "id": str(uuid5(fact.id, "sleep-episode")),
        "creation_date_time": _told(fact.noted.at, fact.noted.zone),
        "schema_id": SCHEMA,
        "acquisition_provenance": {
            "source_name": "quietlegs",
            "source_data_point_id": str(fact.id),
            "source_creation_date_time": _told(fact.noted.at, fact.noted.zone),
            "modality": "self-reported",
        },
    }


def _body(fact: Fact, sleep: Sleep, began: datetime, ended: datetime) -> dict[str, Any]:
    zone = fact.noted.zone
    interval = {"start_date_time": _told(began, zone), "end_date_time": _told(ended, zone)}
    body: dict[str, Any] = {"effective_time_frame": {"time_interval": interval}, "is_main_sleep": True}
    if sleep.lights_out_at is not None:
        body["latency_to_sleep_onset"] = {"value": (began - sleep.lights_out_at) / _MINUTE, "unit": "min"}
    if sleep.awakenings is not None:
        body["number_of_awakenings"] = sleep.awakenings
    return body


def _told(when: datetime, zone: str) -> str:
    """Return an instant by the clock of its zone, as RFC 3339 asks: to the second, its offset in whole minutes."""
    return when.astimezone(find_zone(zone)).isoformat(timespec="seconds")[:_WITH_MINUTES]
