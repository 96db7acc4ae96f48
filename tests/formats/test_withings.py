"""Withings: nights whose columns are named in any language, and minutes as lists in cells."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.made.withings import HEADER, MADE
from tests.formats.test_known import all_of

from quietlegs.formats.known import known, read, sniff
from quietlegs.formats.reading import Entry, LeftOut
from quietlegs.formats.withings import read as reading_withings
from quietlegs.records.slept import Sleep

MINUTE = timedelta(minutes=1)
ENGLISH = (
    'from,to,"light (s)","deep (s)","rem (s)","awake (s)","wake up","Duration to sleep (s)","Duration to wake up (s)"\n'
)
STATES, MAT = "raw_tracker_sleep-state.csv", "raw_bed_sleep-state.csv"


def put(folder: Path, members: dict[str, bytes]) -> Path:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    file = folder / "data.zip"
    file.write_bytes(packed.getvalue())
    return file


def plain(folder: Path, text: str, name: str = "sleep.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def payloads(found: list[Entry | LeftOut]) -> list[object]:
    return [one.payload for one in found if isinstance(one, Entry)]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 1, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize("zipped", [False, True])
def test_it_reads_nights_whatever_their_columns_are_called(tmp_path: Path, zipped: bool) -> None:
    file = put(tmp_path, {"sleep.csv": MADE}) if zipped else plain(tmp_path, MADE.decode())

    measured, bare = all_of(file)

    assert sniff(file).key == "withings"
    assert isinstance(measured, Entry)
    assert (measured.night, measured.payload) == (
        date(2026, 1, 1),
        Sleep(at(1, 22), at(1, 22, 20), at(2, 6), 2, source="Withings"),
    )
    # Where nothing was measured, a count of 0 is none.
    assert payloads([bare]) == [Sleep(at(2, 22, 30), None, at(3, 5, 30), source="Withings")]


def test_it_keeps_no_more_stages_than_thirty_years_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_withings, "_MOST_PIECES", 3)
    rows = [f'2026-01-{day:02}T23:00:00+01:00,"[3600]","[1]"' for day in range(1, 9)]

    [found] = all_of(put(tmp_path, {f"data/{STATES}": "\n".join(["start,duration,value", *rows]).encode()}))

    assert isinstance(found, LeftOut)
    assert (found.why, found.bad) == ("it holds more than 3 stages of sleep", True)


@pytest.mark.parametrize(("watch", "mat", "kept"), [(8, 2, "Withings mat"), (2, 8, "Withings watch")])
def test_it_keeps_the_nights_of_the_other_where_one_has_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, watch: int, mat: int, kept: str
) -> None:
    monkeypatch.setattr(reading_withings, "_MOST_PIECES", 3)
    files = {
        f"data/{name}": "\n".join(
            ["start,duration,value", *(f'2026-01-{1 + day:02}T23:00:00+01:00,"[3600]","[1]"' for day in range(many))]
        ).encode()
        for name, many in ((STATES, watch), (MAT, mat))
    }

    found = all_of(put(tmp_path, files))

    assert [one.why for one in found if isinstance(one, LeftOut)] == ["it holds more than 3 stages of sleep"]
    nights = [one for one in payloads(found) if isinstance(one, Sleep)]
    assert [(one.source, one.up_at) for one in nights] == [(kept, at(1, 23)), (kept, at(2, 23))]


def test_it_joins_the_states_of_a_watch_from_lists_in_cells(tmp_path: Path) -> None:
    rows = [
        "start,duration,value",
        '2026-01-02T03:00:00+01:00,"[3600,600,7200]","[2,0,3]"',
        '2026-01-01T23:00:00+01:00,"[1800,14400]","[0,1]"',
        '2026-01-02T12:00:00+01:00,"[3600]","[0]"',
    ]
    file = put(tmp_path, {f"data/{STATES}": "\n".join(rows).encode()})

    [found] = all_of(file)

    # Asleep 23:30 to 3:30 by one row, 3:00 to 4:00 and 4:10 to 6:10 by the other.
    assert isinstance(found, Entry)
    assert found.payload == Sleep(at(1, 22, 30), at(1, 22, 30), at(2, 5, 10), 1, source="Withings watch")
    assert found.place == f"{STATES}, line 3"


@pytest.mark.parametrize(
    ("duration", "value", "said"),
    [
        ("[60,60]", "[1]", "value is '[1]'; allowed: as many as lengths: 2"),
        ("[__import__('os')]", "[1]", "duration is \"[__import__('os')]\"; allowed: a list of whole numbers"),
        ("[60,-1]", "[1,1]", "duration is '[60,-1]'; allowed: a list of whole numbers"),
        ("[90000]", "[1]", "duration is '[90000]'; allowed: at most 86400 seconds"),
    ],
)
def test_it_runs_nothing_that_stands_in_a_list(tmp_path: Path, duration: str, value: str, said: str) -> None:
    row = f'2026-01-01T23:00:00+01:00,"{duration}","{value}"'

    [found] = all_of(plain(tmp_path, f"start,duration,value\n{row}\n", STATES))

    assert isinstance(found, LeftOut)
    assert found.bad
    assert found.why.startswith(said)


def test_it_names_line_column_value_and_range_and_reads_on(tmp_path: Path) -> None:
    good = "2026-01-01T23:00:00+01:00,2026-01-02T07:00:00+01:00,1,1,1,1,2,0,0"
    rows = [good.replace("2026-01-01", "yesterday"), good.replace(",2,", ",2.5,"), "1,2,3", good]

    found = all_of(plain(tmp_path, ENGLISH + "\n".join(rows)))

    assert [f"{one.place}: {one.why}" for one in found if isinstance(one, LeftOut)] == [
        "line 2: from is 'yesterdayT23:00:00+01:00'; allowed: a time such as 2026-01-31T22:05:00+01:00",
        "line 3: wake up is '2.5'; allowed: a whole number from 0 to 86400",
        "line 4: it has 3 cells; allowed: 9",
    ]
    assert payloads(found) == [Sleep(at(1, 22), None, at(2, 6), 2, source="Withings")]


def test_it_knows_no_other_table_by_its_name(tmp_path: Path) -> None:
    [found] = read(known()["withings"], plain(tmp_path, "from,to,minutes\n1,2,3\n"), "UTC")

    assert isinstance(found, LeftOut)
    assert found.why == "it is no table of nights"


NIGHT = st.tuples(
    st.datetimes(datetime(2015, 1, 1), datetime(2040, 1, 1)),
    st.integers(30, 1440),
    st.integers(-12, 14),
    st.integers(0, 86_000),
    st.integers(0, 100),
    st.integers(0, 1500),
)


@settings(max_examples=50)
@given(nights=st.lists(NIGHT, max_size=6))
def test_it_gives_back_each_night_that_was_written(
    tmp_path_factory: pytest.TempPathFactory, nights: list[tuple[datetime, int, int, int, int, int]]
) -> None:
    rows, wanted = [], []
    for start, minutes, hours, light, woke, latency in nights:
        began = start.replace(microsecond=0, tzinfo=timezone(timedelta(hours=hours)))
        ended = began + minutes * MINUTE
        measured = bool(light)
        asleep = min(latency, minutes * 60)
        rows.append(f"{began.isoformat()},{ended.isoformat()},{light},0,0,0,{woke},{asleep},0,0,0,0,0,0,\n")
        first = began.astimezone(UTC) + timedelta(seconds=asleep) if measured and asleep else None
        # Whichever the clock, a night lasts from noon to noon.
        night = (began - timedelta(hours=12)).date()
        sleep = Sleep(
            began.astimezone(UTC), first, ended.astimezone(UTC), woke if measured else None, source="Withings"
        )
        wanted.append((night, sleep))
    file = plain(tmp_path_factory.mktemp("nights"), HEADER + "".join(rows))

    found = list(read(sniff(file), file, "UTC"))

    assert [(one.night, one.payload) for one in found if isinstance(one, Entry)] == wanted
