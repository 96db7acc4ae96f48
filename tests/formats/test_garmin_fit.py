"""FIT files: every record of a real walk against an independent decoding, and nights written by hand."""

import csv
import random
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats import written_fit as wf
from tests.formats.test_known import BERLIN, SAMPLES, all_of, on_real_files

from quietlegs.formats.garmin_fit.messages import Message, messages
from quietlegs.formats.known import known, read, sniff
from quietlegs.formats.reading import Entry, LeftOut
from quietlegs.records.done import Practice, Work
from quietlegs.records.slept import Sleep

REAL_WALK = SAMPLES / "garmin_fit" / "garmin-fenix-5-walk.fit"
DECODED = REAL_WALK.with_name("garmin-fenix-5-walk-records.csv")
TEN, NIGHT, MINUTE = wf.TEN, wf.NIGHT, wf.MINUTE
SLEPT = Sleep(TEN, TEN + 20 * MINUTE, TEN + 480 * MINUTE, 1, source="Garmin")


def put(folder: Path, content: bytes, name: str = "some.fit") -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def payloads(found: list[Entry | LeftOut]) -> list[object]:
    return [one.payload for one in found if isinstance(one, Entry)]


def whys(found: list[Entry | LeftOut]) -> list[str]:
    return [one.why for one in found if isinstance(one, LeftOut)]


@on_real_files
def test_it_reads_every_record_of_a_real_walk() -> None:
    with REAL_WALK.open("rb") as stream:
        told = [one for one in messages(stream) if isinstance(one, Message) and one.name == "record"]
    rows = list(csv.DictReader(DECODED.read_text(encoding="utf-8").splitlines()))

    assert len(told) == len(rows) == 17
    for one, row in zip(told, rows, strict=True):
        # The other program's clock stood seven hours behind UTC.
        at = datetime.strptime(row["timestamp"].replace("PDT", "-0700"), "%a %b %d %H:%M:%S %z %Y")
        assert one.values["timestamp"] == at
        for name in ("heart_rate", "cadence", "speed", "distance", "position_lat", "position_long", "temperature"):
            assert one.values[name] == pytest.approx(float(row[name])), name
        assert one.values["altitude"] == pytest.approx(float(row["altitude"]))


@on_real_files
def test_it_notes_a_real_walk_for_the_night_after_it() -> None:
    # By hand: 7:32:51 to 7:33:36 in the morning of 11 June 2017, by a clock seven hours behind UTC; 45.379 s.
    [found] = all_of(REAL_WALK)

    assert isinstance(found, Entry)
    done = Work(both_s=45.379)
    assert (found.night, found.payload) == (date(2017, 6, 11), Practice("walk", 1, planned=done, done=done))
    assert f"{found.noted.wall:%Y-%m-%d %H:%M:%S} {found.noted.zone}" == "2017-06-11 07:33:36 Etc/GMT+7"
    assert found.said == (
        "11 June 2017: a walk of 45 s, noted as “Easy walk”; its distance, pulse and way are not kept"
    )


@on_real_files
def test_it_reads_what_came_before_the_cut(tmp_path: Path) -> None:
    whole = REAL_WALK.read_bytes()
    lengths = []
    for cut in range(len(whole) - 1, 0, -97):
        found = list(read(known()["garmin_fit"], put(tmp_path, whole[:cut]), BERLIN))
        assert any(isinstance(one, LeftOut) and one.bad for one in found), cut
        lengths += [one.done.both_s for one in payloads(found) if isinstance(one, Practice)]

    # With its summary the walk is known to the millisecond, before that by its records: 46 s and less.
    assert {45.379, 46} < set(lengths)
    assert max(lengths) == 46


@on_real_files
def test_it_takes_nothing_from_a_file_whose_checksum_does_not_fit(tmp_path: Path) -> None:
    whole = bytearray(REAL_WALK.read_bytes())
    how = random.Random(20261127)
    for _time in range(60):
        spoiled = bytearray(whole)
        spoiled[how.randrange(14, len(whole))] ^= 1 << how.randrange(8)
        found = list(read(known()["garmin_fit"], put(tmp_path, bytes(spoiled)), BERLIN))
        assert any(isinstance(one, LeftOut) and one.bad for one in found)
        # What is read of a file that breaks off is never longer than the walk was.
        assert all(isinstance(one, Practice) and one.done.both_s <= 46 for one in payloads(found))


@pytest.mark.parametrize("turned", [False, True])
def test_it_reads_a_night_by_its_stages_in_whatever_order(tmp_path: Path, turned: bool) -> None:
    file = put(tmp_path, wf.fit([NIGHT[0], *reversed(NIGHT[1:])] if turned else NIGHT))

    [found] = all_of(file)

    assert isinstance(found, Entry)
    assert (found.night, found.payload) == (date(2026, 1, 1), SLEPT)
    assert "no real file with sleep was tried yet" in found.said


def test_it_takes_the_count_of_the_watch_itself(tmp_path: Path) -> None:
    [found] = payloads(all_of(put(tmp_path, wf.fit([*NIGHT, wf.awakenings(7)]))))

    assert isinstance(found, Sleep)
    assert found.awakenings == 7


