"""A night in a Bundle: the questions as they were answered, and what can be measured of them."""

from datetime import datetime, timedelta

from quietlegs.formats.fhir.codes import (
    LOINC,
    NIGHT_QUESTIONS,
    OWN,
    SLEEP_DURATION,
    VERSION,
    Resource,
    category,
    coding,
    own,
    quantity,
)
from quietlegs.formats.fhir.told import Told, link
from quietlegs.records.done import NightState, State
from quietlegs.records.felt import BodyPart, NightRating
from quietlegs.records.rest import Rest
from quietlegs.records.slept import Sleep

_MINUTE = timedelta(minutes=1)
_EXTENSION = "http://hl7.org/fhir/StructureDefinition/"


def questionnaire() -> Resource:
    """Return our own questions of a night, in our own words."""
    where = {
        "linkId": "where",
        "text": OWN["where"],
        "type": "choice",
        "repeats": True,
        "answerOption": [{"valueCoding": coding(part.value)} for part in BodyPart],
    }
    felt = [_whole("severity", 10), _instant("began"), where]
    slept = [_instant("lights-out"), _instant("asleep"), _instant("up"), _whole("awakenings", 100)]
    return {
        "resourceType": "Questionnaire",
        "id": NIGHT_QUESTIONS.removeprefix("urn:uuid:"),
        "url": NIGHT_QUESTIONS,
        "version": VERSION,
        "name": "QuietlegsNight",
        "title": "A night with restless legs, noted by oneself",
        "status": "active",
        "subjectType": ["Patient"],
        "description": "Worded by quietlegs; it is none of the licensed questionnaires and has no total.",
        "item": [*felt, *slept, _whole("sleep-quality", 10)],
    }


def _whole(code: str, most: int) -> Resource:
    ends = [{"url": f"{_EXTENSION}{end}Value", "valueInteger": at} for end, at in (("min", 0), ("max", most))]
    return {"extension": ends, "linkId": code, "text": OWN[code], "type": "integer"}


def _instant(code: str) -> Resource:
    return {"linkId": code, "text": OWN[code], "type": "dateTime"}


def _answers(told: Told, items: list[Resource]) -> Resource:
    return told.resource(
        "QuestionnaireResponse",
        questionnaire=f"{NIGHT_QUESTIONS}|{VERSION}",
        status="completed",
        subject=told.subject,
        authored=told.noted,
        source=told.subject,
        item=items,
    )


def _item(code: str, *answers: Resource) -> Resource:
    return {"linkId": code, "text": OWN[code], "answer": list(answers)}


def rating(told: Told, one: NightRating) -> list[Resource]:
    """Return the answers, and the severity where one was given."""
    began = told.at(one.began_at) if one.began_at else None
    items = []
    if one.severity is not None:
        items.append(_item("severity", {"valueInteger": one.severity}))
    if began:
        items.append(_item("began", {"valueDateTime": began}))
    if one.where:
        items.append(_item("where", *({"valueCoding": coding(part.value)} for part in one.where)))
    found = [_answers(told, items)]
    if one.severity is not None:
        parts: list[Resource] = [{"code": own("began"), "valueDateTime": began}] if began else []
        parts += [{"code": own("where"), "valueCodeableConcept": own(part.value)} for part in one.where]
        found.append(_observed(told, "severity", "severity", {"valueInteger": one.severity, "component": parts}))
    return found


def sleep(told: Told, one: Sleep) -> list[Resource]:
    """Return the answers, and how long it lasted where both ends are known."""
    clocks = {"lights-out": one.lights_out_at, "asleep": one.asleep_at, "up": one.up_at}
    items = [_item(code, {"valueDateTime": told.at(at)}) for code, at in clocks.items() if at]
    counts = {"awakenings": one.awakenings, "sleep-quality": one.quality}
    items += [_item(code, {"valueInteger": count}) for code, count in counts.items() if count is not None]
    spans = (
        ("in-bed", one.lights_out_at, one.up_at),
        ("latency", one.lights_out_at, one.asleep_at),
        ("asleep-to-up", one.asleep_at, one.up_at),
    )
    parts: list[Resource] = [
        {"code": _span_code(code, one), "valueQuantity": quantity((end - start) / _MINUTE, "min", "min")}
        for code, start, end in spans
        if start and end
    ]
    parts += [{"code": own(code), "valueInteger": count} for code, count in counts.items() if count is not None]
    return [_answers(told, items), _slept(told, one, parts)] if parts else [_answers(told, items)]


def _span_code(code: str, one: Sleep) -> Resource:
    """Return what a span is called; only who never woke was asleep from falling asleep to getting up."""
    if code == "asleep-to-up" and one.awakenings == 0:
        return own(code, {"system": LOINC, "code": SLEEP_DURATION, "display": "Sleep duration"})
    return own(code)


def _slept(told: Told, one: Sleep, parts: list[Resource]) -> Resource:
    start, end = one.asleep_at or one.lights_out_at, one.up_at
    when: Resource = {"component": parts}
    if start and end:
        when |= {"effectiveDateTime": None, "effectivePeriod": _period(told, start, end)}
    return _observed(told, "sleep", "sleep", when)


def _period(told: Told, start: datetime, end: datetime) -> Resource:
    return {"start": told.at(start), "end": told.at(end)}


def _observed(told: Told, code: str, part: str, content: Resource) -> Resource:
    known = {"category": category("survey"), "derivedFrom": [link(told.id())]}
    return told.observation(own(code), part, **(known | content))


def state(told: Told, one: NightState) -> list[Resource]:
    """Return a night out of the ordinary; where the evening's part could not be done, the routine not done too."""
    found = [
        told.observation(own("night-state"), category=category("survey"), valueCodeableConcept=own(one.state.value))
    ]
    if one.state is State.COULD_NOT:
        found.append(not_done(told, own(one.state.value), {"performedDateTime": told.night}))
    return found


def rest(told: Told, one: Rest) -> list[Resource]:
    """Return a break from the routine: not done, from its first night to its last, where that is known."""
    span: Resource = {"start": told.night} | ({"end": one.until.isoformat()} if one.until else {})
    why = own(one.because.value) if one.because else None
    return [not_done(told, why, {"performedPeriod": span}, part="")]


def not_done(told: Told, why: Resource | None, when: Resource, part: str = "not-done") -> Resource:
    """Return the evening routine as not done."""
    return told.resource(
        "Procedure", part, status="not-done", statusReason=why, code=own("routine"), subject=told.subject, **when
    )
