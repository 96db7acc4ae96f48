"""A diary as a FHIR R4 (4.0.1) Bundle: what a clinic's own programs can read.

What each fact becomes, and what stays out, stands in ABOUT.md beside this file.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID, uuid5

from quietlegs.formats.fhir.codes import PARTICIPANTS, Resource, code_system
from quietlegs.formats.fhir.done import intake, laboratory, measure, practice, relief, score
from quietlegs.formats.fhir.night import questionnaire, rating, rest, sleep, state
from quietlegs.formats.fhir.told import Told, link, local
from quietlegs.library.shelf import Library
from quietlegs.records.done import NightState, Practice
from quietlegs.records.fact import Fact, Payload
from quietlegs.records.felt import NightRating, Relief
from quietlegs.records.measured import BodyMeasure, ClinicianScore, LabValue
from quietlegs.records.rest import Rest
from quietlegs.records.slept import Intake, Sleep

_NOBODY = UUID("019b0000-0000-7000-8000-000000000000")
_TELLERS: dict[type[Payload], Callable[[Told, Any], list[Resource]]] = {
    NightRating: rating,
    Sleep: sleep,
    NightState: state,
    Rest: rest,
    Practice: practice,
    Relief: relief,
    Intake: intake,
    LabValue: laboratory,
    ClinicianScore: score,
    BodyMeasure: measure,
}
KINDS = tuple(_TELLERS)


def written(facts: Iterable[Fact], library: Library, made_at: datetime, *, first: UUID | None) -> Iterator[str]:
    """Yield the text of the Bundle, a line for each entry, so that a diary of any length fits into memory.

    Parameters
    ----------
    facts : iterable of Fact
        Those that hold now, each once; what has no place in FHIR is passed over.
    library : Library
        Knows the movements.
    made_at : datetime
        Now, aware.
    first : UUID or None
        The id of the first fact that the diary ever held, None for an empty one: the person is named after it, so
        that two exports of one diary speak of one person, and those of two diaries of two.
    """
    encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    head = {"resourceType": "Bundle", "type": "collection", "timestamp": local(made_at, "UTC")}
    yield encoded(head)[:-1] + ',"entry":[\n'
    before = ""
    for resource in resources(facts, library, uuid5(first or _NOBODY, "person")):
        entry = {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}
        yield before + encoded(entry)
        before = ",\n"
    yield "\n]}\n"


def resources(facts: Iterable[Fact], library: Library, person: UUID) -> Iterator[Resource]:
    """Yield the person, our codes and questions, and what each fact becomes, each with where it comes from."""
    told = sorted((one for one in facts if isinstance(one.payload, KINDS)), key=lambda one: (*_noting(one), one.id))
    yield {"resourceType": "Patient", "id": str(person)}
    yield code_system(library)
    yield questionnaire()
    for _, together in groupby(told, key=_noting):
        noted = [Told(fact, person, library) for fact in together]
        found = [resource for one in noted for resource in _TELLERS[type(one.fact.payload)](one, one.fact.payload)]
        yield from found
        yield _provenance(noted[0], found)


def _noting(fact: Fact) -> tuple[datetime, str, str]:
    """Return what one Provenance says: what was noted at one moment, in one place, instead of the same entry."""
    return fact.noted.at, fact.noted.zone, str(fact.supersedes or "")


def _provenance(told: Told, targets: list[Resource]) -> Resource:
    """Say who noted it and when; of a correction, which entry it replaced."""
    before = told.fact.supersedes
    replaced = {"identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{before}"}}
    return told.resource(
        "Provenance",
        "provenance",
        target=[link(one["id"]) for one in targets],
        recorded=told.noted,
        agent=[{"type": {"coding": [{"system": PARTICIPANTS, "code": "author"}]}, "who": told.subject}],
        entity=[{"role": "revision", "what": replaced}] if before else None,
    )
