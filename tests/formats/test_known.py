"""Every reader of other people's files: real files read by hand, and hundreds of spoiled copies survived."""

import io
import json
import random
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from tests.formats import written_fit as wf

from quietlegs.formats.archive import members, opened
from quietlegs.formats.known import known, read, sniff
from quietlegs.formats.reading import Entry, LeftOut, NotReadableError
from quietlegs.records.done import Practice
from quietlegs.records.slept import Sleep

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
BERLIN = "Europe/Berlin"
REAL = {
    "sleep_as_android": ["sleep-export.1606738409.zip", "sleep-export.4.zip"],
    "plees_tracker": ["plees-tracker.csv"],
    "apple_health": ["apple-health-parser_export.zip", "apple-health-parser_export.xml"],
    "garmin_fit": ["garmin-fenix-5-walk.fit"],
}
PLEES = "sid,start,stop,rating\n1,1767225600000,1767250800000,4\n2,1767312000000,1767337200000,0\n"
HEAD = "Id,Tz,From,To,Sched,Hours,Rating,Comment,Framerate,Snore,Noise,Cycles,DeepSleep,LenAdjust,Geo"
REST = '"1","-1","-1.0","-1","-2.0","0","","0.1"'
ANDROID = f"""{HEAD},"23:05"
"1","Europe/Berlin","28. 03. 2026 23:00","29. 03. 2026 7:00","","7.0","4.5"," #home, ""so"" ",{REST}
,,,,,,,,,,,,,,,"0.2"
{HEAD},"22:05","22:06"
"2","Europe/Berlin","30. 03. 2026 22:00","31. 03. 2026 6:00","","8.0","0.0","",{REST},"0.2"
"""
WATCH = "HKCategoryValueSleepAnalysis"


def on_real_files(test: Callable[..., None]) -> Callable[..., None]:
    """Mark a test that reads the shared samples where they are, and skip it where they are not."""
    there = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not beside the project")
    marked: Callable[..., None] = pytest.mark.real(there(test))
    return marked


def apple(*records: tuple[str, str, str, str], head: str = "") -> str:
    rows = "".join(
        f'<Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="{source}" creationDate="{end}" '
        f'startDate="{start}" endDate="{end}" value="{WATCH}{value}"/>\n'
        for source, start, end, value in records
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}<HealthData locale="en">\n{rows}</HealthData>\n'


APPLE = apple(
    ("Watch", "2026-01-01 23:10:00 +0100", "2026-01-02 03:00:00 +0100", "AsleepCore"),
    ("Watch", "2026-01-02 03:00:00 +0100", "2026-01-02 03:10:00 +0100", "Awake"),
    ("Watch", "2026-01-02 03:10:00 +0100", "2026-01-02 06:50:00 +0100", "AsleepREM"),
    ("Phone", "2026-01-01 22:50:00 +0100", "2026-01-02 07:05:00 +0100", "InBed"),
    head="<!DOCTYPE HealthData [\n<!ELEMENT HealthData (Record*)>\n<!ATTLIST HealthData locale CDATA #REQUIRED>\n]>\n",
)
FITBIT = json.dumps(
    [
        {
            "logId": 1,
            "dateOfSleep": "2026-03-29",
            "startTime": "2026-03-28T23:00:00.000",
            "endTime": "2026-03-29T07:00:00.000",
            "levels": {"summary": {"wake": {"count": 12, "minutes": 40}}},
        },
        {"logId": 2, "startTime": "2026-03-30T22:00:00.000", "endTime": "2026-03-31T06:00:00.000", "levels": {}},
    ]
)
MADE: dict[str, bytes] = {
    "fitbit": FITBIT.encode(),
    "plees_tracker": PLEES.encode(),
    "sleep_as_android": ANDROID.encode(),
    "apple_health": APPLE.encode(),
    "garmin_fit": wf.fit([*wf.NIGHT, wf.session(wf.TEN, 900_000)]),
}
INSIDE = {
    "apple_health": "export.xml",
    "fitbit": "Takeout/Fitbit/sleep-2026-03-01.json",
    "sleep_as_android": "sleep-export.csv",
    "garmin_fit": "1_ACTIVITY.fit",
}
# Each sample that stands alone: MADE, and where there are any, REAL files and the name INSIDE a zip.
for _sample in (Path(__file__).parent / "made").glob("*.py"):
    _module = import_module(f"tests.formats.made.{_sample.stem}")
    MADE[_sample.stem] = _module.MADE
    if hasattr(_module, "REAL"):
        REAL[_sample.stem] = _module.REAL
    if hasattr(_module, "INSIDE"):
        INSIDE[_sample.stem] = _module.INSIDE


