"""Sleep as Open mHealth: what is known and nothing else, held against the official schemas where they lie beside us."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft7Validator
from tests.formats.every_kind import ASLEEP, OUT, UP, diary, fact

from quietlegs.formats.open_mhealth.write import points, written
from quietlegs.records.fact import current
from quietlegs.records.slept import Sleep

OFFICIAL = Path(__file__).resolve().parents[3] / "shared" / "samples" / "open_mhealth"


def only(sleep: Sleep) -> dict[str, Any]:
    found = list(points([fact(sleep, 1)]))
    assert len(found) == 1
    body: dict[str, Any] = found[0]["body"]
    return body


def test_it_tells_a_night_by_its_own_clock_when_summer_time_ends() -> None:
    assert only(Sleep(OUT, ASLEEP, UP, 2)) == {
        "effective_time_frame": {
            "time_interval": {
                "start_date_time": "2026-10-24T23:30:00+02:00",
                "end_date_time": "2026-10-25T06:30:00+01:00",
            }
        },
        "is_main_sleep": True,
        "latency_to_sleep_onset": {"value": 60, "unit": "min"},
        "number_of_awakenings": 2,
    }


def test_it_tells_nothing_that_was_not_noted() -> None:
    body = only(Sleep(asleep_at=ASLEEP, up_at=UP))

    assert set(body) == {"effective_time_frame", "is_main_sleep"}
    assert list(points([fact(Sleep(lights_out_at=OUT, up_at=UP), 1), fact(Sleep(quality=4), 2)])) == []


def test_it_writes_the_entry_that_was_noted_last_and_the_same_id_each_time() -> None:
    facts = [fact(Sleep(OUT, ASLEEP, UP), 1), fact(Sleep(OUT, ASLEEP, UP - timedelta(hours=1)), 2)]

    told = [json.loads("".join(written(order))) for order in (facts, facts[::-1])]

    assert told[0] == told[1]
    assert [point["header"]["acquisition_provenance"]["source_data_point_id"] for point in told[0]] == [
        str(facts[1].id)
    ]


def test_it_is_a_list_without_a_night_too() -> None:
    assert json.loads("".join(written([]))) == []


def official(name: str) -> dict[str, Any]:
    """One official schema; `1.x` is a file that holds the name of the newest one."""
    text = (OFFICIAL / "schema" / "omh" / name).read_text(encoding="utf-8").strip()
    if not text.startswith("{"):
        return official(text)
    schema: dict[str, Any] = json.loads(text)
    # They are of draft 4 and 7; of what they use, both say the same.
    return schema | {"$schema": "http://json-schema.org/draft-07/schema#", "$id": f"json-schema:///{name}"}


def judge(name: str) -> Draft7Validator:
    return Draft7Validator(
        official(name), retriever=lambda uri: official(uri.rpartition("/")[2]), validate_formats=True
    )


real = pytest.mark.real


@real
@pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the official documents are not beside the project")
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_the_official_schemas_judge_their_own_documents_as_they_should(version: str) -> None:
    episode, folder = judge(f"sleep-episode-{version}.json"), OFFICIAL / "test-data" / "omh" / "sleep-episode" / version
    documents = {file: json.loads(file.read_text(encoding="utf-8")) for file in folder.rglob("*.json")}

    assert documents
    for file, document in documents.items():
        assert episode.is_valid(document) == (file.parent.name == "shouldPass"), file


@real
@pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the official schemas are not beside the project")
def test_the_official_schemas_find_no_fault_in_ours_and_the_one_that_is_put_in() -> None:
    told = [point for one in current(diary()) for point in points([one])]
    point, header, episode = judge("data-point-1.0.json"), judge("header-1.2.json"), judge("sleep-episode-1.1.json")

    assert len(told) == 2
    for one in told:
        assert one["header"]["schema_id"] == {"namespace": "omh", "name": "sleep-episode", "version": "1.1"}
        assert point.is_valid(one)
        assert header.is_valid(one["header"])
        assert episode.is_valid(one["body"])
    spoiled = told[0]["body"] | {"latency_to_sleep_onset": {"value": 3, "unit": "banana"}}
    assert not episode.is_valid(spoiled)
