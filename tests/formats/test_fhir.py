"""A diary as a FHIR Bundle: nothing made up, each thing said with its own meaning, no reference leading nowhere."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.formats.every_kind import LIBRARY, NIGHT, OUT, diary, fact

from quietlegs.formats.fhir import codes, write
from quietlegs.records.done import NightState, Practice, State, Work
from quietlegs.records.fact import KINDS, Fact, Payload, current
from quietlegs.records.felt import NightRating
from quietlegs.records.rest import Rest
from quietlegs.records.slept import Intake, Sleep, Substance, Unit

ABOUT = Path(write.__file__).with_name("ABOUT.md").read_text(encoding="utf-8")
MADE = datetime(2026, 11, 26, 20, tzinfo=UTC)

# R4's bindings of strength "required", for the elements that are written here, copied by hand from the specification
# (of Bundle.type without the two answers of a server).
_PUBLISHED = "draft active retired unknown"
REQUIRED = {
    "Bundle.type": "document message transaction batch history searchset collection",
    "CodeSystem.status": _PUBLISHED,
    "CodeSystem.content": "not-present example fragment complete supplement",
    "Questionnaire.status": _PUBLISHED,
    "QuestionnaireResponse.status": "in-progress completed amended entered-in-error stopped",
    "Observation.status": "registered preliminary final amended corrected cancelled entered-in-error unknown",
    "Procedure.status": "preparation in-progress not-done on-hold stopped completed entered-in-error unknown",
    "MedicationStatement.status": "active completed entered-in-error intended stopped on-hold unknown not-taken",
}
DATE_TIME = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?")
TEXT = re.compile(r"[ \r\n\t\S]+")


def bundle(*facts: Fact) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(
        "".join(write.written(facts, LIBRARY, MADE, first=facts[0].id if facts else None))
    )
    return told


def of(payload: Payload, kind: str) -> list[dict[str, Any]]:
    return [one["resource"] for one in bundle(fact(payload, 1))["entry"] if one["resource"]["resourceType"] == kind]


def wrong(told: dict[str, Any]) -> list[str]:
    """What the table, the references and FHIR's own forms of text and time find wrong with a Bundle."""
    entries = [one["resource"] for one in told["entry"]]
    known = {one["fullUrl"] for one in told["entry"]}
    found = [f"{url}: twice" for url in known if sum(one["fullUrl"] == url for one in told["entry"]) > 1]
    for one in (told, *entries):
        for name in ("status", "type", "content"):
            allowed = REQUIRED.get(f"{one['resourceType']}.{name}")
            if allowed is not None and one.get(name) not in allowed.split():
                found.append(f"{one['resourceType']}.{name} is {one.get(name)}")
    for name, value in leaves(entries):
        if name == "reference" and value not in known:
            found.append(f"{value} leads nowhere")
        if name.endswith(("DateTime", "start", "end", "issued", "authored", "recorded", "dateAsserted")):
            found += [] if DATE_TIME.fullmatch(value) else [f"{name} is {value}"]
        if value is None or (isinstance(value, str) and not TEXT.fullmatch(value)):
            found.append(f"{name} is {value!r}")
    return found


def leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, key)
    elif isinstance(value, list):
        assert value, f"{name} is an empty list"
        for inner in value:
            yield from leaves(inner, name)
    else:
        yield name, value


def test_it_holds_a_diary_of_every_kind_without_a_fault() -> None:
    told = bundle(*current(diary()))

    assert wrong(told) == []
    assert {one["resource"]["resourceType"] for one in told["entry"]} == {
        "Patient", "CodeSystem", "Questionnaire", "QuestionnaireResponse", "Observation", "Procedure",
        "MedicationStatement", "Provenance",
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["Observation", "Procedure", "MedicationStatement", "QuestionnaireResponse"])
def test_its_own_check_refuses_a_banana(kind: str) -> None:
    told = bundle(*current(diary()))
    next(one["resource"] for one in told["entry"] if one["resource"]["resourceType"] == kind)["status"] = "banana"

    assert wrong(told) == [f"{kind}.status is banana"]


def test_it_writes_or_names_every_kind_of_fact_that_there_is() -> None:
    becomes, stays_out = ABOUT.split("**What stays out.**")
    told = {name for name, kind in KINDS.items() if kind in write.KINDS}

    assert {name for name in KINDS if f"| `{name}` |" in becomes} == told
    assert {name for name in KINDS if f"`{name}`" in stays_out.split("**Traps")[0]} == set(KINDS) - told


def test_it_makes_no_severity_of_a_night_without_an_answer() -> None:
    assert of(NightRating(), "Observation") == []
    assert [one["valueInteger"] for one in of(NightRating(0), "Observation")] == [0]