def all_of(file: Path, zone: str = BERLIN) -> list[Entry | LeftOut]:
    return list(read(sniff(file), file, zone))


def kept(file: Path) -> list[tuple[date, Sleep]]:
    found = [one for one in all_of(file) if isinstance(one, Entry)]
    return [(one.night, one.payload) for one in found if isinstance(one.payload, Sleep)]


def written(folder: Path, text: str, name: str = "file") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def at(day: int, hour: int, minute: int = 0, *, month: int = 1) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_it_finds_every_reader_by_its_folder() -> None:
    assert set(MADE) == set(known())
    # Nobody else writes quietlegs' own files.
    assert {key for key, one in known().items() if one.proven} == {*REAL, "quietlegs"}
    for key, one in known().items():
        about = Path(__file__).resolve().parents[2] / "src" / "quietlegs" / "formats" / key / "ABOUT.md"
        assert ("**Proven**" in about.read_text(encoding="utf-8")) == one.proven


@on_real_files
@pytest.mark.parametrize(("key", "name"), [(key, name) for key, names in REAL.items() for name in names])
def test_it_knows_a_real_file_by_its_beginning(key: str, name: str) -> None:
    assert sniff(SAMPLES / key / name).key == key


@on_real_files
def test_it_reads_the_nights_of_a_real_phone() -> None:
    found = all_of(SAMPLES / "sleep_as_android" / REAL["sleep_as_android"][0])

    # By hand from the file: 30 Nov 11:03-11:39, 27 Nov 8:54-15:25, 26 Nov 20:00 - 27 Nov 7:00 with three stars; London.
    times = [
        (date(2020, 11, 29), (30, 11, 3), (30, 11, 39), None),
        (date(2020, 11, 26), (27, 8, 54), (27, 15, 25), None),
        (date(2020, 11, 26), (26, 20, 0), (27, 7, 0), 6),
    ]
    wanted = [
        (night, Sleep(datetime(2020, 11, *out, tzinfo=UTC), None, datetime(2020, 11, *up, tzinfo=UTC), quality=stars,
                      source="Sleep as Android"))
        for night, out, up, stars in times
    ]  # fmt: skip
    assert [(one.night, one.payload) for one in found if isinstance(one, Entry)] == wanted
    assert len([one for one in found if isinstance(one, LeftOut)]) == 7


def test_it_reads_milliseconds_and_stars(tmp_path: Path) -> None:
    first, second = kept(written(tmp_path, PLEES))

    assert first == (date(2025, 12, 31), Sleep(at(1, 0), None, at(1, 7), quality=8, source="Plees Tracker"))
    assert second[1].quality is None
    assert second[1].up_at == at(2, 7)


def test_it_reads_a_night_by_its_own_header_and_over_a_change_of_clocks(tmp_path: Path) -> None:
    first, second = kept(written(tmp_path, ANDROID))

    # Clocks went forward in that night: 23:00 CET to 7:00 CEST are seven hours.
    assert first == (
        date(2026, 3, 28),
        Sleep(at(28, 22, month=3), None, at(29, 5, month=3), quality=9, source="Sleep as Android"),
    )
    assert second[1].in_bed == timedelta(hours=8)


@pytest.mark.parametrize(
    "root", ["list", "object", "Takeout/Fitbit/", "Takeout/Fitbit/Global Export Data/", "user-site-export/"]
)
def test_it_reads_a_list_of_sleeps_from_every_root(tmp_path: Path, root: str) -> None:
    file = written(tmp_path, json.dumps({"sleep": json.loads(FITBIT)}) if root == "object" else FITBIT)
    if root.endswith("/"):
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(f"{root}sleep-2026-03-01.json", FITBIT)
            archive.writestr(f"{root}sleep-2026-04-01.json", "[")
            archive.writestr(f"{root}steps.json", "[1]")

    first, second = kept(file)

    # Clocks went forward in that night, in the person's own zone.
    times = Sleep(at(28, 22, month=3), None, at(29, 5, month=3), 12, source="Fitbit")
    assert first == (date(2026, 3, 28), times)
    assert (second[1].in_bed, second[1].awakenings) == (timedelta(hours=8), None)


