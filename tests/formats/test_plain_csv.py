"""Any table of text: its letters and separators, what its columns could mean, its nights as they were written."""

import random
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.formats.test_known import SAMPLES, on_real_files, spoiled

from quietlegs.formats.known import read
from quietlegs.formats.plain_csv.cells import date_and_rest, length_of, number_of, time_of
from quietlegs.formats.plain_csv.guess import looked_through
from quietlegs.formats.plain_csv.meaning import Column, Columns, Meaning, from_json, scale_of, wrong_with
from quietlegs.formats.plain_csv.read import mapped
from quietlegs.formats.plain_csv.shape import shape_of
from quietlegs.formats.reading import Entry, LeftOut
from quietlegs.records.fact import Payload
from quietlegs.records.felt import NightRating
from quietlegs.records.remark import Remark
from quietlegs.records.slept import Intake, Sleep, Substance, Unit

BERLIN = "Europe/Berlin"
TABLE = """Datum;Unruhe (0-100);Bett;Aufgestanden;Schlafdauer;Pramipexol (mg);Notiz
05.01.2026;70;22:30;6:45;7,5;0,18;"=1+1; früh"
06.01.2026;3,5;23.10;7.00;7:00;0;
31.01.2026;0;22:30;6:45;;0,18;übel
"""


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "table.csv"
    file.write_bytes(text.encode(encoding))
    return file


def taken(file: Path, columns: Columns) -> list[Entry | LeftOut]:
    return list(read(mapped(columns), file, BERLIN))


def payloads(found: list[Entry | LeftOut]) -> list[tuple[date, Payload]]:
    return [(one.night, one.payload) for one in found if isinstance(one, Entry)]


def at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 1, day, hour, minute, tzinfo=ZoneInfo(BERLIN)).astimezone(UTC)


