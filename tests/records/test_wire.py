"""A fact survives the way over JSON unchanged, and a bad object is refused with its places named."""

import json
from datetime import UTC, date, datetime, time
from fractions import Fraction
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quietlegs.records.bounds import Between, RangeError
from quietlegs.records.done import Assignment, NightState, Practice, State, StopReason, Work
from quietlegs.records.fact import KINDS, Payload, Withdrawal, note
from quietlegs.records.felt import BodyPart, Chance, NightRating, OfferedBecause, Relief
from quietlegs.records.measured import BodyMeasure, ClinicianScore, LabValue, Measure, Side
from quietlegs.records.moment import moment
from quietlegs.records.person import AgeBand, Place, Posture, SafetyAnswers, Wishes
from quietlegs.records.remark import Remark
from quietlegs.records.rest import Rest
from quietlegs.records.slept import Intake, Sleep, Substance, Unit
from quietlegs.records.tried import Choice, Decision, Finding, ReliefStart, TrialEnd, TrialStage, TrialStart
from quietlegs.records.wire import WireError, from_wire, to_wire

rating = st.none() | st.integers(0, 10)
key = st.text("abcdefghijklmnop_ é☕", min_size=1, max_size=40).filter(lambda text: bool(text.strip()))
instant = st.datetimes(datetime(2020, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))
seconds = st.floats(0, 7200)
work = st.builds(Work, seconds, seconds, seconds, st.integers(0, 1000))
chance = st.floats(0, 1, exclude_min=True)
wall = st.none() | st.times().map(lambda t: t.replace(tzinfo=None))
day = st.dates(date(2000, 1, 1), date(2040, 1, 1))
two = st.lists(key, min_size=2, max_size=4, unique_by=str.strip).map(tuple)
EXPERIMENT = UUID("019ba533-e400-7000-8000-000000000000")


@st.composite
def drawn(draw: st.DrawFn) -> Relief:
    names, part = draw(two), draw(st.floats(0.01, 0.99))
    chances = (part, *[(1 - part) / (len(names) - 1)] * (len(names) - 1))
    every = tuple(Chance(name, chance) for name, chance in zip(names, chances, strict=True))
    one = draw(st.sampled_from(every))
    ratings = draw(rating), draw(rating), draw(rating)
    return Relief(one.movement, OfferedBecause.TRIAL, one.probability, *ratings, EXPERIMENT, every)


@st.composite
def started(draw: st.DrawFn) -> TrialStart:
    arms, rounds = draw(two), draw(st.integers(1, 20))
    turns = tuple(turn for _ in range(rounds) for turn in draw(st.permutations(range(len(arms)))))
    stages, seed = (TrialStage(rounds, 0.05),), draw(st.integers(0, 2**128 - 1))
    chance = Fraction(1, draw(st.integers(1, 10**30)))
    counted = draw(st.booleans())
    return TrialStart(arms, arms[0], 1, stages, draw(day), 7, seed, "PCG64", turns, chance, washout_counted=counted)


payloads: st.SearchStrategy[Payload] = st.one_of(
    st.builds(NightRating, st.none() | st.integers(1, 10), st.none() | instant, st.just((BodyPart.LEGS,))),
    st.just(NightRating(0)),
    st.builds(
        Relief, key, st.sampled_from([OfferedBecause.CHOSEN, OfferedBecause.DEFAULT]), chance, rating, rating, rating
    ),
    drawn(),
    started(),
    two.map(lambda names: ReliefStart(names, names[-1], 0.1, 60.0, 1.5)),
    st.builds(TrialEnd, st.just(EXPERIMENT), key),
    st.builds(
        Decision,
        st.just(EXPERIMENT),
        key,
        st.sampled_from([Choice.KEEP, Choice.DROP, Choice.GO_ON]),
        after_nights=st.integers(0, 400),
        found=st.sampled_from(Finding),
    ),
    st.builds(
        lambda names, choice: Decision(EXPERIMENT, names[0], choice, names[1]),
        two,
        st.sampled_from([Choice.SWITCH, Choice.KEEP]),
    ),
    st.builds(Rest, st.none() | st.dates(date(2040, 1, 1), date(2041, 1, 1))),
    st.builds(
        Practice, key, st.integers(1, 5), work, work, st.none() | st.sampled_from(StopReason), rating, st.none() | key
    ),
    st.builds(Sleep, st.none() | instant, awakenings=st.none() | st.integers(0, 100), quality=rating),
    st.builds(Intake, st.just(Substance.MEDICINE), st.floats(0, 50), st.just(Unit.TABLET), st.none() | instant, key),
    st.builds(LabValue, key, st.floats(0, 1e6), key, day, st.none() | key, st.none() | key),
    st.builds(BodyMeasure, st.just(Measure.KNEE_TO_WALL_CM), st.sampled_from(Side), st.floats(0, 30)),
    st.builds(Assignment, key, key, chance),
    st.builds(NightState, st.sampled_from(State)),
    st.builds(
        Remark,
        *(key, st.none() | st.floats(-1e9, 1e9), st.none(), *[st.none() | key] * 3),
        st.lists(key, max_size=3).map(tuple),
        st.none() | key,
    ),
    st.builds(ClinicianScore, key, st.floats(0, 40), day, st.none() | st.integers(1, 366)),
    st.just(SafetyAnswers(("a", "b"), ("b",))),
    st.builds(
        Wishes,
        *(wall, st.sampled_from(Posture), wall, wall, wall),
        age=st.none() | st.sampled_from(AgeBand),
        settings=st.lists(key, unique=True, max_size=3).map(tuple),
        place=st.none() | st.builds(Place, st.floats(-90, 90), st.floats(-180, 180), st.none() | key),
    ),
)
ZONES = sorted(available_timezones() - {"localtime", "Factory", "posixrules"})


