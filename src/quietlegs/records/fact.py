"""A fact: what was noted, when, for which night, and which earlier fact it replaces."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, TypeVar
from uuid import UUID

from quietlegs.records.bounds import Length, RangeError, check_bounds
from quietlegs.records.done import Assignment, NightState, Practice
from quietlegs.records.felt import NightRating, Relief
from quietlegs.records.ids import uuid7
from quietlegs.records.measured import BodyMeasure, ClinicianScore, LabValue
from quietlegs.records.moment import Moment, night_of
from quietlegs.records.person import SafetyAnswers, Wishes
from quietlegs.records.remark import Remark
from quietlegs.records.rest import Rest
from quietlegs.records.slept import Intake, Sleep
from quietlegs.records.tried import Decision, ReliefStart, TrialEnd, TrialStart

UUID_VERSION = 7
# A mistyped year would otherwise stretch every list of nights back through the centuries.
FIRST_NIGHT = date(1970, 1, 1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Takes back the fact that it supersedes; nothing is deleted."""

    reason: Annotated[str, Length(1, 200)] = "undone"

    def __post_init__(self) -> None:
        """Refuse an empty reason."""
        check_bounds(self)


Payload = (
    NightRating | Relief | Practice | Sleep | Intake | LabValue | BodyMeasure | Assignment
    | NightState | ClinicianScore | SafetyAnswers | Wishes | TrialStart | ReliefStart | TrialEnd | Decision | Rest
    | Remark | Withdrawal
)  # fmt: skip

KINDS: dict[str, type[Payload]] = {
    "night_rating": NightRating,
    "relief": Relief,
    "practice": Practice,
    "sleep": Sleep,
    "intake": Intake,
    "lab_value": LabValue,
    "body_measure": BodyMeasure,
    "assignment": Assignment,
    "night_state": NightState,
    "clinician_score": ClinicianScore,
    "safety_answers": SafetyAnswers,
    "wishes": Wishes,
    "trial_start": TrialStart,
    "relief_start": ReliefStart,
    "trial_end": TrialEnd,
    "decision": Decision,
    "rest": Rest,
    "remark": Remark,
    "withdrawal": Withdrawal,
}
P = TypeVar("P", bound=Payload)
_KIND_OF: dict[type, str] = {cls: kind for kind, cls in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Fact:
    """One noted fact.

    `noted` is when the person noted it, `night` the night it belongs to (frozen when noted, so travel
    relabels nothing), `supersedes` the id of the fact that this one corrects, None for a first entry.
    """

    id: UUID
    noted: Moment
    night: date
    payload: Payload
    supersedes: UUID | None = None

    def __post_init__(self) -> None:
        """Refuse an id that is not a UUIDv7, a night before 1970, a fact replacing itself, a withdrawal of nothing."""
        if self.id.version != UUID_VERSION:
            raise RangeError("Fact.id", str(self.id), "a UUID of version 7")
        if self.night < FIRST_NIGHT:
            raise RangeError("Fact.night", self.night.isoformat(), f"{FIRST_NIGHT.isoformat()} or later")
        if self.supersedes == self.id:
            raise RangeError("Fact.supersedes", str(self.id), "another fact's id")
        if isinstance(self.payload, Withdrawal) and self.supersedes is None:
            raise RangeError("Fact.supersedes", None, "the id of the fact that is withdrawn")
        if isinstance(self.payload, Rest) and self.payload.until is not None and self.payload.until < self.night:
            raise RangeError("Rest.until", self.payload.until.isoformat(), f"{self.night.isoformat()} or later")

    @property
    def kind(self) -> str:
        """The payload's name in exports and in the store."""
        return _KIND_OF[type(self.payload)]

    @property
    def added_later(self) -> bool:
        """Whether it was noted later than the day after its night, by the clock on the wall."""
        return self.noted.wall.date() - self.night > _DAY


def note(
    payload: Payload, noted: Moment, random: bytes, *, night: date | None = None, supersedes: UUID | None = None
) -> Fact:
    """Make a fact whose id comes from the moment of noting and ten random bytes.

    Without `night` it belongs to the night of that moment, noon to noon.
    """
    return Fact(uuid7(noted.at, random), noted, night or night_of(noted), payload, supersedes)


def current(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the facts that hold now: neither replaced nor withdrawn, in order of night, then of noting.

    Two corrections of one fact, made on two devices, both stay: which to show is the reader's choice.
    """
    known = tuple(facts)
    replaced = {fact.supersedes for fact in known}
    held = (f for f in known if f.id not in replaced and not isinstance(f.payload, Withdrawal))
    return tuple(sorted(held, key=lambda f: (f.night, f.noted.at, f.id)))


def newest_by_night(facts: Iterable[Fact], kind: type[P]) -> dict[date, tuple[Fact, P]]:
    """Return the fact of a kind that is shown and counted for each night, with its payload, in order of night.

    Two phones that were apart may each hold an entry about one night, and two devices each a sleep. All stay in the
    diary. What the person noted goes before what a device recorded; of two devices the one that saw more of the night
    is taken; then the one that was noted last, in whatever order they arrived.
    """
    found: dict[date, tuple[Fact, P]] = {}
    for fact in facts:
        if isinstance(fact.payload, kind):
            other = found.get(fact.night)
            # Sorting all is what takes time in a diary of years, and two of a night are rare.
            if other is None or _weight(other[0]) < _weight(fact):
                found[fact.night] = (fact, fact.payload)
    return {night: found[night] for night in sorted(found)}


def _weight(fact: Fact) -> tuple[bool, timedelta, datetime, UUID]:
    payload = fact.payload
    if not isinstance(payload, Sleep) or payload.source is None:
        return True, timedelta(0), fact.noted.at, fact.id
    return False, payload.in_bed or timedelta(0), fact.noted.at, fact.id


def newest(facts: Iterable[Fact], kind: type[P]) -> P | None:
    """Return the payload of a kind that was noted last, whichever phone it came from; None when there is none."""
    told = [fact for fact in facts if isinstance(fact.payload, kind)]
    last = max(told, key=lambda one: (one.noted.at, one.id), default=None)
    return last.payload if last and isinstance(last.payload, kind) else None