def means(**told: str) -> Columns:
    """Say what columns mean: their names, then the meaning and its scale."""
    columns = []
    for name, kind in told.items():
        meaning, _colon, how = kind.partition(":")
        columns.append(Column(name, Meaning(meaning), how))
    return Columns(tuple(columns), "dmy")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_it_reads_a_table_in_any_letters(tmp_path: Path, encoding: str) -> None:
    file = written(tmp_path, TABLE, encoding)
    looked = looked_through(file)

    assert looked.shape.names[-1] == "Notiz"
    assert looked.seen[-1].firsts == ["=1+1; früh", "übel"]
    assert [(one.meaning, one.how) for one in looked.guess.columns] == [
        (Meaning.NIGHT, ""), (Meaning.SEVERITY, "0-100"), (Meaning.LIGHTS_OUT, ""), (Meaning.UP, ""),
        (Meaning.HOURS, ""), (Meaning.MEDICINE, "mg"), (Meaning.NOTE, ""),
    ]  # fmt: skip
    assert (looked.guess.order, looked.unsure) == ("dmy", False)
    drug = Intake(Substance.MEDICINE, 0.18, Unit.MG, name="Pramipexol")
    assert payloads(taken(file, looked.guess)) == [
        (date(2026, 1, 5), NightRating(7)),
        (date(2026, 1, 5), Sleep(at(5, 22, 30), at(5, 23, 15), at(6, 6, 45), source="CSV")),
        (date(2026, 1, 5), drug),
        (date(2026, 1, 5), Remark("Notiz", note="=1+1; früh", source="CSV")),
        (date(2026, 1, 6), NightRating(0)),
        (date(2026, 1, 6), Sleep(at(6, 23, 10), at(7, 0, 0), at(7, 7, 0), source="CSV")),
        (date(2026, 1, 31), NightRating(0)),
        (date(2026, 1, 31), Sleep(at(31, 22, 30), None, datetime(2026, 2, 1, 5, 45, tzinfo=UTC), source="CSV")),
        (date(2026, 1, 31), drug),
        (date(2026, 1, 31), Remark("Notiz", note="übel", source="CSV")),
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("above", ["", "sep={}\n"])
def test_it_sees_what_separates_the_cells(tmp_path: Path, separator: str, above: str) -> None:
    rows = above.format(separator) + "Date,Legs\n2026-01-05,4\n2026-01-06,5\n".replace(",", separator)
    looked = looked_through(written(tmp_path, rows))

    assert (looked.shape.separator, looked.shape.names, looked.count) == (separator, ("Date", "Legs"), 2)


def test_it_reads_a_table_whose_first_line_is_a_night(tmp_path: Path) -> None:
    file = written(tmp_path, "2026-01-05,4\n2026-01-06,5\n")
    looked = looked_through(file)

    assert looked.shape.names == ("#1", "#2")
    columns = Columns((Column("#1", Meaning.NIGHT), Column("#2", Meaning.SEVERITY)))
    assert payloads(taken(file, columns)) == [(date(2026, 1, 5), NightRating(4)), (date(2026, 1, 6), NightRating(5))]


@pytest.mark.parametrize(
    "text", ["", "Dear doctor", "Dear doctor,\nI sleep badly.\n", "{}", "<html>,\n,\n", "PK\x03\x04,\n,", "a,b\n"]
)
def test_it_takes_for_a_table_what_is_one(tmp_path: Path, text: str) -> None:
    assert shape_of(written(tmp_path, text)) is None


@pytest.mark.parametrize(
    ("text", "order", "wanted"),
    [
        ("2026-01-05", "dmy", (2026, 1, 5)), ("2026/1/5", "mdy", (2026, 1, 5)), ("20260105", "dmy", (2026, 1, 5)),
        ("5.1.2026", "dmy", (2026, 1, 5)), ("5/1/26", "dmy", (2026, 1, 5)), ("1/5/2026", "mdy", (2026, 1, 5)),
        ("5. Januar 2026", "mdy", (2026, 1, 5)), ("5 ene 2026", "mdy", (2026, 1, 5)),
        ("5 de enero de 2026", "dmy", (2026, 1, 5)),
        ("January 5, 2026", "dmy", (2026, 1, 5)), ("Mon, 5 Jan 2026", "dmy", (2026, 1, 5)),
        ("Mo., 05.03.2026", "dmy", (2026, 3, 5)),
        ("2026-01-05T23:10:00", "dmy", (2026, 1, 5)), ("1. März 2026", "dmy", (2026, 3, 1)),
        ("13/13/2026", "dmy", None), ("31.2.2026", "dmy", None), ("5.1.", "dmy", None),
        ("3,5", "dmy", None), ("", "dmy", None),
    ],
)  # fmt: skip
def test_it_reads_dates_as_people_write_them(text: str, order: str, wanted: tuple[int, int, int] | None) -> None:
    found = date_and_rest(text, order)

    assert (found[0] if found else None) == (date(*wanted) if wanted else None)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("22:30", time(22, 30)), ("22.30", time(22, 30)), ("10:30 pm", time(22, 30)), ("10:30 P.M.", time(22, 30)),
        ("12:05 am", time(0, 5)), ("22h30", time(22, 30)), ("22 Uhr", time(22)),
        ("2230", time(22, 30)), ("24:00", time(0)),
        ("11 pm", time(23)), ("25:00", None), ("13:00 pm", None), ("7", None),
        ("7.5", None), ("", None), ("22:60", None),
    ],
)  # fmt: skip
def test_it_reads_times_as_people_write_them(text: str, wanted: time | None) -> None:
    found = time_of(text)

    assert (found[0] if found else None) == wanted


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("7.5", 450), ("7,5", 450), ("7:30", 450), ("7 h 30 min", 450), ("7h30m", 450), ("450 min", 450), ("7 Std.", 420),
     ("long", None), ("", None), ("-1", -60)],
)  # fmt: skip
def test_it_reads_how_long(text: str, minutes: int | None) -> None:
    assert length_of(text, timedelta(hours=1)) == (None if minutes is None else timedelta(minutes=minutes))


@pytest.mark.parametrize(("text", "wanted"), [("3,5", 3.5), ("3.5", 3.5), ("1.234,5", None), ("70 %", 70), ("x", None)])
def test_it_reads_numbers_with_a_point_or_a_comma(text: str, wanted: float | None) -> None:
    assert number_of(text) == wanted


@pytest.mark.parametrize(
    ("how", "text", "wanted"),
    [("", "7", 7), ("0-100", "45", 5), ("0-100", "44", 4), ("10-0", "10", 0), ("1-5", "2", 3), ("0-10", "11", None),
     ("none, mild, severe", "Mild", 5), ("none, mild, severe", "bad", None), ("-5 - 5", "0", 5), ("0-10", "3,5", 4)],
)  # fmt: skip
def test_it_maps_any_scale_to_0_to_10(how: str, text: str, wanted: int | None) -> None:
    scale = scale_of(how)

    assert scale is not None
    assert scale.on_ten(text) == wanted


