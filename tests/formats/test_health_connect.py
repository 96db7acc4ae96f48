"""Health Connect: nights of several programs, each in the zone that it was slept in."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats import written_databases as wd
from tests.formats.made.health_connect import MINUTE, NIGHT, SLEPT, TEN
from tests.formats.test_known import BERLIN, all_of

from quietlegs.formats.known import read, sniff
from quietlegs.formats.reading import Entry, LeftOut
from quietlegs.records.slept import Sleep


def put(folder: Path, rows: list[wd.Statement], *, zipped: bool = False) -> Path:
    content = wd.database(wd.HEALTH_CONNECT, rows)
    file = folder / ("export.zip" if zipped else "health_connect_export.db")
    file.write_bytes(wd.zipped("health_connect_export.db", content) if zipped else content)
    return file


@pytest.mark.parametrize("zipped", [False, True])
def test_it_reads_a_night_and_its_stages(tmp_path: Path, zipped: bool) -> None:
    [found] = all_of(put(tmp_path, NIGHT, zipped=zipped))

    assert isinstance(found, Entry)
    assert (found.night, found.payload) == (date(2026, 1, 1), SLEPT)
    assert found.source_id == "0" * 31 + "1"


def test_it_keeps_the_nights_of_two_programs_apart(tmp_path: Path) -> None:
    both = all_of(put(tmp_path, [*NIGHT, wd.slept(2, TEN, TEN + 400 * MINUTE, app=2)]))

    assert [one.payload for one in both if isinstance(one, Entry)] == [
        SLEPT,
        Sleep(TEN, None, TEN + 400 * MINUTE, source="org.watch"),
    ]


def test_it_tells_a_night_in_the_zone_that_it_was_slept_in(tmp_path: Path) -> None:
    # Eight in the evening in Los Angeles is five in the morning in Berlin.
    began, ended = datetime(2026, 1, 2, 4, tzinfo=UTC), datetime(2026, 1, 2, 12, tzinfo=UTC)
    rows = [wd.slept(1, began, ended, offset_s=-8 * 3600), wd.slept(2, began, ended, offset_s=None)]

    away, home = all_of(put(tmp_path, rows))

    assert isinstance(away, Entry)
    assert isinstance(home, Entry)
    assert (away.noted.zone, f"{away.noted.wall:%H:%M}", away.night) == ("Etc/GMT+8", "04:00", date(2026, 1, 1))
    assert (home.noted.zone, f"{home.noted.wall:%H:%M}", home.night) == (BERLIN, "13:00", date(2026, 1, 1))


def test_it_names_table_row_column_value_and_range_and_reads_on(tmp_path: Path) -> None:
    name, cells = wd.slept(1, TEN, TEN + 480 * MINUTE)
    rows = [(name, (*cells[:4], "x", *cells[5:])), wd.slept(2, TEN, TEN - MINUTE), wd.slept(3, TEN, TEN + 480 * MINUTE)]

    found = all_of(put(tmp_path, [*rows, wd.stage(3, TEN, TEN + MINUTE, 9)]))

    assert [(one.place, one.why) for one in found if isinstance(one, LeftOut)] == [
        (
            "table sleep_session_record_table, row 1",
            "start_time is 'x'; allowed: a whole number from 0 to 7258118400000",
        ),
        ("table sleep_stages_table, row 1", "stage_type is 9; allowed: a whole number from 0 to 7"),
        ("table sleep_session_record_table, row 2", "it ends before it begins"),
    ]
    assert [one.payload for one in found if isinstance(one, Entry)] == [
        Sleep(TEN, None, TEN + 480 * MINUTE, source="Ring")
    ]


def test_it_tells_only_the_ends_of_a_night_whose_stages_are_in_no_order(tmp_path: Path) -> None:
    [found] = all_of(put(tmp_path, [NIGHT[0], *reversed(NIGHT[1:])]))

    assert isinstance(found, Entry)
    assert found.payload == Sleep(TEN, None, TEN + 480 * MINUTE, source="Ring")


def test_it_says_that_there_is_no_sleep(tmp_path: Path) -> None:
    file = tmp_path / "export.zip"
    file.write_bytes(wd.zipped("health_connect_export.db", wd.database("CREATE TABLE steps_record_table (count);", [])))

    [found] = all_of(file)

    assert isinstance(found, LeftOut)
    assert f"{found.place}: {found.why}" == "table sleep_session_record_table: there is no such table"


STAGES = st.lists(st.tuples(st.integers(1, 7), st.integers(1, 90)), max_size=12)
NIGHTS = st.lists(st.tuples(st.integers(0, 1439), st.integers(30, 900), STAGES), min_size=1, max_size=8)


@settings(max_examples=20)
@given(nights=NIGHTS)
def test_it_gives_back_each_night_that_was_written(
    tmp_path_factory: pytest.TempPathFactory, nights: list[tuple[int, int, list[tuple[int, int]]]]
) -> None:
    rows, wanted = [], []
    for number, (start, length, stages) in enumerate(nights, start=1):
        began = TEN + timedelta(days=2 * number, minutes=start)
        rows.append(wd.slept(number, began, began + length * MINUTE))
        at, told = began, []
        for kind, minutes in stages:
            if at + minutes * MINUTE > began + length * MINUTE:
                break
            rows.append(wd.stage(number, at, at + minutes * MINUTE, kind))
            told.append((at, kind in {2, 4, 5, 6}))
            at += minutes * MINUTE
        first = next((place for place, (_at, asleep) in enumerate(told) if asleep), None)
        later = [asleep for _at, asleep in told[first:]] if first is not None else []
        woken = sum(now and not before for before, now in pairwise(later))
        # Who knows of sleep alone, and of no phase, knows of no awakening.
        counted = woken if {kind for kind, _minutes in stages[: len(told)]} - {2} else None
        wanted.append(
            Sleep(began, told[first][0] if first is not None else None, began + length * MINUTE, counted, source="Ring")
        )
    file = put(tmp_path_factory.mktemp("nights"), rows)

    assert [one.payload for one in read(sniff(file), file, "UTC") if isinstance(one, Entry)] == wanted