def test_it_reads_nights_apart_and_without_their_ends(tmp_path: Path) -> None:
    day = timedelta(days=1)
    later = [wf.stage(TEN + day + n * 60 * MINUTE, "light") for n in range(9)]
    ends_alone = [wf.sleep_event(TEN + 2 * day + n * 7 * 60 * MINUTE, ends=bool(n)) for n in range(2)]

    found = payloads(all_of(put(tmp_path, wf.fit([*NIGHT, *later, *ends_alone]))))

    assert found == [
        SLEPT,
        Sleep(TEN + day, TEN + day, TEN + day + 480 * MINUTE, 0, source="Garmin"),
        Sleep(TEN + 2 * day, None, TEN + 2 * day + 420 * MINUTE, source="Garmin"),
    ]


def test_it_says_what_has_no_place_in_the_diary(tmp_path: Path) -> None:
    run = wf.session(TEN, 1_800_000, sport=wf.RUNNING)
    long = wf.session(TEN, 7_201_000)
    broken = wf.Told(wf.SESSION, [(5, wf.ENUM, wf.WALKING)])

    assert whys(all_of(put(tmp_path, wf.fit([run, long, broken])))) == [
        "running, 30 min: of movement, walks alone are kept",
        "a walk of 120 min; kept is half a minute to two hours",
        "it has no beginning or no length",
    ]
    assert whys(all_of(put(tmp_path, wf.fit([wf.file_id(9)])))) == [
        "nothing in it has a place in the diary: it is a file of the kind weight"
    ]


def test_it_reads_several_files_in_one_and_in_a_zip(tmp_path: Path) -> None:
    walk = wf.fit([wf.file_id(4), wf.session(TEN, 600_000)])
    spoiled = bytearray(walk)
    spoiled[-3] ^= 1
    chained = put(tmp_path, walk + wf.fit(NIGHT))
    with zipfile.ZipFile(tmp_path / "some.zip", "w") as archive:
        archive.writestr("a/1_ACTIVITY.fit", walk)
        archive.writestr("a/2.FIT", bytes(spoiled))
        archive.writestr("a/3.fit", wf.fit(NIGHT))

    zipped = all_of(tmp_path / "some.zip")

    assert payloads(all_of(chained)) == payloads(zipped)
    assert whys(zipped) == ["its checksum does not fit, so any number in it may be wrong"]
    assert [one.place for one in zipped] == [
        "1_ACTIVITY.fit, message 2, session",
        "2.FIT, the file",
        "3.fit, message 2, event",
    ]


def test_it_keeps_no_more_stages_than_a_year_has(tmp_path: Path) -> None:
    [found] = all_of(put(tmp_path, wf.fit(wf.stage(TEN + n * MINUTE, "light") for n in range(20_001))))

    assert isinstance(found, LeftOut)
    assert found.why == "it holds more than 20000 stages of sleep"


@given(
    began=st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1)),
    walked_ms=st.integers(30_000, 7_200_000),
    stood_ms=st.integers(0, 7_200_000),
    quarters=st.integers(-48, 56),
)
def test_it_gives_back_each_walk_that_was_written(
    tmp_path_factory: pytest.TempPathFactory, began: datetime, walked_ms: int, stood_ms: int, quarters: int
) -> None:
    at = began.replace(microsecond=0, tzinfo=UTC)
    ahead = quarters * timedelta(minutes=15)
    told = [wf.session(at, walked_ms, elapsed_ms=walked_ms + stood_ms), wf.activity(at, round(ahead.total_seconds()))]
    file = put(tmp_path_factory.mktemp("walk"), wf.fit(told))

    [found] = list(read(sniff(file), file, "UTC"))

    assert isinstance(found, Entry)
    assert isinstance(found.payload, Practice)
    assert found.payload.done.both_s == pytest.approx(walked_ms / 1000)
    assert found.noted.at == at + timedelta(milliseconds=walked_ms + stood_ms)
    # An offset of whole hours is lived in; another one is told in the person's own zone.
    lived = ahead if quarters % 4 == 0 else timedelta(0)
    assert found.noted.offset == lived
    assert found.night == (at + lived - timedelta(hours=4)).date()


STAGE = st.tuples(st.sampled_from(["awake", "light", "deep", "rem"]), st.integers(1, 170))


@given(stages=st.lists(STAGE, min_size=2, max_size=40), hour=st.integers(0, 23))
def test_it_gives_back_each_night_that_was_written(
    tmp_path_factory: pytest.TempPathFactory, stages: list[tuple[str, int]], hour: int
) -> None:
    began = TEN.replace(hour=hour)
    told, at = [wf.sleep_event(began, ends=False)], began
    starts = []
    for name, minutes in stages:
        starts.append((name, at))
        at += minutes * MINUTE
        told.append(wf.stage(at, name))
    file = put(tmp_path_factory.mktemp("night"), wf.fit([*told, wf.sleep_event(at, ends=True)]))

    [found] = list(read(sniff(file), file, "UTC"))

    if not timedelta(minutes=30) <= at - began <= timedelta(hours=24):
        assert isinstance(found, LeftOut)
        return
    asleep = [name != "awake" for name, _minutes in stages]
    woken = sum(asleep[i] and not asleep[i - 1] and any(asleep[: i - 1]) for i in range(1, len(asleep)))
    first = next((start for name, start in starts if name != "awake"), None)
    assert payloads([found]) == [Sleep(began, first, at, woken, source="Garmin")]
