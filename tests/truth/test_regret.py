"""The plan as a whole: what must hold in small, every time; and the page that holds the large run."""

from dataclasses import replace

import numpy as np
import pytest
from tests.truth.measured import Measured
from tests.truth.regret import SIMPLE, regret, share_of
from tests.truth.regret_page import PAGE, plan_page
from tests.truth.regret_people import BREATH, CALF, FAMILY_OF, NIGHTS, RESTFUL, THINGS, Kind, Life, World, draw
from tests.truth.regret_plan import Stretch, follow
from tests.truth.regret_policies import restless
from tests.truth.studies import STUDIES, Study

SEED = 20261126


@pytest.fixture(scope="module")
def people() -> list[Life]:
    rng = np.random.default_rng(SEED)
    return [draw(World(), rng) for _ in range(60)]


@pytest.fixture(scope="module")
def harmed() -> Life:
    """A steady person whom every movement but rest makes far worse, and who misses no night."""
    rng = np.random.default_rng(SEED)
    base = np.full(NIGHTS, 4.0) + rng.normal(0, 0.5, NIGHTS)
    always = np.ones(NIGHTS, dtype=np.bool_)
    acts = {thing: 0.0 if FAMILY_OF.get(thing, RESTFUL) == RESTFUL else 2.5 for thing in THINGS}
    return Life(Kind.WORSE, acts, base, always, always, 0.0, SEED)


def test_its_page_is_what_the_measurements_make() -> None:
    assert PAGE.read_text(encoding="utf-8") == plan_page(Measured.of())


def test_it_prints_a_miss_as_a_miss() -> None:
    measured, study = Measured.of(), study_of("regret")
    sums = measured.sums(study, study.cells[0])
    closed = {name: value for name, value in sums.items() if not name.startswith("all plan: gain")}
    kept = {"all plan: gain": 0.4 * sums["all to oracle: gap"], "all plan: gain gain": sums["all plan: gain gain"]}
    measured.kept["regret"]["cells"][study.cells[0].name] = closed | kept

    assert "40.0 ±" in plan_page(measured).splitlines()[11]
    assert plan_page(measured).splitlines()[11].endswith("**no** |")


def study_of(name: str) -> Study:
    return next(one for one in STUDIES if one.name == name)


def test_its_people_are_as_the_page_says(people: list[Life]) -> None:
    rng = np.random.default_rng(SEED)
    many = [draw(World(), rng) for _ in range(1500)]
    worse = [life for life in many if life.kind is Kind.WORSE]
    free = [np.mean(life.base < 0.5) > 0.05 for life in many]

    assert len(worse) / len(many) == pytest.approx(0.25, abs=0.03)
    assert np.mean([life.harms(CALF) for life in worse]) == pytest.approx(0.6, abs=0.08)
    assert np.mean(free) == pytest.approx(0.3, abs=0.06)
    assert not any(act for life in many if life.kind is Kind.NOTHING for act in life.acts.values())


def test_it_lives_the_same_nights_under_every_policy(people: list[Life]) -> None:
    still = replace(people[0], acts=dict.fromkeys(THINGS, 0.0))
    felt = [policy(still).felt for policy in SIMPLE.values()]

    assert all(each == felt[0] for each in felt)


def test_it_feels_harm_in_full_and_a_second_help_by_half() -> None:
    life = draw(World(), np.random.default_rng(1))
    life = replace(life, acts={CALF: -2.0, "calf_towel": -1.0, "walk": -1.0, "alcohol": 1.0})

    assert life.doing({CALF}) == life.doing({CALF, "calf_towel", BREATH}) == -2.0
    assert life.doing({CALF, "walk"}) == -2.5
    assert life.doing({CALF, "walk", "alcohol"}) == -1.5


def test_it_never_loses_to_a_policy_when_everything_is_known(people: list[Life]) -> None:
    totals = {name: sum(sum(policy(life).felt) for life in people) for name, policy in SIMPLE.items()}

    assert min(totals, key=totals.__getitem__) == "oracle"
    assert totals["oracle"] < totals["best one"] < totals["restless"]


def test_it_changes_after_two_bad_nights_alone(people: list[Life]) -> None:
    calm = replace(people[0], base=np.full(NIGHTS, 3.0), acts={})
    bad = replace(calm, base=np.where(np.isin(np.arange(NIGHTS), (20, 21)), 9.0, 3.0), answered=np.ones(NIGHTS, bool))

    assert set().union(*restless(calm).assigned) == {CALF}
    assert restless(bad).assigned[21] == {CALF} != restless(bad).assigned[22]


def test_it_stops_harm_that_is_plain_within_weeks(harmed: Life) -> None:
    followed = follow(harmed)
    given = {thing for night in followed.living.assigned[77:84] for thing in night if harmed.harms(thing)}
    first = {thing for night in followed.living.assigned[:56] for thing in night if harmed.harms(thing)}

    assert CALF in first
    assert not first & given
    assert not any(harmed.harms(thing) for thing in followed.kept)
    # After two movements that made it worse only quiet things came.
    assert not any(harmed.harms(thing) for night in followed.living.assigned[60:] for thing in night)


def test_it_keeps_what_plainly_helps(harmed: Life) -> None:
    helped = replace(harmed, acts={CALF: -3.0}, kind=Kind.RESPONDS)
    followed = follow(helped)

    assert CALF in followed.kept
    assert all(CALF in night for night in followed.living.assigned[70:])
    assert followed.stretches[0] is Stretch.BEFORE


def test_it_adds_up_what_was_lost_by_what_the_nights_were_for() -> None:
    sums = regret(World(), 1, np.random.default_rng(SEED))
    lost = sum(value for name, value in sums.items() if name.startswith("lost: "))

    assert sum(value for name, value in sums.items() if name.startswith("nights: ")) == NIGHTS
    assert lost == pytest.approx(sums["all plan: burden"] - sums["all oracle: burden"])
    assert share_of(sums, "oracle") == (1.0, 0.0)
    assert share_of(sums, "article")[0] == 0.0