def test_it_tells_each_instant_by_its_own_clock_when_summer_time_ends() -> None:
    slept = of(Sleep(OUT, OUT, datetime(2026, 10, 25, 5, 30, tzinfo=UTC)), "Observation")[0]

    assert slept["effectivePeriod"] == {"start": "2026-10-24T22:30:00+02:00", "end": "2026-10-25T06:30:00+01:00"}
    in_bed = next(part for part in slept["component"] if part["code"]["coding"][0]["code"] == "in-bed")
    assert in_bed["valueQuantity"]["value"] == 540


@pytest.mark.parametrize(("awake", "shared"), [(0, True), (1, False), (None, False)])
def test_it_says_sleep_duration_in_loinc_only_of_who_never_woke(awake: int | None, *, shared: bool) -> None:
    slept = of(Sleep(OUT, OUT, datetime(2026, 10, 25, 5, tzinfo=UTC), awake), "Observation")[0]
    said = {
        coding["code"]
        for part in slept["component"]
        for coding in part["code"]["coding"]
        if coding["system"] == codes.LOINC
    }

    assert said == ({"93832-4"} if shared else set())


def test_it_tells_what_was_not_done() -> None:
    nothing = Practice("quad", 1, Work(left_s=30), Work())

    assert [one["status"] for one in of(nothing, "Procedure")] == ["not-done"]
    assert [one["status"] for one in of(NightState(State.COULD_NOT), "Procedure")] == ["not-done"]
    assert of(NightState(State.SICK), "Procedure") == []
    assert of(Rest(NIGHT), "Procedure")[0]["performedPeriod"] == {"start": "2026-10-24", "end": "2026-10-24"}


def test_it_tells_a_medicine_by_the_name_that_was_written_and_guesses_no_code() -> None:
    taken = of(Intake(Substance.MEDICINE, 0.18, Unit.MG, OUT, "Pramipexole"), "MedicationStatement")[0]

    assert taken["medicationCodeableConcept"] == {"text": "Pramipexole"}
    assert taken["effectiveDateTime"] == "2026-10-24T22:30:00+02:00"
    assert taken["dosage"][0]["doseAndRate"][0]["doseQuantity"] == {
        "value": 0.18, "unit": "mg", "system": codes.UCUM, "code": "mg"
    }  # fmt: skip


def test_it_says_which_entry_a_correction_replaced() -> None:
    facts = diary()
    corrected = next(one for one in facts if one.payload == NightRating(4))
    told = [one["resource"] for one in bundle(*current(facts))["entry"]]
    mine = next(
        one for one in told
        if one["resourceType"] == "Provenance" and one["target"][0]["reference"] == f"urn:uuid:{corrected.id}"
    )  # fmt: skip

    assert mine["entity"][0]["what"]["identifier"]["value"] == f"urn:uuid:{corrected.supersedes}"
    assert mine["recorded"] == "2026-10-25T08:00:03+01:00"


def test_it_says_once_where_all_that_was_noted_at_one_moment_comes_from() -> None:
    told = [one["resource"] for one in bundle(*current(diary()))["entry"]]
    named = [link["reference"] for one in told if one["resourceType"] == "Provenance" for link in one["target"]]
    kinds = ("QuestionnaireResponse", "Observation", "Procedure", "MedicationStatement")

    assert sorted(named) == sorted(f"urn:uuid:{one['id']}" for one in told if one["resourceType"] in kinds)
    assert sum(one["resourceType"] == "Provenance" for one in told) == 5


def test_it_speaks_of_one_person_in_two_exports_and_of_two_in_two_diaries() -> None:
    one, other = fact(NightRating(4), 1), fact(NightRating(4), 2)
    people = [bundle(*facts)["entry"][0]["resource"]["id"] for facts in ((one,), (one, other), (other,))]

    assert people[0] == people[1] != people[2]


def test_it_has_a_code_for_everything_that_it_says_in_its_own() -> None:
    told = bundle(*current(diary()))
    system = next(one["resource"] for one in told["entry"] if one["resource"]["resourceType"] == "CodeSystem")
    said = {(one["system"], one["code"]) for one in codings(told) if one.get("system") == codes.CODES}

    assert {code for _, code in said} <= {one["code"] for one in system["concept"]}
    assert system["count"] == len(system["concept"])


def codings(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"system", "code"} <= set(value):
            yield value
        for inner in value.values():
            yield from codings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from codings(inner)


def test_it_is_a_bundle_for_an_empty_diary_too() -> None:
    assert wrong(bundle()) == []
