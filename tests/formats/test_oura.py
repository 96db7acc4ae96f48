"""Oura: one ring, three exports, the same nights."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.made.oura import HEADER, MADE, PHASES
from tests.formats.test_known import all_of, written
from tests.formats.test_withings import payloads, put

from quietlegs.formats.known import known, read, sniff
from quietlegs.formats.reading import Entry, LeftOut
from quietlegs.records.slept import Sleep

TEN = datetime(2026, 1, 1, 21, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SLEPT = Sleep(TEN, TEN + 10 * MINUTE, TEN + 480 * MINUTE, 1, source="Oura")
TIMES: dict[str, Any] = {"bedtime_start": "2026-01-01T22:10:00+01:00", "bedtime_end": "2026-01-02T06:10:00+01:00"}


def test_it_reads_the_account_export(tmp_path: Path) -> None:
    for file in (put(tmp_path, {"App Data/SleepModel.csv": MADE}), written(tmp_path, MADE.decode(), "sleepmodel.csv")):
        assert sniff(file).key == "oura"
        first, second, third = all_of(file)

        assert isinstance(first, Entry)
        assert (first.night, first.payload) == (date(2026, 1, 1), SLEPT)
        assert first.source_id == "a1 2026-01-01T21:10:00+00:00"
        # Without phases sleep came after the time that the ring took for it.
        began = datetime(2026, 1, 2, 22, tzinfo=UTC)
        assert payloads([second]) == [Sleep(began, began + 10 * MINUTE, began + 480 * MINUTE, source="Oura")]
        assert isinstance(third, LeftOut)
        assert (third.why, third.bad) == ("it is no sleep, but rest", False)


@pytest.mark.parametrize(
    "row",
    [
        {"sleep_phase_5_min": PHASES, "latency": 1},
        {"hypnogram_5min": PHASES, "onset_latency": 1, "period_id": 0},
        {"sleep_phase_5_min": list(PHASES)},
        {"sleep_phase_5_min": [int(phase) for phase in PHASES]},
        {"sleep_phase_5_min": json.dumps(list(PHASES))},
    ],
)
@pytest.mark.parametrize("root", ["list", "sleep", "data"])
def test_it_reads_lists_of_every_shape(tmp_path: Path, row: dict[str, object], root: str) -> None:
    rows = [TIMES | row]

    file = written(tmp_path, json.dumps(rows if root == "list" else {"profile": {}, root: rows}), "oura.json")

    assert sniff(file).key == "oura"
    assert payloads(all_of(file)) == [SLEPT]


def test_it_reads_the_table_of_trends(tmp_path: Path) -> None:
    text = (
        "date,Sleep Score,Total Bedtime,Sleep Latency,Bedtime Start,Bedtime End,Steps\n"
        f"2026-01-02,84,28800,600,{TIMES['bedtime_start']},{TIMES['bedtime_end']},9004\n"
        "2026-01-03,,,,,,12\n"
    )

    night, day = all_of(written(tmp_path, text, "oura_trends.csv"))

    assert payloads([night]) == [Sleep(TEN, TEN + 10 * MINUTE, TEN + 480 * MINUTE, source="Oura")]
    assert isinstance(day, LeftOut)
    assert (day.why, day.bad) == ("it has no sleep", False)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"bedtime_end": None}, "bedtime_end is ''; allowed: a time such as"),
        (
            {"sleep_phase_5_min": "__import__('os')"},
            "sleep_phase_5_min is \"__import__('os')\"; allowed: up to 288 digits",
        ),
        ({"sleep_phase_5_min": "2" * 289}, "sleep_phase_5_min is"),
        ({"latency": -1}, "latency is '-1'; allowed: 0 to 86400 seconds"),
        ({"latency": 80_000}, "Sleep.up_at is"),
    ],
)
def test_it_names_what_cannot_be_and_runs_nothing_of_it(tmp_path: Path, row: dict[str, object], said: str) -> None:
    found = all_of(written(tmp_path, json.dumps([TIMES | row, TIMES]), "oura.json"))

    assert isinstance(found[0], LeftOut)
    assert (found[0].place, found[0].bad) == ("entry 1", True)
    assert found[0].why.startswith(said)
    assert len(payloads(found)) == 1


@pytest.mark.parametrize("text", ['{"sleep": 7, "bedtime_start": 1}', "[", '["bedtime_start"]', "[" * 5000])
def test_it_survives_lists_that_are_none(tmp_path: Path, text: str) -> None:
    found = list(read(known()["oura"], written(tmp_path, text, "oura.json"), "UTC"))

    assert payloads(found) == []


NIGHT = st.tuples(st.datetimes(datetime(2015, 1, 1), datetime(2040, 1, 1)), st.text("1234", min_size=6, max_size=288))


@settings(max_examples=50)
@given(nights=st.lists(NIGHT, max_size=6))
def test_it_gives_back_each_night_that_was_written(
    tmp_path_factory: pytest.TempPathFactory, nights: list[tuple[datetime, str]]
) -> None:
    rows, wanted = [], []
    for number, (start, phases) in enumerate(nights):
        began = start.replace(microsecond=0, tzinfo=UTC)
        ended = began + 5 * MINUTE * len(phases)
        rows.append(f"{number};;{ended.isoformat()};{began.isoformat()};;;;;{phases};sleep;\n")
        stripped = phases.lstrip("4")
        asleep = began + 5 * MINUTE * (len(phases) - len(stripped)) if stripped else None
        woken = len([run for run in stripped.rstrip("4").split("4") if run]) - 1
        wanted.append(Sleep(began, asleep, ended, min(max(woken, 0), 100), source="Oura"))
    file = written(tmp_path_factory.mktemp("nights"), HEADER + "".join(rows), "sleepmodel.csv")

    assert payloads(list(read(sniff(file), file, "UTC"))) == wanted
