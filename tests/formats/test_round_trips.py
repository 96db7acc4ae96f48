"""What is written in the format of another program comes back as it was, whatever it was."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import quoteattr
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.made.loop_habits import HABITS, backup, tables
from tests.formats.test_known import BERLIN, WATCH
from tests.records.test_wire import payloads

from quietlegs.formats.known import known, read, sniff
from quietlegs.formats.reading import Entry
from quietlegs.records.fact import Fact, Payload, note
from quietlegs.records.moment import instant_in, moment
from quietlegs.records.remark import Remark
from quietlegs.records.slept import Sleep
from quietlegs.records.wire import to_wire

FIRST, LAST = datetime(2000, 1, 1), datetime(2026, 1, 1)
word = st.text("abcäß☕ \"',;&<_", min_size=1, max_size=12).map(str.strip).filter(bool)
line = st.text("abcäß☕ \"',;|:", max_size=20)


def read_back(key: str, data: bytes, zone: str = BERLIN) -> list[Entry]:
    """Read what was written; it is known for what it is, and nothing of it is left out."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        file.write_bytes(data)
        assert sniff(file).key == key
        found = list(read(known()[key], file, zone))
    assert [one for one in found if not isinstance(one, Entry)] == []
    return [one for one in found if isinstance(one, Entry)]


def payloads_of(found: list[Entry]) -> list[Payload]:
    return [one.payload for one in found]