@given(payloads, instant, st.sampled_from(ZONES), st.binary(min_size=10, max_size=10))
def test_it_survives_the_way_over_json(payload: Payload, at: datetime, zone: str, random: bytes) -> None:
    fact = note(payload, moment(at, zone), random)

    assert from_wire(json.loads(json.dumps(to_wire(fact)))) == fact


def test_it_knows_every_kind_of_payload() -> None:
    assert set(KINDS.values()) == set(Payload.__args__)  # the union's members


NOTED = moment(datetime(2026, 1, 10, 2, tzinfo=UTC), "Europe/Berlin")
GOOD = to_wire(note(NightRating(7), NOTED, bytes(10)))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"payload": {"severity": 11}}, "NightRating.severity is 11; allowed: a whole number, 0 to 10"),
        ({"payload": {"severity": "7"}}, "'7'; allowed: a whole number @ $.severity"),
        ({"payload": {"severity": 7.5}}, "7.5; allowed: a whole number @ $.severity"),
        ({"payload": {"sevrity": 7}}, "sevrity"),
        ({"payload": {"where": ["toe"]}}, "'toe'; allowed: legs, arms, trunk @ $.where[0]"),
        ({"payload": {"began_at": "2026-01-10T02:00:00"}}, "with its offset"),
        ({"kind": "trial_start", "payload": {"probability": "1:2"}}, "'1:2'; allowed: a fraction such as 1/64"),
        ({"kind": "trial_start", "payload": {"open_ended": 1}}, "1; allowed: true or false"),
        ({"payload": 5}, "payload is 5; allowed: a JSON object"),
        ({"kind": "dream"}, "kind is 'dream'; allowed: night_rating"),
        ({"night": "10.1.2026"}, "night is '10.1.2026'; allowed: a date such as 2026-01-31"),
        ({"at": 1768010400}, "at is 1768010400; allowed: an instant"),
        ({"id": "7"}, "id is '7'; allowed: a UUID"),
        ({"id": str(UUID(int=4))}, "Fact.id is"),
        ({"zone": "Mars"}, "zone is 'Mars'; allowed: an IANA zone"),
        ({"offset_s": 7200}, "Moment.wall is"),
        ({"wall": "2026-01-10T03:00:00Z"}, "allowed: a wall time without zone"),
        ({"supersedes": 3}, "supersedes is 3; allowed: a UUID"),
        ({"mood": 3}, "fact is 'mood unknown'; allowed: "),
    ],
)
def test_it_names_the_place_the_value_and_what_is_allowed(change: dict[str, Any], said: str) -> None:
    with pytest.raises(WireError) as caught:
        from_wire(GOOD | change)

    assert said in str(caught.value)


def test_it_names_what_is_missing() -> None:
    with pytest.raises(WireError, match="zone missing"):
        from_wire({key: value for key, value in GOOD.items() if key != "zone"})


@pytest.mark.parametrize("row", [None, [], "fact", 3])
def test_it_refuses_what_is_no_object(row: object) -> None:
    with pytest.raises(WireError, match="a JSON object"):
        from_wire(row)


def test_it_says_a_range_with_its_unit() -> None:
    assert str(Between(0, 30, "cm")) == "0 to 30 cm"


def test_it_sends_a_withdrawal() -> None:
    first = note(NightRating(7), NOTED, bytes(10))
    back = note(Withdrawal("slip"), NOTED, bytes(9) + b"1", supersedes=first.id)

    assert from_wire(to_wire(back)) == back
    assert RangeError("a", 1, "2").allowed == "2"


def test_it_keeps_a_wall_time_of_a_wish() -> None:
    wish = note(Wishes(time(21, 30)), NOTED, bytes(10))

    assert from_wire(to_wire(wish)).payload == Wishes(time(21, 30))


def test_it_reads_a_wish_that_was_stored_before_there_was_more_to_wish() -> None:
    old = to_wire(note(Wishes(time(21, 30)), NOTED, bytes(10))) | {
        "payload": {"usual_onset": "21:30:00", "posture": "seated"}
    }

    assert from_wire(old).payload == Wishes(time(21, 30), Posture.SEATED)


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ({"place": {"latitude": 91, "longitude": 0}}, "Place.latitude is 91; allowed: -90 to 90 degrees"),
        ({"place": {"latitude": 1, "longitude": 181}}, "Place.longitude is 181; allowed: -180 to 180 degrees"),
        ({"place": {"latitude": "52", "longitude": 13}}, "'52'; allowed: a number @ $.place.latitude"),
        ({"bedtime": "23:00+01:00"}, "Wishes.bedtime is '23:00:00+01:00'; allowed: a wall time without zone"),
        ({"age": "70"}, "'70'; allowed: under_65, from_65, from_80"),
        ({"settings": ["mat", "mat"]}, "Wishes.settings is 'mat, mat'; allowed: each once"),
        ({"settings": [""]}, "Wishes.settings is ''; allowed: 1 to 80 characters"),
    ],
)
def test_it_refuses_a_wish_that_no_evening_can_have(payload: dict[str, Any], said: str) -> None:
    with pytest.raises(WireError) as caught:
        from_wire(to_wire(note(Wishes(), NOTED, bytes(10))) | {"payload": payload})

    assert said in str(caught.value)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_it_keeps_a_place_to_a_tenth_of_a_degree(latitude: float, longitude: float) -> None:
    place = Place(latitude, longitude)

    assert round(place.latitude * 10) == pytest.approx(place.latitude * 10, abs=1e-9)
    assert abs(place.latitude - latitude) <= 0.0500001
    assert abs(place.longitude - longitude) <= 0.0500001
