"""One fact on its way into a Bundle: whose it is, what it is called there, and when it was."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID, uuid5

from quietlegs.formats.fhir.codes import Resource
from quietlegs.library.shelf import Library
from quietlegs.records.fact import Fact
from quietlegs.records.moment import find_zone

_KEPT = "\t\r\n"
_WITH_MINUTES = len("2026-01-31T02:00:00+01:00")


@dataclass(frozen=True, slots=True)
class Told:
    """A fact, the person it is about, and the library that knows its movements."""

    fact: Fact
    person: UUID
    library: Library

    def id(self, part: str = "") -> str:
        """Return the id of the fact's resource, or of another one that comes of the same fact."""
        return str(uuid5(self.fact.id, part) if part else self.fact.id)

    @property
    def subject(self) -> Resource:
        """The person."""
        return link(self.person)

    @property
    def night(self) -> str:
        """The night's date, that of its evening."""
        return self.fact.night.isoformat()

    @property
    def noted(self) -> str:
        """When it was noted, by the clock on the wall with its offset."""
        return self.at(self.fact.noted.at)

    def at(self, when: datetime) -> str:
        """Return an instant by the clock of the fact's zone."""
        return local(when, self.fact.noted.zone)

    def resource(self, kind: str, part: str = "", **content: object) -> Resource:
        """Return a resource of this fact; what is None is left out, as FHIR has no null."""
        found = {"resourceType": kind, "id": self.id(part)} | content
        return {key: value for key, value in found.items() if value is not None and value != []}

    def observation(self, code: Resource, part: str = "", **content: object) -> Resource:
        """Return an observation of the night, noted when the fact was; `status` is final unless said otherwise."""
        known = {
            "status": "final",
            "code": code,
            "subject": self.subject,
            "effectiveDateTime": self.night,
            "issued": self.noted,
        }
        return self.resource("Observation", part, **(known | content))


@lru_cache(maxsize=1024)
def local(when: datetime, zone: str) -> str:
    """Return an instant as FHIR's dateTime, to the second, with the zone's offset in whole minutes."""
    told = when.astimezone(find_zone(zone)).isoformat(timespec="seconds")
    # Long ago, some clocks were apart from the others by seconds too; nothing noted here is as old.
    return told[:_WITH_MINUTES]


def link(id_: UUID | str) -> Resource:
    """Return a reference to another resource of the same Bundle."""
    return {"reference": f"urn:uuid:{id_}"}


def plain(text: str) -> str:
    """Return a text without the control characters that FHIR's strings may not hold."""
    kept = "".join(one for one in text if one in _KEPT or unicodedata.category(one) != "Cc").strip()
    return kept or "-"
