"""The cells: not every combination, but a full cross of the two worst, and everything else one by one around it."""

from dataclasses import replace

from tests.truth.people import Missing, Person, Shape

PHIS = (-0.2, 0.0, 0.3, 0.5, 0.8)
EFFECTS = (-0.5, -1.0, -2.0, 1.0)
_CENTRES = (Person(phi=0.5), Person(phi=0.8))
EXTREMES = replace(Person(), which=Missing.EXTREMES)
_WORST = Person(
    phi=0.8, which=Missing.EXTREMES, shape=Shape.FLARES, trend=3.0, weekday=1.0, whole=True, arms=4, block=2
)


def missing_of(person: Person, missing: float | None) -> Person:
    """Return the person with that share of nights left out; None: mostly bad and very good ones."""
    return replace(person, which=Missing.EXTREMES) if missing is None else replace(person, missing=missing)


def _crossed() -> list[Person]:
    return [missing_of(Person(phi=phi), missing) for phi in PHIS for missing in (0.0, 0.2, 0.4, None)]


def _around(centre: Person) -> list[Person]:
    return [
        *(replace(centre, block=block) for block in (2, 3)),
        *(replace(centre, arms=arms) for arms in (2, 4)),
        replace(centre, trend=3.0),
        replace(centre, weekday=1.0),
        replace(centre, shape=Shape.FLARES),
        replace(centre, whole=True),
        replace(centre, whole=True, sd=1.0),
        replace(centre, arms=2, block=3, missing=0.4),
    ]


NULL = (*_crossed(), *(person for centre in _CENTRES for person in _around(centre)), _WORST)
POWER = (
    *(Person(phi=phi) for phi in PHIS),
    *(Person(block=block) for block in (2, 3)),
    Person(arms=2),
    Person(arms=2, block=3),
    Person(arms=4),
    Person(missing=0.4),
    EXTREMES,
    Person(sd=1.0),
    Person(trend=3.0),
    Person(shape=Shape.FLARES),
    Person(whole=True),
)
CARRIED = tuple(
    Person(phi=phi, block=block, effect=-1.0, carried=carried, sd=sd)
    for carried in (0.3, 0.5)
    for block in (1, 3)
    for sd in (1.0, 2.0)
    for phi in (0.0, 0.5)
)


def name_of(person: Person) -> str:
    """Return a cell's name: the autocorrelation, and all that differs from the usual person."""
    missing = "extremes missing" if person.which is Missing.EXTREMES else f"{person.missing:.0%} missing"
    parts = [
        f"phi {person.phi:g}",
        missing,
        f"{person.arms} arms",
        f"{person.block}-night blocks",
        "SD 1" if person.sd == 1 else "",
        "flares" if person.shape is Shape.FLARES else "",
        f"trend {person.trend:g}" if person.trend else "",
        f"weekday {person.weekday:g}" if person.weekday else "",
        "whole, piled at 0" if person.whole else "",
        f"carried {person.carried:g}" if person.carried else "",
    ]
    return ", ".join(part for part in parts if part)
