"""Movements, what was taken, and what was measured, as they stand in a Bundle."""

from quietlegs.formats.fhir.codes import Resource, category, movement, own, quantity
from quietlegs.formats.fhir.told import Told, link, plain
from quietlegs.records.done import Practice, Work
from quietlegs.records.felt import Relief
from quietlegs.records.measured import BodyMeasure, ClinicianScore, LabValue, Measure
from quietlegs.records.slept import Intake, Substance, Unit

_UNITS = {
    Unit.MG: ("mg", "mg"),
    Unit.G: ("g", "g"),
    Unit.ML: ("ml", "mL"),
    Unit.CUP: ("cup", "{cup}"),
    Unit.TABLET: ("tablet", "{tbl}"),
    Unit.DROP: ("drop", "[drp]"),
    Unit.PATCH: ("patch", "{patch}"),
}
_MEDICINES = (Substance.MEDICINE, Substance.IRON, Substance.MAGNESIUM)
_ITS_NAME = {Substance.IRON: "Iron", Substance.MAGNESIUM: "Magnesium"}


def practice(told: Told, one: Practice) -> list[Resource]:
    """Return a movement as it was made: completed, stopped, or not done where nothing of it was."""
    status = "completed" if one.stopped is None else "stopped"
    if one.done == Work() and one.planned != Work():
        status = "not-done"
    made = told.resource(
        "Procedure",
        status=status,
        statusReason=own(one.stopped.value) if one.stopped and status != "completed" else None,
        code=movement(one.exercise, told.library),
        subject=told.subject,
        performedDateTime=told.noted,
        note=[{"text": _work(one)}],
    )
    if one.pain is None:
        return [made]
    pain = told.observation(own("pain"), "pain", partOf=[link(told.id())], valueInteger=one.pain)
    return [made, pain | {"effectiveDateTime": told.noted}]


def _work(one: Practice) -> str:
    sides = {"left": one.done.left_s, "right": one.done.right_s, "both sides": one.done.both_s}
    parts = [f"{side} {seconds:g} s" for side, seconds in sides.items() if seconds]
    parts += [f"{one.done.repetitions} repetitions"] if one.done.repetitions else []
    return f"level {one.level}: {', '.join(parts) or 'nothing'}"


def relief(told: Told, one: Relief) -> list[Resource]:
    """Return a movement made because the legs were restless, with each rating around it."""
    made = told.resource(
        "Procedure",
        status="completed",
        code=movement(one.movement, told.library),
        subject=told.subject,
        performedDateTime=told.noted,
        reasonCode=[{"text": "Restless legs, at this moment"}],
    )
    ratings = {
        "restless-before": one.before,
        "restless-after": one.after,
        "restless-after-10-min": one.after_10_min,
    }
    around = [
        told.observation(
            own(code), code, category=category("survey"), partOf=[link(told.id())],
            effectiveDateTime=told.noted, valueInteger=value,
        )
        for code, value in ratings.items()
        if value is not None
    ]  # fmt: skip
    return [made, *around]


def intake(told: Told, one: Intake) -> list[Resource]:
    """Return a medicine, iron or magnesium as taken by the person's own word; other things as observations."""
    when = told.at(one.taken_at) if one.taken_at else told.night
    amount = quantity(one.amount, *_UNITS[one.unit])
    if one.substance not in _MEDICINES:
        code = own(one.substance.value)
        kind = category("social-history")
        return [told.observation(code, category=kind, effectiveDateTime=when, valueQuantity=amount)]
    taken = told.resource(
        "MedicationStatement",
        status="completed",
        medicationCodeableConcept={"text": plain(one.name) if one.name else _ITS_NAME[one.substance]},
        subject=told.subject,
        effectiveDateTime=when,
        dateAsserted=told.noted,
        informationSource=told.subject,
        dosage=[{"doseAndRate": [{"doseQuantity": amount}]}],
    )
    return [taken]


def laboratory(told: Told, one: LabValue) -> list[Resource]:
    """Return a laboratory value as the person copied it; its status there is not known."""
    value = told.observation(
        {"text": plain(one.name)},
        status="unknown",
        category=category("laboratory"),
        effectiveDateTime=one.taken_on.isoformat(),
        valueQuantity=quantity(one.value, plain(one.unit)),
        performer=[{"display": plain(one.laboratory)}] if one.laboratory else None,
        method={"text": plain(one.method)} if one.method else None,
    )
    return [value]


def score(told: Told, one: ClinicianScore) -> list[Resource]:
    """Return the total of a questionnaire that a clinician gave, as the person copied it."""
    recall = f"asks about the last {one.recall_days} days" if one.recall_days else None
    total = told.observation(
        {"text": plain(one.instrument)},
        status="unknown",
        category=category("survey"),
        effectiveDateTime=one.scored_on.isoformat(),
        valueQuantity=quantity(one.total, "score", "{score}"),
        note=[{"text": recall}] if recall else None,
    )
    return [total]


def measure(told: Told, one: BodyMeasure) -> list[Resource]:
    """Return what was measured on one side of the body."""
    unit = ("cm", "cm") if one.measure is Measure.KNEE_TO_WALL_CM else ("raises", "{raises}")
    found = told.observation(
        own(one.measure.value),
        category=category("activity"),
        effectiveDateTime=told.noted,
        bodySite={"text": f"{one.side.value} leg"},
        valueQuantity=quantity(one.value, *unit),
    )
    return [found]
