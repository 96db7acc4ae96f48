"""What things are called in a Bundle: codes of our own, and others' codes only where they mean the same."""

from typing import Any

from quietlegs.library.shelf import Library

Resource = dict[str, Any]

# Canonical names that need no domain; they never change, so that two exports speak of the same codes.
CODES = "urn:uuid:5f0c5d0e-6f2b-5c39-9d37-0f4c7a1f8b01"
NIGHT_QUESTIONS = "urn:uuid:5f0c5d0e-6f2b-5c39-9d37-0f4c7a1f8b02"
VERSION = "1"
UCUM = "http://unitsofmeasure.org"
LOINC = "http://loinc.org"
CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category"
PARTICIPANTS = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
_DEFINITION = "What a person notes in quietlegs, a diary of restless legs. Ratings are the person's own, 0 to 10."

# Time asleep, as HL7's guide for personal devices uses it: LOINC, "Sleep duration".
SLEEP_DURATION = "93832-4"

OWN = {
    "severity": "How bad the legs were in this night, 0 (nothing felt) to 10",
    "began": "When it began",
    "where": "Where it was felt",
    "legs": "Legs",
    "arms": "Arms",
    "trunk": "Trunk",
    "sleep": "Sleep of this night, as noted",
    "lights-out": "Lights out",
    "asleep": "Fell asleep",
    "up": "Got up",
    "in-bed": "From lights out to getting up",
    "latency": "From lights out to falling asleep",
    "asleep-to-up": "From falling asleep to getting up, time awake in between not taken off",
    "awakenings": "How often awake",
    "sleep-quality": "How well slept, 0 (worst) to 10",
    "restless-before": "How restless before the movement, 0 to 10",
    "restless-after": "How restless right after the movement, 0 to 10",
    "restless-after-10-min": "How restless ten minutes after the movement, 0 to 10",
    "pain": "Pain during the movement, 0 to 10",
    "routine": "The evening routine",
    "caffeine": "Caffeine",
    "alcohol": "Alcohol, pure",
    "nicotine": "Nicotine",
    "tea": "Herbal tea",
    "knee_to_wall_cm": "Distance of toe and wall with the knee touching the wall, heel down",
    "heel_raises": "Heel raises on one leg in a row",
    "night-state": "A night out of the ordinary",
    "sick": "Sick",
    "travel": "Travelling",
    "could_not": "Could not do the evening's part",
    "sore": "Sore from the movements",
    "hurt": "It hurt",
    "enough": "It was enough",
    "interrupted": "Interrupted",
    "worse": "It made the legs worse",
}


def own(code: str, *others: Resource) -> Resource:
    """Return one of our own codes as a concept, others' codings for the same thing beside it."""
    return {"coding": [coding(code), *others]}


def coding(code: str) -> Resource:
    """Return one of our own codes."""
    return {"system": CODES, "code": code, "display": OWN[code]}


def movement(key: str, library: Library) -> Resource:
    """Return a movement by its key; one that the library no longer has is told by its key alone."""
    known = library.exercises.get(key)
    if known is None:
        return {"text": key}
    return {"coding": [{"system": CODES, "code": key, "display": known.name}]}


def category(code: str) -> list[Resource]:
    """Return what kind of observation it is."""
    return [{"coding": [{"system": CATEGORIES, "code": code}]}]


def quantity(value: float, unit: str, code: str | None = None) -> Resource:
    """Return a measured value; `code` is the unit's in UCUM, None where a person wrote the unit as text."""
    return {"value": value, "unit": unit} | ({"system": UCUM, "code": code} if code else {})


def code_system(library: Library) -> Resource:
    """Return all codes of our own: what can be noted, and the movements of the library."""
    named = OWN | {key: exercise.name for key, exercise in library.exercises.items()}
    return {
        "resourceType": "CodeSystem",
        "id": CODES.removeprefix("urn:uuid:"),
        "url": CODES,
        "version": VERSION,
        "name": "QuietlegsDiary",
        "title": "quietlegs diary",
        "status": "active",
        "experimental": False,
        "description": _DEFINITION,
        "caseSensitive": True,
        "content": "complete",
        "count": len(named),
        "concept": [{"code": code, "display": display} for code, display in named.items()],
    }