@pytest.mark.parametrize("row", [7, None, {}, {"startTime": 3, "endTime": "x"}, {"startTime": "2026-01-01T22:00:00"}])
def test_it_names_an_entry_that_is_no_sleep(tmp_path: Path, row: object) -> None:
    [found] = read(known()["fitbit"], written(tmp_path, json.dumps([row])), BERLIN)

    assert isinstance(found, LeftOut)
    assert found.bad
    assert found.place == "file, entry 1"


def test_it_joins_the_pieces_of_each_source(tmp_path: Path) -> None:
    phone, watch = kept(written(tmp_path, APPLE))

    assert phone == (date(2026, 1, 1), Sleep(at(1, 21, 50), None, at(2, 6, 5), source="Phone"))
    assert watch == (date(2026, 1, 1), Sleep(at(1, 22, 10), at(1, 22, 10), at(2, 5, 50), 1, source="Watch"))


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("2026-01-03 23:11:00 +0100", "it is longer than a day"),
        ("2026-01-01 23:00:00 +0100", "it ends before it begins"),
    ],
)
def test_it_says_why_a_night_cannot_be(tmp_path: Path, end: str, said: str) -> None:
    began = datetime.fromisoformat("2026-01-01T23:10:00+01:00")
    ended = datetime.fromisoformat(end)
    record = apple(("Watch", "2026-01-01 23:10:00 +0100", end, "InBed"))
    row = f"sid,start,stop,rating\n1,{began.timestamp() * 1000:.0f},{ended.timestamp() * 1000:.0f},4\n"
    entry = json.dumps([{"logId": 1, "startTime": "2026-01-01T23:10", "endTime": f"{end[:10]}T{end[11:16]}"}])

    for text in (record, row, entry):
        [found] = all_of(written(tmp_path, text))
        assert isinstance(found, LeftOut)
        assert (found.why, found.bad) == (said, True)


def test_it_reads_the_export_out_of_the_zip_that_macos_made(tmp_path: Path) -> None:
    file = tmp_path / "export.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("__MACOSX/apple_health_export/._export.xml", b"\0\5\x16\7")
        archive.writestr("apple_health_export/export.xml", APPLE)

    assert kept(file) == kept(written(tmp_path, APPLE))


