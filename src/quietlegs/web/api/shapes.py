"""What the API answers, as its schema tells it."""

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, Field

from quietlegs.records.fact import KINDS

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


class Asked(Schema):
    """Which facts are asked for."""

    after: int = Field(default=0, ge=0, le=_LAST, description="the `next` of the answer before")
    limit: int = Field(default=_PAGE, ge=1, le=_PAGE)
    kind: Annotated[str | None, AfterValidator(_known)] = Field(default=None, json_schema_extra=_one_of_the_kinds)
    since: Annotated[date | None, BeforeValidator(_day)] = Field(
        default=None, description="no night before this one", json_schema_extra=_never_null
    )
    until: Annotated[date | None, BeforeValidator(_day)] = Field(
        default=None, description="no night after this one", json_schema_extra=_never_null
    )


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