@pytest.mark.parametrize("how", ["5-5", "bad", "a, a", "0-"])
def test_it_refuses_a_scale_that_is_none(how: str) -> None:
    assert scale_of(how) is None
    assert "allowed: a range such as 0-10" in wrong_with(means(d="night", s=f"severity:{how}"))[0]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (means(a="leave", b="severity"), "Which column holds the date"),
        (means(a="night", b="leave"), "Besides the date"),
        (means(a="night", b="morning", c="severity"), "Only one column can hold the date"),
        (means(a="night", b="severity", c="severity"), "Two columns are called"),
        (means(a="night", b="hours"), "is kept with a time"),
        (means(a="night", b="medicine:spoon"), "'spoon'; allowed: mg, g"),
    ],
)
def test_it_says_what_is_missing(columns: Columns, said: str) -> None:
    assert any(said in one for one in wrong_with(columns))
    assert from_json(columns.to_json()) == columns


def test_it_asks_where_day_and_month_can_be_either(tmp_path: Path) -> None:
    unsure = looked_through(written(tmp_path, "Date,Legs\n05/01/2026,4\n06/01/2026,5\n"))
    assert (unsure.unsure, unsure.guess.order) == (True, "")

    # One date anywhere tells.
    many = "".join(f"{day:02}/01/2026,4\n" for day in range(1, 13)) * 400
    sure = looked_through(written(tmp_path, f"Date,Legs\n{many}01/13/2026,4\n"))
    assert (sure.unsure, sure.guess.order) == (False, "mdy")


def test_it_names_line_column_value_and_range_of_what_it_leaves_out(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "Day,Legs,Bed,Drug\n2026-01-05,4,22:30,\n2026-01-05,5,22:30,\nsoon,4,22:30,\n2026-01-06,11,22:30,\n"
        "2026-01-07,4,half past,\n2026-01-08,4,22:30,much\n2026-01-09,4\n,,,\n2026-01-10,,,\n2026-01-11,2,,0.25mg\n"
        "1812-01-11,2,,\n",
    )
    columns = means(Day="night", Legs="severity", Bed="lights-out", Drug="medicine")

    found = taken(file, columns)

    assert [f"{one.place}: {one.why}" for one in found if isinstance(one, LeftOut)] == [
        "line 3: the night of 2026-01-05 stands in line 2 already",
        "line 4: Day: 'soon'; allowed: a date such as 2026-01-31, 31.1.2026",
        "line 5: Legs: '11'; allowed: 0-10",
        "line 6: Bed: 'half past'; allowed: a time such as 22:30 or 10:30 pm",
        "line 7: Drug: 'much'; allowed: an amount with its unit, such as 2 tablets or 0.18 mg",
        "line 8: it has 2 cells; allowed: 4, as in the first line",
        "line 10: there is nothing in it to be taken in",
        "line 12: the night is 1812-01-11; allowed: 1970 to 2199",
    ]
    assert payloads(found)[-2:] == [
        (date(2026, 1, 11), NightRating(2)),
        (date(2026, 1, 11), Intake(Substance.MEDICINE, 0.25, Unit.MG, name="Drug")),
    ]


def test_it_finds_the_night_by_the_morning_or_by_a_time_with_its_date(tmp_path: Path) -> None:
    by_morning = written(tmp_path, "Morning,Legs\n2026-01-06,4\n2026-01-07,4\n")
    assert payloads(taken(by_morning, means(Morning="morning", Legs="severity")))[0] == (
        date(2026, 1, 5),
        NightRating(4),
    )

    by_time = written(tmp_path, "Bed,Up\n2026-01-06 00:30,2026-01-06 07:00\n2026-01-06T23:00Z,2026-01-07T06:00+01:00\n")
    assert payloads(taken(by_time, means(Bed="lights-out", Up="up"))) == [
        (date(2026, 1, 5), Sleep(at(6, 0, 30), None, at(6, 7, 0), source="CSV")),
        (date(2026, 1, 6), Sleep(at(7, 0, 0), None, at(7, 6, 0), source="CSV")),
    ]


def test_it_takes_several_medicines_and_what_was_drunk(tmp_path: Path) -> None:
    file = written(
        tmp_path, "Day,Taken,Coffee\n2026-01-05,Levodopa 100 mg + Iron-C 2 tablets,80\n2026-01-05,=Gaba 3 ml,0\n"
    )

    assert [one for _night, one in payloads(taken(file, means(Day="night", Taken="medicine", Coffee="caffeine")))] == [
        Intake(Substance.MEDICINE, 100, Unit.MG, name="Levodopa"),
        Intake(Substance.MEDICINE, 2, Unit.TABLET, name="Iron-C"),
        Intake(Substance.CAFFEINE, 80, Unit.MG),
        Intake(Substance.MEDICINE, 3, Unit.ML, name="=Gaba"),
    ]