def table(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


@st.composite
def spans(draw: st.DrawFn, zone: str = "UTC") -> tuple[datetime, datetime]:
    """Draw a night of half an hour to a day, to the minute, whose ends are told once on that zone's clock."""
    where = ZoneInfo(zone)
    began = draw(st.datetimes(FIRST, LAST, timezones=st.just(UTC))).replace(second=0, microsecond=0)
    ended = began + timedelta(minutes=draw(st.integers(30, 24 * 60)))
    while any((at.astimezone(where)).fold for at in (began, ended)):
        began, ended = began + timedelta(hours=1), ended + timedelta(hours=1)
    return began, ended


def nights(zone: str = "UTC") -> st.SearchStrategy[list[tuple[datetime, datetime]]]:
    return st.lists(spans(zone), max_size=6, unique_by=lambda one: one[0])


@given(st.lists(st.tuples(spans(), st.integers(0, 5)), max_size=6))
@settings(deadline=None, max_examples=60)
def test_it_reads_plees_tracker(rows: list[tuple[tuple[datetime, datetime], int]]) -> None:
    told = [
        [f"{n}", *(f"{at.timestamp() * 1000:.0f}" for at in span), f"{stars}"] for n, (span, stars) in enumerate(rows)
    ]

    found = read_back("plees_tracker", table([["sid", "start", "stop", "rating"], *told]).encode())

    source = "Plees Tracker"
    assert payloads_of(found) == [Sleep(*(s[0], None, s[1]), quality=2 * n or None, source=source) for s, n in rows]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Kathmandu"])
@given(st.data())
@settings(deadline=None, max_examples=30)
def test_it_reads_sleep_as_android_and_fitbit(zone: str, data: st.DataObject) -> None:
    rows = data.draw(nights(zone))
    here = ZoneInfo(zone)
    walls = [[at.astimezone(here).replace(tzinfo=None) for at in span] for span in rows]
    head = ["Id", "Tz", "From", "To", "Sched", "Hours", "Rating", "Comment"]
    text = "".join(
        table(
            [head, [f"{n}", zone, *(f"{at.day}. {at.month:02}. {at:%Y %H:%M}" for at in told), "", "", "2.5", 'a "b"']]
        )
        for n, told in enumerate(walls)
    )
    told = [
        {"logId": n, "startTime": f"{a.isoformat()}.000", "endTime": f"{b.isoformat()}.000"}
        for n, (a, b) in enumerate(walls)
    ]

    if rows:
        found = read_back("sleep_as_android", text.encode(), "UTC")
        assert payloads_of(found) == [Sleep(a, None, b, quality=5, source="Sleep as Android") for a, b in rows]
        found = read_back("fitbit", json.dumps(told).encode(), zone)
        assert payloads_of(found) == [Sleep(a, None, b, source="Fitbit") for a, b in rows]


@given(
    st.lists(st.tuples(word, st.integers(0, 9), st.integers(30, 24 * 60)), max_size=6, unique_by=lambda one: one[:2])
)
@settings(deadline=None, max_examples=60)
def test_it_reads_apple_health(rows: list[tuple[str, int, int]]) -> None:
    told = [(source, FIRST.replace(tzinfo=UTC) + timedelta(days=3 * place), minutes) for source, place, minutes in rows]
    records = "".join(
        f'<Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName={quoteattr(source)} '
        f'startDate="{at:%Y-%m-%d %H:%M:%S %z}" endDate="{at + timedelta(minutes=minutes):%Y-%m-%d %H:%M:%S %z}" '
        f'value="{WATCH}InBed"/>'
        for source, at, minutes in told
    )

    found = read_back("apple_health", f'<HealthData locale="en">{records}</HealthData>'.encode())

    wanted = {Sleep(at, None, at + timedelta(minutes=minutes), source=source) for source, at, minutes in told}
    assert len(found) == len(wanted)
    assert set(payloads_of(found)) == wanted


@st.composite
def slept(draw: st.DrawFn) -> tuple[Sleep, tuple[str, ...], str]:
    began, ended = draw(spans())
    asleep = began + draw(st.integers(0, 29)) * timedelta(minutes=1)
    night = Sleep(began, asleep, ended, draw(st.integers(0, 5)), draw(st.integers(0, 10)), "Sleepmeter")
    aids = tuple(draw(st.lists(st.sampled_from(["READING", "MILK", "EAR_PLUGS", "TV"]), unique=True, max_size=3)))
    # A quote at the end of a line ends the text: which quote was typed nobody can tell.
    typed = draw(st.lists(line.map(lambda one: one.rstrip('" ')), max_size=3))
    return night, aids, "\n".join(typed).strip()


@given(st.lists(slept(), max_size=5, unique_by=lambda one: one[0].lights_out_at))
@settings(deadline=None, max_examples=60)
def test_it_reads_sleepmeter(rows: list[tuple[Sleep, tuple[str, ...], str]]) -> None:
    text = "wake,sleep,bedtime,holes,type,dreams,aid,hindrances,tags,quality,notes\n"
    wanted: list[Payload] = []
    for night, aids, typed in rows:
        times = ",".join(f'"{at:%Y-%m-%d %H:%M%z}"' for at in (night.up_at, night.asleep_at, night.lights_out_at))
        holes = "|".join(f"{n}-{n + 1}" for n in range(night.awakenings or 0))
        text += f'{times},{holes},NAP,NONE,{"|".join(aids) or "NONE"},NONE,NONE,{night.quality},"{typed}"\n'
        wanted += [night]
        wanted += (
            [Remark("aid", tags=tuple(a.lower().replace("_", " ") for a in aids), source="Sleepmeter")] if aids else []
        )
        wanted += [Remark("notes", note=typed, source="Sleepmeter")] if typed else []

    assert payloads_of(read_back("sleepmeter", text.encode())) == wanted


MOODS = ["awful", "bad", "meh", "good", "rad"]
times = st.datetimes(FIRST, LAST).map(lambda at: at.replace(second=0, microsecond=0))


@given(
    st.lists(st.tuples(times, st.sampled_from(MOODS) | word, st.lists(word, max_size=3), line), max_size=6),
    st.booleans(),
)
@settings(deadline=None, max_examples=60)
def test_it_reads_daylio(rows: list[tuple[datetime, str, list[str], str]], twelve: bool) -> None:
    head = ["full_date", "date", "weekday", "time", "mood", "activities", "note_title", "note"]
    clock = "%I:%M %p" if twelve else "%H:%M"
    told = [
        [f"{at:%Y-%m-%d}", "x", "y", at.strftime(clock).lower(), mood, " | ".join(tags), "", text]
        for at, mood, tags, text in rows
    ]

    found = read_back("daylio", table([head, *told]).encode(), "UTC")

    assert [one.noted.wall for one in found] == [at for at, *_more in rows]
    assert payloads_of(found) == [
        Remark(
            *("mood", MOODS.index(mood) + 1 if mood in MOODS else None, 5 if mood in MOODS else None, None, mood),
            note=text.strip() or None,
            tags=tuple(tags),
            source="Daylio",
        )
        for _at, mood, tags, text in rows
    ]


marks = st.tuples(
    st.sampled_from([1, 2]),
    st.dates(date(1990, 1, 1), date(2030, 1, 1)).map(str),
    st.sampled_from([0, 2, 3]) | st.integers(4, 10**9),
    st.text("abc ä☕,", max_size=9),
).filter(lambda mark: mark[0] == 2 or mark[2] <= 3)


@pytest.mark.parametrize("written", [backup, tables])
@given(st.lists(marks, max_size=8, unique_by=lambda mark: mark[:2]))
@settings(deadline=None, max_examples=25)
def test_it_reads_loop(written: Callable[..., bytes], rows: list[tuple[int, str, int, str]]) -> None:
    names, units = {n: name for n, name, *_ in HABITS}, {n: unit or None for n, *_, unit in HABITS}
    wanted = {}
    for habit, on, value, text in rows:
        what = {"value": value / 1000, "unit": units[habit]} if habit == 2 else {"value": value / 2, "of": 1}
        told = {"word": "skip"} if value == 3 else what
        wanted[on, names[habit]] = Remark(names[habit], note=text.strip() or None, source="Loop Habit Tracker", **told)

    found = read_back("loop_habits", written(rows))

    assert {
        (str(one.night), one.payload.about): one.payload for one in found if isinstance(one.payload, Remark)
    } == wanted
    assert all(one.noted.at == instant_in(one.night, time(12), BERLIN) for one in found)


@given(st.lists(st.tuples(times, word, st.integers(0, 10), line), max_size=6))
@settings(deadline=None, max_examples=60)
def test_it_reads_bearable(rows: list[tuple[datetime, str, int, str]]) -> None:
    head = ["date", "date formatted", "weekday", "time of day", "category", "rating/amount", "detail", "notes"]
    told = [
        ["x", f"{at:%Y-%m-%d}", "y", f"{at:%H:%M}", "Symptom", f"{n}", f"{what} (Mild)", text]
        for at, what, n, text in rows
    ]

    found = read_back("bearable", table([head, *told]).encode(), "UTC")

    assert [one.noted.wall for one in found] == [at for at, *_more in rows]
    assert payloads_of(found) == [
        Remark(what, n, word="Mild", note=text.strip() or None, source="Bearable") for _at, what, n, text in rows
    ]


@given(
    st.lists(
        st.tuples(payloads, st.datetimes(FIRST, LAST, timezones=st.just(UTC)), st.binary(min_size=10, max_size=10)),
        min_size=1,
        max_size=6,
    ),
    st.booleans(),
)
@settings(deadline=None, max_examples=60)
def test_it_reads_its_own(told: list[tuple[Payload, datetime, bytes]], listed: bool) -> None:
    facts: list[Fact] = [note(payload, moment(at, BERLIN), random) for payload, at, random in told]
    rows = [json.dumps(to_wire(fact)) for fact in facts]

    found = read_back("quietlegs", (f"[{','.join(rows)}]" if listed else "\n".join(rows)).encode())

    assert [(one.source_id, one.payload, one.noted, one.night) for one in found] == [
        (str(fact.id), fact.payload, fact.noted, fact.night) for fact in facts
    ]
