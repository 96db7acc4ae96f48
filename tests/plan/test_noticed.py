"""What goes along with the nights of a diary: read from its facts, told with care, and never where it would mislead."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from itertools import count

import numpy as np
import pytest

from quietlegs.library.load import load_library
from quietlegs.plan.noticed import KINDS, Noticed, Seen, noticed
from quietlegs.plan.surroundings import factors
from quietlegs.records.done import NightState, Practice, State, Work
from quietlegs.records.fact import Fact, Payload, note
from quietlegs.records.felt import NightRating, OfferedBecause, Relief
from quietlegs.records.moment import instant_in, moment
from quietlegs.records.slept import Intake, Sleep, Substance, Unit
from quietlegs.trials.nights import nights_from
from quietlegs.trials.pattern import Kind
from quietlegs.trials.whitening import Floats

LIBRARY = load_library()
ZONE = "Europe/Berlin"
FIRST = date(2026, 3, 2)
NIGHTS = 60
_ids = count()


def on(night: int) -> date:
    return FIRST + timedelta(days=night)


def fact(payload: Payload, night: int, wall: time = time(23)) -> Fact:
    return note(payload, moment(instant_in(on(night), wall, ZONE), ZONE), next(_ids).to_bytes(10), night=on(night))


def rating(severity: int, night: int, began: time | None = None) -> Fact:
    return fact(NightRating(severity, instant_in(on(night), began, ZONE) if began else None), night)


def cup(night: int, wall: time | None, substance: Substance = Substance.CAFFEINE) -> Fact:
    unit = {Substance.CAFFEINE: Unit.MG, Substance.ALCOHOL: Unit.G}.get(substance, Unit.MG)
    return fact(Intake(substance, 80, unit, instant_in(on(night), wall, ZONE) if wall else None), night)


def values(facts: Iterable[Fact], key: str, nights: int = 10) -> Floats:
    rated = [*facts, *(rating(4, night) for night in range(nights))]
    listed = nights_from([on(k) for k in range(nights)], [None] * nights, [4] * nights)
    return factors(rated, listed, LIBRARY)[key].values


def lived(*, matters: float = 2.0, seed: int = 1) -> list[Fact]:
    """Two months with coffee in the afternoon on about half of the nights, and wine on some."""
    rng = np.random.default_rng(seed)
    found = []
    for night in range(NIGHTS):
        coffee, wine = rng.random() < 0.5, rng.random() < 0.3
        felt = int(np.clip(np.rint(4 + matters * coffee + rng.normal(0, 1)), 0, 10))
        found += [rating(felt, night)]
        found += [cup(night, time(15))] if coffee else []
        found += [cup(night, time(19), Substance.ALCOHOL)] if wine else []
    return found


def looked(facts: Iterable[Fact]) -> Noticed:
    return noticed(facts, LIBRARY, outcome="your rating")


def seen(found: Noticed, key: str) -> Seen:
    return next(one for one in found.each if one.key == key)


def test_it_finds_what_goes_along_and_names_what_to_test() -> None:
    found = looked(lived())

    coffee = seen(found, "caffeine")
    assert (coffee.tag, coffee.tried) == ("more restless", "caffeine")
    assert coffee.found.startswith("Coffee, tea or cola after noon goes along with your rating about 2.")
    assert coffee.number.startswith("+2.")
    assert "no coffee, tea or cola after noon, some as usual" in coffee.test
    assert found.sentences[0].startswith("2 things were looked at; 1 stands out.")


def test_it_says_so_where_nothing_stands_out() -> None:
    found = looked(lived(matters=0.0))

    assert [(one.tag, one.number) for one in found.each] == [("no sign", ""), ("no sign", "")]
    assert "None of it clearly goes along with your rating" in found.sentences[0]


def test_it_says_so_where_nights_are_too_few() -> None:
    found = looked([one for one in lived() if one.night < on(20)])

    assert {one.tag for one in found.each} == {"too early"}
    assert "at least 28 nights must be known" in seen(found, "caffeine").found


def test_it_says_so_where_nothing_was_noted() -> None:
    assert looked(()).sentences == ("Nothing in your diary can be looked at yet.",)
    assert looked(rating(4, night) for night in range(NIGHTS)).each == ()


def test_it_gives_no_number_for_what_is_done_because_the_legs_are_bad() -> None:
    bad = [night for night in range(NIGHTS) if night % 3 == 0]
    calmed = [fact(Relief("calf_towel", OfferedBecause.CHOSEN, 1.0, 6, 3), night, time(1)) for night in bad]
    found = looked([*(rating(7 if night in bad else 3, night) for night in range(NIGHTS)), *calmed])

    calming = seen(found, "calming")
    assert (calming.tag, calming.number, calming.pattern.difference) == ("no verdict", "", None)
    assert "even if it helps" in calming.found
    assert calming.tried == "calf_towel"
    assert calming.stands_out


@pytest.mark.parametrize("substance", [Substance.IRON, Substance.MAGNESIUM])
def test_it_never_makes_a_test_of_a_supplement(substance: Substance) -> None:
    found = looked([*lived(), *(cup(night, time(20), substance) for night in range(0, NIGHTS, 2))])

    one = seen(found, substance.value)
    assert (one.tried, one.number) == (None, "")
    assert "talk to your doctor" in one.test


def test_it_offers_no_test_of_what_nobody_can_choose() -> None:
    found = looked([*lived(), *(fact(NightState(State.SICK), night) for night in range(0, NIGHTS, 5))])

    assert seen(found, "sick").tried is None
    assert seen(found, "sick").pattern.kind is Kind.OUTSIDE


def test_it_offers_a_routine_that_is_kept_on_some_evenings_by_its_usual_movement() -> None:
    work = Work(left_s=30, right_s=30)
    made = [
        fact(Practice(key, 2, work, work, routine="evening"), night, time(20))
        for night in range(0, NIGHTS, 2)
        for key in ("breath_circles", "calf_wall_straight")
    ]
    found = looked([*lived(), *made])

    assert seen(found, "routine").tried == "calf_wall_straight"
    assert "wall calf stretch or slow breathing" in seen(found, "routine").test


def test_it_counts_a_cup_from_noon_to_four_in_the_morning_and_before_the_legs_began() -> None:
    facts = [
        cup(0, time(15)),
        cup(1, time(8)),
        cup(2, time(3, 30)),
        cup(3, None),
        *(cup(4, None), cup(4, time(13))),
        *(cup(5, time(8)), cup(5, None)),
        *(cup(6, time(22)), rating(6, 6, began=time(21))),
        fact(Intake(Substance.CAFFEINE, 0, Unit.MG), 7),
    ]
    others = [one for one in (rating(4, night) for night in range(10)) if one.night != on(6)]
    listed = nights_from([on(k) for k in range(8)], [None] * 8, [4] * 8)

    found = factors([*facts, *others], listed, LIBRARY)["caffeine"].values

    np.testing.assert_array_equal(found, [1, 0, 1, np.nan, 1, np.nan, 0, 0])


def test_it_takes_no_cup_noted_for_no_cup_only_near_nights_with_one() -> None:
    found = values([cup(2, time(15))], "caffeine", nights=12)

    np.testing.assert_array_equal(found, [np.nan, np.nan, 1, 0, 0, 0, 0, 0, 0, 0, np.nan, np.nan])


def test_it_reads_a_late_bedtime_from_the_persons_own_middle_over_midnight() -> None:
    walls = [time(23, 30), time(23, 45), time(0), time(0, 15), time(0, 30), time(1, 30)]
    facts = [fact(Sleep(lights_out_at=instant_in(on(k), wall, ZONE)), k, time(8)) for k, wall in enumerate(walls)]

    np.testing.assert_array_equal(values(facts, "bedtime", 7), [0, 0, 0, 0, 0, 1, np.nan])


def test_it_knows_the_kinds_of_facts_it_reads() -> None:
    assert {type(one.payload) for one in lived()} <= set(KINDS)
