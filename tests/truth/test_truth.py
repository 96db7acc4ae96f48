"""The truth in small, every time; and the page that holds the large run."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.truth.as_needed import as_needed
from tests.truth.cells import NULL, POWER, name_of
from tests.truth.measured import Measured
from tests.truth.oracle import boundary, oracle_power
from tests.truth.people import Missing, Person, Shape
from tests.truth.report import PAGE, page
from tests.truth.run import Job, measure, open_jobs
from tests.truth.studies import STUDIES, coverage, false_claims, power

from quietlegs.trials.spending import Spending

SEED = 20261123


def test_its_page_is_what_the_measurements_make() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(Measured.of())


def test_it_measured_every_study_in_every_cell() -> None:
    measured = Measured.of()

    for study in STUDIES:
        # A study of people in other worlds wants fewer, and says so; all of those are there.
        fewest = min(250, study.diaries)
        assert all(measured.sums(study, cell)["diaries"] >= fewest for cell in study.cells), study.name


def test_it_claims_rarely_where_nothing_acts() -> None:
    found = false_claims(Person(phi=0.8), 15, np.random.default_rng(SEED))

    assert found["claimed"] <= 4


def test_it_claims_often_where_an_arm_acts_and_covers_its_effect() -> None:
    person = Person(arms=2, effect=-2.0)

    assert power(person, 10, np.random.default_rng(SEED)) == {"right": 10, "wrong": 0}
    assert coverage(person, 100, np.random.default_rng(SEED))["covered"] >= 89


def test_it_covers_the_routine_by_assignment_where_stretching_follows_bad_legs() -> None:
    found = as_needed(Person(arms=2, effect=-1.0), 60, np.random.default_rng(SEED))

    assert found["means"] > 60
    assert found["regression"] > 30
    assert found["covered"] >= 52
    assert found["refused"] == 60


def test_it_prints_a_miss_as_a_miss(tmp_path: Path) -> None:
    measured, study = Measured.of(tmp_path / "measured.json"), next(one for one in STUDIES if one.name == "claims")
    measured.add(study, study.cells[0], {"claimed": 30})
    told = page(measured, Measured.of(tmp_path / "timed.json"))

    assert "30.0 % over all 1 cells; 1 above the allowance; worst 30.0 % | **no** |" in told
    assert told.count("not measured yet") == 17


def test_it_keeps_what_was_measured_and_goes_on_from_there(tmp_path: Path) -> None:
    file = tmp_path / "measured.json"
    measured, study = Measured.of(file), next(study for study in STUDIES if study.name == "coverage")
    before = open_jobs(measured, 1.0, ["coverage"])
    job = before[0]
    cell = study.cells[job.cell]
    measured.add(study, cell, {"covered": 240.0, "off": 1.0, "squared": 2.0})
    measured.add(study, cell, {"covered": 10.0, "off": 1.0, "squared": 2.0})
    again = Measured.of(file)

    assert again.sums(study, cell) == {"covered": 250, "off": 2, "squared": 4, "chunks": 2, "diaries": 500}
    assert len(open_jobs(again, 1.0, ["coverage"])) == len(before) - 2
    assert again.sums(replace(study, version=study.version + 1), cell)["diaries"] == 0
    assert json.loads(file.read_text(encoding="utf-8"))["coverage"]["version"] == study.version


def test_it_keeps_what_another_run_measured_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "measured.json"
    one, other = Measured.of(file), Measured.of(file)
    one.note("first", 1)
    other.note("second", 2)

    assert Measured.of(file).kept == {"first": 1, "second": 2}


def test_it_keeps_what_a_later_chunk_did_not_meet(tmp_path: Path) -> None:
    measured, study = Measured.of(tmp_path / "measured.json"), STUDIES[0]
    measured.add(study, study.cells[0], {"claimed": 1.0, "rare": 2.0})
    measured.add(study, study.cells[0], {"claimed": 1.0})

    assert measured.sums(study, study.cells[0])["rare"] == 2
    assert measured.sums(study, study.cells[0])["claimed"] == 2


def test_it_draws_the_same_people_again() -> None:
    place = next(place for place, study in enumerate(STUDIES) if study.name == "as needed")

    assert measure(Job(place, 0, 0)) == measure(Job(place, 0, 0))


def test_it_has_no_two_cells_of_one_name() -> None:
    for study in STUDIES:
        assert len({cell.name for cell in study.cells}) == len(study.cells)
    assert len({name_of(person) for person in NULL}) == len(NULL)


@pytest.mark.parametrize("person", [Person(phi=0.5), Person(phi=0.8, sd=1.0, trend=3.0)])
def test_its_people_are_as_they_are_called(person: Person) -> None:
    noise = person.noise(300, 2_000, np.random.default_rng(1))

    assert noise.std() == pytest.approx(person.sd, rel=0.02)
    assert np.corrcoef(noise[:, 1:].ravel(), noise[:, :-1].ravel())[0, 1] == pytest.approx(person.phi, abs=0.01)
    answers, codes = replace(person, effect=-1.0).diaries(4_000, np.random.default_rng(2))
    assert np.isnan(answers).mean() == pytest.approx(0.2, abs=0.01)
    means = [np.nanmean(np.where(codes == arm, answers, np.nan)) for arm in (0, 1)]
    assert means[1] - means[0] == pytest.approx(-1.0, abs=0.05)


def test_its_awkward_people_are_awkward() -> None:
    rng = np.random.default_rng(3)
    flaring = Person(shape=Shape.FLARES).noise(300, 2_000, rng)
    piled, _ = Person(whole=True).diaries(2_000, rng)
    extremes, _ = replace(Person(), which=Missing.EXTREMES).diaries(2_000, rng)

    assert flaring.std() == pytest.approx(2.0, rel=0.05)
    assert ((flaring / flaring.std()) ** 3).mean() > 1
    assert (piled == 0).sum() / (~np.isnan(piled)).sum() == pytest.approx(0.25, abs=0.06)
    assert np.nanstd(extremes) < 1.8


def test_its_oracle_spends_what_it_may_and_sees_more_the_more_there_is() -> None:
    strongest = np.abs(np.random.default_rng(4).normal(size=(20_000, 60))).cumsum(axis=1) / np.arange(1, 61)
    limits = boundary(strongest, Spending((60,), (0.05,)))
    seen = [
        oracle_power(replace(POWER[0], effect=effect), np.random.default_rng(5), null=2_000, people=500)[0]
        for effect in (-0.5, -2.0)
    ]

    assert (strongest >= limits).any(axis=1).mean() == pytest.approx(0.05, abs=1e-3)
    assert seen[0] < seen[1]
