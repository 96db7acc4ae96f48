"""What the API answers, as its schema tells it."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, Field

from quietlegs.records.fact import KINDS
from quietlegs.trials.verdict import Verdict

_PAGE = 500
_LAST = 2**63 - 1


def _known(kind: str | None) -> str | None:
    if kind is not None and kind not in KINDS:
        raise ValueError(f"{kind!r}; allowed: {', '.join(KINDS)}")
    return kind


def _day(text: object) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError as error:
        raise ValueError(f"{text!r}; allowed: a date such as 2026-01-31") from error


def _never_null(schema: dict[str, Any]) -> None:
    """Say that a part of an address is there or left out: it cannot be null."""
    schema |= schema.pop("anyOf")[0]


def _one_of_the_kinds(schema: dict[str, Any]) -> None:
    _never_null(schema)
    schema["enum"] = list(KINDS)


class Nights(Schema):
    """Which nights are asked for."""

    since: Annotated[date | None, BeforeValidator(_day)] = Field(
        default=None, description="no night before this one", json_schema_extra=_never_null
    )
    until: Annotated[date | None, BeforeValidator(_day)] = Field(
        default=None, description="no night after this one", json_schema_extra=_never_null
    )


class Asked(Nights):
    """Which facts are asked for."""

    after: int = Field(default=0, ge=0, le=_LAST, description="the `next` of the answer before")
    limit: int = Field(default=_PAGE, ge=1, le=_PAGE)
    kind: Annotated[str | None, AfterValidator(_known)] = Field(default=None, json_schema_extra=_one_of_the_kinds)


class Stored(Schema):
    """Only once this is said is it on disk, and only then may a device forget it."""

    stored: int
    new: int


class Problems(Schema):
    """What is wrong, where, and what is allowed."""

    problems: list[str]


class Arrived(Schema):
    """Facts in the order in which they arrived; `next` is what to ask for `after`, none when this is all for now."""

    facts: list[dict[str, Any]]
    next: int | None


class Movement(Schema):
    """A movement of tonight's routine, and why it is in there at this level."""

    exercise: str
    name: str
    level: int
    because: str


class Tonight(Schema):
    """The evening as the page shows it; without a routine nothing fits the safety answers, or there is a break.

    `waits` says that tonight's turn of a trial is drawn and stays unseen until later.
    """

    night: date
    routine: str | None
    name: str | None
    start: str | None
    minutes: int
    movements: list[Movement]
    told: list[str]
    waits: bool


class Arm(Schema):
    """What can be said of one thing that is tried; `headline` says it in words.

    `mean` with its 95 % range is the difference to the comparator in points of 0-10, below 0 calmer; `better` the
    chance that it is below 0; null while it is too early. `done` counts the nights on which it was noted as done.
    """

    key: str
    name: str
    verdict: Verdict
    headline: str
    answered: int
    missing: int
    done: int | None
    mean: float | None
    low: float | None
    high: float | None
    better: float | None
    claimed_on: date | None
    more_nights: int | None


class Trial(Schema):
    """One trial, called by the fact that started it; counted are nights that are over."""

    id: UUID
    first_on: date
    last_on: date
    over: bool
    comparator: str
    comparator_name: str
    comparator_answered: int
    comparator_missing: int
    arms: list[Arm]


class Trials(Schema):
    """Each trial that runs or waits for a decision; where none does, the last one."""

    trials: list[Trial]


class Number(Schema):
    """One value of the report, as its table tells it; null where it is not known."""

    section: str
    item: str
    measure: str
    value: str | int | float | None
    unit: str
    nights: int | None
    first: date | None
    last: date | None


class Report(Schema):
    """The numbers of the doctor's page for the nights from `first` to `last`."""

    first: date
    last: date
    numbers: list[Number]