def test_it_finds_every_night_among_much_else(tmp_path: Path) -> None:
    nights = [f"2026-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 28)]
    much = '<Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" value="60"/>\n'
    for apart in (0, 1500, 1600, 3200):
        rows = "".join(
            much
            * (apart if number % 40 == 0 else 0)
            + f'<Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="Watch" '
            f'startDate="{night} 01:00:00 +0100" endDate="{night} 07:00:00 +0100" value="{WATCH}InBed"/>\n'
            for number, night in enumerate(nights)
        )
        file = written(tmp_path, apple().replace("</HealthData>", f"{rows}{much * 2000}</HealthData>"))
        assert len(kept(file)) == len(nights)


def test_it_reads_an_export_in_wide_letters(tmp_path: Path) -> None:
    file = tmp_path / "export.xml"
    padded = APPLE.replace("UTF-8", "UTF-16").replace("<Record", "<Other/>" * 20_000 + "<Record")
    file.write_bytes(padded.encode("utf-16"))

    assert [type(one) for one in read(known()["apple_health"], file, BERLIN)] == [Entry, Entry]


def test_it_reads_what_came_before_the_cut(tmp_path: Path) -> None:
    before = apple(("Watch", "2025-12-30 23:00:00 +0100", "2025-12-31 06:00:00 +0100", "AsleepCore"))
    cut = before.replace("</HealthData>\n", APPLE[APPLE.index("<Record") : APPLE.index('sourceName="Phone"')])

    found = all_of(written(tmp_path, cut))

    assert [type(one) for one in found] == [LeftOut, Entry, LeftOut]
    assert [one.bad for one in found if isinstance(one, LeftOut)] == [True, True]
    # The rest of the night in which it ends may have stood behind the cut.
    out, up = datetime(2025, 12, 30, 22, tzinfo=UTC), datetime(2025, 12, 31, 5, tzinfo=UTC)
    assert kept(written(tmp_path, cut)) == [(date(2025, 12, 30), Sleep(out, out, up, source="Watch"))]


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE HealthData [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE HealthData [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE HealthData [<!ENTITY % a SYSTEM "http://127.0.0.1/x"> %a;]>',
    ],
)
def test_it_unfolds_and_fetches_nothing(tmp_path: Path, head: str) -> None:
    [found] = all_of(written(tmp_path, apple(("&a;", "x", "y", "z"), head=head)))

    assert isinstance(found, LeftOut)
    assert "declares the entity" in found.why


def test_it_opens_no_bomb(tmp_path: Path) -> None:
    file = tmp_path / "export.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("export.xml", b" " * 50_000_000)

    [found] = all_of(file)

    assert isinstance(found, LeftOut)
    assert "would unpack to 50000000 bytes" in found.why


def test_it_opens_no_crowd(tmp_path: Path) -> None:
    file = tmp_path / "export.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(10_001):
            archive.writestr(f"{number}.xml", b"")
    with pytest.raises(NotReadableError, match="10001 files"), opened(file, "7.xml"):
        pass


def test_it_takes_no_path_out_of_an_archive(tmp_path: Path) -> None:
    file = tmp_path / "in" / "export.zip"
    file.parent.mkdir()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("../../export.xml", APPLE)

    assert members(file) == ["../../export.xml"]
    assert len(kept(file)) == 2
    assert sorted(one.name for one in tmp_path.rglob("*")) == ["export.zip", "in"]


@pytest.mark.parametrize("text", ["", "Dear doctor", "date,arm,severity\n2026-01-01,a,3\n", "PK\x03\x04", "<html>"])
def test_it_says_which_files_it_knows(tmp_path: Path, text: str) -> None:
    with pytest.raises(NotReadableError, match=", ".join(one.name for one in known().values())):
        sniff(written(tmp_path, text))


def spoiled(good: bytes, how: random.Random) -> bytes:
    """Cut it, flip some bytes, put something huge or strange in, or encode it as something else."""
    place = how.randrange(len(good))
    flipped = bytes(byte ^ (1 << how.randrange(8)) if how.random() < 0.01 else byte for byte in good)
    put_in = [b'"', b'""', b'"' * 200_000, how.randbytes(50), bytes(30), b"9" * 400]
    ways = [good[:place], flipped, good.decode("latin-1").encode("utf-16"), good + good[place:]]
    return how.choice([*ways, *(good[:place] + strange + good[place:] for strange in put_in)])


def assert_sane(key: str, found: list[Entry | LeftOut]) -> None:
    for one in found:
        assert one.place
        if isinstance(one, LeftOut):
            assert one.why
            continue
        if isinstance(one.payload, Practice):
            assert 30 <= one.payload.done.both_s <= 7200
            continue
        if known()[key].own or not isinstance(one.payload, Sleep):
            continue
        assert one.payload.in_bed is not None
        assert timedelta(minutes=30) <= one.payload.in_bed <= timedelta(hours=24)
        assert one.noted.at == one.payload.up_at


@pytest.mark.parametrize("key", MADE)
@pytest.mark.parametrize("zipped", [False, True])
def test_it_survives_hundreds_of_spoiled_copies(tmp_path: Path, key: str, zipped: bool) -> None:
    how = random.Random(20261126)
    good = MADE[key]
    if zipped:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(INSIDE.get(key, "other.csv"), good)
        good = packed.getvalue()
    for number in range(200):
        file = tmp_path / str(number)
        file.write_bytes(spoiled(good, how))
        assert_sane(key, list(read(known()[key], file, BERLIN)))


@on_real_files
@pytest.mark.parametrize(("key", "name"), [(key, name) for key, names in REAL.items() for name in names])
def test_it_survives_spoiled_copies_of_real_files(tmp_path: Path, key: str, name: str) -> None:
    how, good = random.Random(20261127), (SAMPLES / key / name).read_bytes()
    for number in range(200):
        file = tmp_path / str(number)
        file.write_bytes(spoiled(good, how))
        assert_sane(key, list(read(known()[key], file, BERLIN)))
