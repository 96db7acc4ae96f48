"""Gadgetbridge: several makers' tables in one database, each device by its name."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats import written_databases as wd
from tests.formats.made.gadgetbridge import (
    BAND,
    BOTH,
    CMF,
    GARMIN,
    MINUTE,
    TEN,
    WATCH,
    XIAOMI,
    garmin_event,
    garmin_stage,
    night,
    xiaomi,
)
from tests.formats.test_known import all_of

from quietlegs.formats.known import read, sniff
from quietlegs.formats.reading import Entry, LeftOut
from quietlegs.records.slept import Sleep


def put(folder: Path, rows: list[wd.Statement], *, zipped: bool = False) -> Path:
    content = wd.database(wd.GADGETBRIDGE, rows)
    file = folder / ("backup.zip" if zipped else "Gadgetbridge")
    file.write_bytes(wd.zipped("database/Gadgetbridge", content) if zipped else content)
    return file


@pytest.mark.parametrize("zipped", [False, True])
def test_it_reads_two_watches_in_one_night(tmp_path: Path, zipped: bool) -> None:
    found = all_of(put(tmp_path, BOTH, zipped=zipped))

    assert [(one.night, one.payload) for one in found if isinstance(one, Entry)] == [
        (date(2026, 1, 1), BAND),
        (date(2026, 1, 1), WATCH),
    ]
    assert len(found) == 2


def test_it_counts_no_awakenings_where_being_awake_has_no_number(tmp_path: Path) -> None:
    stage = ("CMF_SLEEP_STAGE_SAMPLE", (wd.ms(TEN + 9 * MINUTE), CMF, 1, 60, 2))
    rows = [night("CMF_SLEEP_SESSION_SAMPLE", CMF, TEN, TEN + 400 * MINUTE), stage]

    [found] = all_of(put(tmp_path, rows))

    assert isinstance(found, Entry)
    assert found.payload == Sleep(TEN, TEN + 9 * MINUTE, TEN + 400 * MINUTE, source="Pro")


def test_it_tells_two_devices_of_one_name_apart(tmp_path: Path) -> None:
    later = night("XIAOMI_SLEEP_TIME_SAMPLE", 4, TEN, TEN + 400 * MINUTE)
    rows = [("DEVICE", (4, "Band 8", "Xiaomi", None)), xiaomi(TEN, TEN + 480 * MINUTE), later]

    found = all_of(put(tmp_path, rows))

    assert [one.payload.source for one in found if isinstance(one, Entry) and isinstance(one.payload, Sleep)] == [
        "Band 8 1",
        "Band 8 4",
    ]


def test_it_says_what_it_does_not_read(tmp_path: Path) -> None:
    [none] = all_of(put(tmp_path, []))
    assert isinstance(none, LeftOut)
    assert none.why == "none of its devices keeps nights in a table of their own"

    [other] = all_of(put(tmp_path, [("HUAMI_SLEEP_SESSION_SAMPLE", (1, 1, 1, b"\1"))]))
    assert isinstance(other, LeftOut)
    assert f"{other.place}: {other.why}" == "table HUAMI_SLEEP_SESSION_SAMPLE: its kind of sleep is not read yet"


def test_it_names_rows_that_cannot_be_and_reads_on(tmp_path: Path) -> None:
    rows = [
        night("XIAOMI_SLEEP_TIME_SAMPLE", XIAOMI, TEN - 600 * MINUTE, None),
        xiaomi(TEN, TEN + 480 * MINUTE),
        ("XIAOMI_SLEEP_STAGE_SAMPLE", (wd.ms(TEN), XIAOMI, 1, "deep")),
        ("GARMIN_SLEEP_STAGE_SAMPLE", ("never", GARMIN, 1, 2)),
    ]

    found = all_of(put(tmp_path, rows))

    assert [one.place for one in found if isinstance(one, LeftOut) and one.bad] == [
        "table XIAOMI_SLEEP_TIME_SAMPLE, row 1",
        "table XIAOMI_SLEEP_STAGE_SAMPLE, row 1",
        "table GARMIN_SLEEP_STAGE_SAMPLE, row 1",
    ]
    assert [one.payload for one in found if isinstance(one, Entry)] == [
        Sleep(TEN, None, TEN + 480 * MINUTE, source="Band 8")
    ]


STAGES = st.lists(st.tuples(st.sampled_from([1, 2, 3, 4]), st.integers(1, 170)), min_size=1, max_size=12)


@settings(max_examples=20)
@given(nights=st.lists(STAGES, min_size=1, max_size=6))
def test_it_gives_back_each_night_that_was_written(
    tmp_path_factory: pytest.TempPathFactory, nights: list[list[tuple[int, int]]]
) -> None:
    rows, wanted = [], []
    for number, stages in enumerate(nights):
        began = at = TEN + timedelta(days=3 * number)
        rows.append(garmin_event(began, 0))
        told = []
        for kind, minutes in stages:
            told.append((at, kind != 1))
            at += minutes * MINUTE
            rows.append(garmin_stage(at, kind))
        rows.append(garmin_event(at, 1))
        asleep = [when for when, sleeps in told if sleeps]
        later = [sleeps for when, sleeps in told if asleep and when >= asleep[0]]
        woken = sum(now and not before for before, now in pairwise(later))
        if timedelta(minutes=30) <= at - began <= timedelta(hours=24):
            wanted.append(Sleep(began, asleep[0] if asleep else None, at, woken, source="My watch"))
    file = put(tmp_path_factory.mktemp("nights"), rows)

    assert [one.payload for one in read(sniff(file), file, "UTC") if isinstance(one, Entry)] == wanted
