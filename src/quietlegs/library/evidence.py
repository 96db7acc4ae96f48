"""What is known: sources and their grades, claims and verdicts, habits, and short pages of text."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from quietlegs.library.spoken import Spoken
from quietlegs.records.bounds import Between, Length, check_bounds

Key = Annotated[str, Length(2, 40)]
Line = Annotated[str, Length(3, 200), Spoken()]
Text = Annotated[str, Length(3, 1200), Spoken()]
Reference = Annotated[str, Length(3, 200)]


class Grade(StrEnum):
    """How strong a source is for restless legs."""

    ATTENTION_CONTROLLED = "A"
    RANDOMISED = "B"
    OTHER_POPULATION = "C"
    ADVICE = "D"
    NONE = "E"
    OBSERVATIONAL = "-"


class Tag(StrEnum):
    """How well we know what a source says; only V is shown to a person."""

    VERIFIED = "V"
    SECONDARY = "S"
    KNOWN = "K"


class Verdict(StrEnum):
    """What the evidence says about a claim of the article."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Source:
    """One publication or page; `finding` is what it says, in our words, `address` a DOI, PMID or site."""

    key: Key
    title: Reference
    grade: Grade
    tag: Tag
    finding: Line
    address: Reference
    year: Annotated[int | None, Between(1950, 2030)] = None
    people: Annotated[int | None, Between(1, 1_000_000)] = None

    def __post_init__(self) -> None:
        """Refuse texts and numbers outside their range."""
        check_bounds(self)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a source means for one movement, habit or claim."""

    source: Key
    note: Line

    def __post_init__(self) -> None:
        """Refuse an empty note."""
        check_bounds(self)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of the article, what the evidence says, and why."""

    key: Key
    says: Line
    verdict: Verdict
    reason: Text
    sources: tuple[Key, ...]

    def __post_init__(self) -> None:
        """Refuse empty texts."""
        check_bounds(self)


@dataclass(frozen=True, slots=True)
class Habit:
    """Something of daily life that a person may put to a fair test."""

    key: Key
    name: Line
    in_short: Text
    evidence: tuple[Evidence, ...]
    can_be_tested: bool

    def __post_init__(self) -> None:
        """Refuse empty texts."""
        check_bounds(self)


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph of a topic, with the sources it rests on."""

    text: Text
    heading: Line | None = None
    points: tuple[Line, ...] = ()
    sources: tuple[Key, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an empty paragraph."""
        check_bounds(self)


@dataclass(frozen=True, slots=True)
class Topic:
    """A short page of text: what restless legs are, why the calf, when to get help."""

    key: Key
    name: Line
    order: Annotated[int, Between(1, 99)]
    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        """Refuse empty texts."""
        check_bounds(self)