def test_it_keeps_notes_of_several_columns_and_rows_as_they_were_written(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        'Day,Legs,Notes,Dr. says\n2026-01-05,4,"two\nlines, <b>",\n2026-01-05,,again,-\n2026-01-06,,,=1+1\n'
        f"2026-01-07,4,{'x' * 10_001},\n2026-01-05,5,late,\n",
    )
    columns = Columns(
        (
            Column("Day", Meaning.NIGHT),
            Column("Legs", Meaning.SEVERITY),
            Column("Notes", Meaning.NOTE),
            Column("Dr. says", Meaning.NOTE),
        )
    )
    assert wrong_with(columns) == []

    found = taken(file, columns)

    assert payloads(found) == [
        (date(2026, 1, 5), NightRating(4)),
        (date(2026, 1, 5), Remark("Notes", note="two\nlines, <b>", source="CSV")),
        (date(2026, 1, 5), Remark("Notes", note="again", source="CSV")),
        (date(2026, 1, 6), Remark("Dr. says", note="=1+1", source="CSV")),
    ]
    assert len({one.source_id for one in found if isinstance(one, Entry)}) == 4
    assert [f"{one.place}: {one.why}" for one in found if isinstance(one, LeftOut)] == [
        f"line 6: Notes: '{'x' * 40}…'; allowed: a text of 1 to 10000 characters",
        "line 7: the night of 2026-01-05 stands in line 3 already",
    ]


def test_it_knows_units_by_their_names_in_each_language(tmp_path: Path) -> None:
    file = written(tmp_path, "Tag,Levodopa\n2026-01-05,2\n2026-01-06,1 Pflaster\n")
    columns = means(Tag="night", Levodopa="medicine:Tabletten")

    assert wrong_with(columns) == []
    assert [one for _night, one in payloads(taken(file, columns))] == [
        Intake(Substance.MEDICINE, 2, Unit.TABLET, name="Levodopa"),
        Intake(Substance.MEDICINE, 1, Unit.PATCH, name="Levodopa"),
    ]


def test_it_gives_a_night_the_same_name_in_a_longer_table(tmp_path: Path) -> None:
    columns = means(Day="night", Legs="severity")
    short = taken(written(tmp_path, "Day,Legs\n2026-01-05,4\n2026-01-06,4\n"), columns)
    long = taken(written(tmp_path, "Day,Legs\n2026-01-04,1\n2026-01-05,4\n2026-01-06,5\n"), columns)

    assert [one.source_id for one in short if isinstance(one, Entry)] == [
        one.source_id for one in long[1:] if isinstance(one, Entry)
    ]


@on_real_files
def test_it_reads_the_moods_of_a_real_file_by_words(tmp_path: Path) -> None:
    file = SAMPLES / "daylio" / "test_data.csv"
    looked = looked_through(file)
    assert (looked.count, looked.guess.columns[0]) == (32, Column("full_date", Meaning.NIGHT))
    told = {
        "full_date": Column("full_date", Meaning.NIGHT),
        "mood": Column("mood", Meaning.SEVERITY, "rad,good,meh,bad,awful"),
    }
    columns = Columns(tuple(told.get(name, Column(name)) for name in looked.shape.names), looked.guess.order)

    found = taken(file, columns)

    # By hand from the file: the first row of each of its five days.
    assert payloads(found) == [
        (date(2020, 5, 30), NightRating(0)), (date(2020, 5, 29), NightRating(0)), (date(2020, 5, 28), NightRating(3)),
        (date(2020, 5, 27), NightRating(0)), (date(2020, 5, 25), NightRating(8)),
    ]  # fmt: skip
    assert len(found) == 32


def test_it_survives_hundreds_of_spoiled_copies(tmp_path: Path) -> None:
    how, good = random.Random(20261127), TABLE.encode()
    columns = looked_through(written(tmp_path, TABLE)).guess
    for number_ in range(200):
        file = tmp_path / str(number_)
        file.write_bytes(spoiled(good, how))
        if shape_of(file) is not None:
            looked = looked_through(file)
            list(read(mapped(looked.guess), file, BERLIN))
        for one in read(mapped(columns), file, BERLIN):
            assert one.place
            if isinstance(one, LeftOut):
                assert one.why
            else:
                assert isinstance(one.payload, NightRating | Sleep | Intake | Remark)
                assert one.noted.wall == datetime.combine(one.night, time(12))


def test_it_holds_one_row_at_a_time(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    with file.open("w", encoding="utf-8") as lines:
        lines.write("Day,Legs\n")
        for number_ in range(20_000):
            lines.write(f"{date(1970, 1, 2) + timedelta(days=number_)},{'9' * (200_000 if number_ == 7 else 1)}\n")

    found = taken(file, means(Day="night", Legs="severity"))

    assert len(found) == 20_000
    assert [one.why for one in found if isinstance(one, LeftOut)] == ["field larger than field limit (131072)"]
