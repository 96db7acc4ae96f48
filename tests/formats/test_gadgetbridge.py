"""Gadgetbridge: several makers' tables in one database, each device by its name."""

from datetime import UTC, date, datetime, timedelta
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
    huami,
    huawei,
    huawei_stages,
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

    rows: list[wd.Statement] = [(table, (1, 1, 1, 1)) for table in ("LEFUN_SLEEP_SAMPLE", "HUAWEI_SLEEP_APNEA_SAMPLE")]
    [other] = all_of(put(tmp_path, rows))
    assert isinstance(other, LeftOut)
    assert f"{other.place}: {other.why}" == "table LEFUN_SLEEP_SAMPLE: its kind of sleep is not read yet"


MIDNIGHT = datetime(2026, 1, 1, 23, tzinfo=UTC)


def test_it_reads_the_bytes_of_a_huami_watch(tmp_path: Path) -> None:
    # In Berlin midnight of 2 January; 1330 minutes after the one before it is 22:10 on the 1st.
    stages = [(1330, 1344, 7), (1345, 1500, 4), (1501, 1510, 7), (1511, 1700, 5), (1701, 1820, 8)]

    [found] = all_of(put(tmp_path, [huami(MIDNIGHT, 1330, 1820, stages, TEN + 480 * MINUTE)]))

    assert isinstance(found, Entry)
    began = datetime(2026, 1, 1, 21, 10, tzinfo=UTC)
    assert found.night == date(2026, 1, 1)
    assert found.payload == Sleep(began, began + 15 * MINUTE, began + 490 * MINUTE, 1, source="Helio")


def test_it_takes_a_night_that_a_huami_watch_told_anew_as_it_was_told_last(tmp_path: Path) -> None:
    rows = [
        huami(MIDNIGHT, 1330, 1500, [], TEN + 200 * MINUTE),
        huami(MIDNIGHT, 1330, 1820, [(1340, 1820, 4)], TEN + 480 * MINUTE),
        huami(MIDNIGHT + timedelta(days=1), 1330, 1820, [(1330, 1329, 4)], TEN + 1920 * MINUTE),
    ]

    first, anew, next_night = all_of(put(tmp_path, rows))

    assert isinstance(first, LeftOut)
    assert f"{first.place}: {first.why}" == (
        "table HUAMI_SLEEP_SESSION_SAMPLE, row 1: "
        "the watch told this night anew: table HUAMI_SLEEP_SESSION_SAMPLE, row 2"
    )
    assert isinstance(anew, Entry)
    assert isinstance(anew.payload, Sleep)
    assert anew.payload.asleep_at == TEN - 40 * MINUTE
    # Stages that cannot be tell nothing, and the ends stay.
    assert isinstance(next_night, Entry)
    assert next_night.payload == Sleep(
        TEN + timedelta(days=1) - 50 * MINUTE, None, TEN + timedelta(days=1) + 440 * MINUTE, source="Helio"
    )


@pytest.mark.parametrize(
    ("data", "said", "bad"),
    [(b"\1", "DATA is b'\\x01'; allowed: 594 bytes", True), (None, "DATA is None; allowed: 594 bytes", True),
     (bytes(594), "it has no sleep", False)],
)  # fmt: skip
def test_it_names_bytes_that_are_no_night(tmp_path: Path, data: bytes | None, said: str, bad: bool) -> None:
    [found] = all_of(put(tmp_path, [("HUAMI_SLEEP_SESSION_SAMPLE", (wd.ms(TEN), 5, 1, data))]))

    assert isinstance(found, LeftOut)
    assert (found.why, found.bad) == (said, bad)


def test_it_reads_the_minutes_of_a_huawei_watch(tmp_path: Path) -> None:
    bed = TEN - 68 * MINUTE
    # 57 minutes awake in bed, then asleep; one waking before the last stage; up after 524 minutes.
    stages = [(4, 57), (1, 7), (3, 9), (2, 11), (1, 417), (4, 1), (1, 22)]
    rows = [huawei(bed + 57 * MINUTE, bed + 524 * MINUTE, bed), *huawei_stages(bed, stages)]

    [found] = all_of(put(tmp_path, rows))

    assert isinstance(found, Entry)
    assert found.payload == Sleep(bed, bed + 57 * MINUTE, bed + 524 * MINUTE, 1, source="GT 5")


@pytest.mark.parametrize("bed", [None, TEN - timedelta(days=2), TEN + 60 * MINUTE])
def test_it_needs_no_time_of_going_to_bed_and_no_stages(tmp_path: Path, bed: datetime | None) -> None:
    [found] = all_of(put(tmp_path, [huawei(TEN + timedelta(seconds=30), TEN + 480 * MINUTE, bed)]))

    assert isinstance(found, Entry)
    assert found.payload == Sleep(TEN, TEN, TEN + 480 * MINUTE, source="GT 5")


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
