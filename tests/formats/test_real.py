"""Every real file, read by hand: which night, which minutes; and what of any file is read when it was cut."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.formats.test_known import BERLIN, MADE, REAL, SAMPLES, all_of, on_real_files

from quietlegs.formats import nights
from quietlegs.formats.known import known, read
from quietlegs.formats.reading import Entry, LeftOut
from quietlegs.records.fact import Payload
from quietlegs.records.slept import Sleep

# What lies beside them is no export: the decoded walk of another program, and the schemas of what goes out.
BESIDE = {"garmin_fit": {"garmin-fenix-5-walk-records.csv"}}


def entries(found: list[Entry | LeftOut]) -> list[tuple[date, Payload]]:
    return [(one.night, one.payload) for one in found if isinstance(one, Entry)]


def at(told: str) -> datetime:
    return datetime.fromisoformat(told).astimezone(UTC)


@on_real_files
def test_it_knows_of_every_real_file() -> None:
    """Values of the walk stand in test_garmin_fit, of the moods in test_daylio, of the other phone in test_known."""
    for folder in SAMPLES.iterdir():
        if folder.is_dir() and folder.name in known():
            there = {one.name for one in folder.iterdir()} - BESIDE.get(folder.name, set())
            assert there == set(REAL[folder.name])


@on_real_files
def test_it_reads_the_nights_of_a_real_phone_two_days_earlier() -> None:
    found = all_of(SAMPLES / "sleep_as_android" / "sleep-export.4.zip")

    # By hand from the file: 27 Nov 2020 8:54-15:25, and 26 Nov 20:00 to 27 Nov 7:00 with three stars; London, so UTC.
    assert entries(found) == [
        (date(2020, 11, 26), Sleep(at("2020-11-27T08:54Z"), None, at("2020-11-27T15:25Z"), source="Sleep as Android")),
        (
            date(2020, 11, 26),
            Sleep(at("2020-11-26T20:00Z"), None, at("2020-11-27T07:00Z"), None, 6, "Sleep as Android"),
        ),
    ]
    # The other six last a minute or two: 28 Nov 8:17, 8:12, 8:10; 27 Nov 8:54, 8:50, 7:38.
    left_out = [one for one in found if isinstance(one, LeftOut)]
    assert [one.why for one in left_out] == ["it is shorter than half an hour"] * 6


@on_real_files
@pytest.mark.parametrize("name", REAL["apple_health"])
def test_it_reads_the_minutes_of_a_real_watch_and_a_real_phone(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    file = SAMPLES / "apple_health" / name
    assert [one.why for one in all_of(file) if isinstance(one, LeftOut)] == ["it is shorter than half an hour"] * 2
    monkeypatch.setattr(nights, "SHORTEST", nights.SHORTEST * 0)

    # By hand: both in the night to 1 January 2024, 0:55:28-0:56:53 in bed and 3:27:53-3:40:23 asleep, two hours ahead.
    assert entries(all_of(file)) == [
        (
            date(2023, 12, 31),
            Sleep(
                at("2024-01-01T03:27:53+02:00"),
                at("2024-01-01T03:27:53+02:00"),
                at("2024-01-01T03:40:23+02:00"),
                source="Alexandre's Apple Watch",
            ),
        ),
        (
            date(2023, 12, 31),
            Sleep(at("2024-01-01T00:55:28+02:00"), None, at("2024-01-01T00:56:53+02:00"), source="Alexandre's iPhone"),
        ),
    ]


@on_real_files
def test_it_reads_the_seconds_of_real_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    file = SAMPLES / "plees_tracker" / "plees-tracker.csv"
    assert [one.why for one in all_of(file) if isinstance(one, LeftOut)] == ["it is shorter than half an hour"] * 3
    monkeypatch.setattr(nights, "SHORTEST", nights.SHORTEST * 0)

    # By hand: on 18 December 2020, 20:23:49.380-20:24:17.541 without stars, 20:24:22.156-23.678 with five,
    # 20:24:26.387-27.794 with three.
    told = [
        ("23:49.380", "24:17.541", None),
        ("24:22.156", "24:23.678", 10),
        ("24:26.387", "24:27.794", 6),
    ]
    assert entries(all_of(file)) == [
        (
            date(2020, 12, 18),
            Sleep(at(f"2020-12-18T20:{out}Z"), None, at(f"2020-12-18T20:{up}Z"), None, stars, "Plees Tracker"),
        )
        for out, up, stars in told
    ]


def samples() -> list[tuple[str, bytes]]:
    real = [(key, SAMPLES / key / name) for key, names in REAL.items() for name in names]
    return [*MADE.items(), *((key, file.read_bytes()) for key, file in real if file.is_file())]


@pytest.mark.parametrize(("key", "data"), samples(), ids=lambda one: one if isinstance(one, str) else f"{len(one)}")
def test_it_takes_no_half_row_for_a_whole_one(tmp_path: Path, key: str, data: bytes) -> None:
    """What a cut leaves of a file is either what stands in the whole, or is left out."""
    file = tmp_path / "file"
    file.write_bytes(data)
    whole = entries(list(read(known()[key], file, BERLIN)))
    step = max(1, len(data) // 150)
    for place in {*range(0, len(data), step), *range(max(0, len(data) - 60), len(data))}:
        file.write_bytes(data[:place])
        found = list(read(known()[key], file, BERLIN))
        wrong = [one for one in entries(found) if one not in whole]
        # A watch's recording is kept as far as it went, and says that it was cut.
        if key == "garmin_fit" and wrong:
            assert any(isinstance(one, LeftOut) and one.bad for one in found)
        else:
            assert wrong == [], place
