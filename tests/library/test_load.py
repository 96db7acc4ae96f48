import shutil
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from time import process_time

import pytest

from quietlegs.library.load import SAFETY_FILE, LibraryError, load_from, load_library
from quietlegs.library.shelf import Library

ROOMS = ("exercises", "routines", "habits", "claims", "sources", "topics")
Spoil = Callable[[str, str, str], list[str]]


def copy_to(place: Path) -> Path:
    real = Path(str(files("quietlegs.library")))
    for room in ROOMS:
        shutil.copytree(real / room, place / room)
    shutil.copy(real / SAFETY_FILE, place)
    return place


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_to(tmp_path)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_to(tmp_path_factory.mktemp("library"))


@pytest.fixture
def spoil(shared: Path) -> Iterator[Spoil]:
    """Change one text in one file, give the problems that are found, and put the file back."""
    kept: dict[Path, str] = {}

    def change(file: str, old: str, new: str) -> list[str]:
        kept[shared / file] = text = (shared / file).read_text(encoding="utf-8")
        assert old in text
        (shared / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(LibraryError) as caught:
            load_from(shared)
        return caught.value.problems

    yield change
    for path, text in kept.items():
        path.write_text(text, encoding="utf-8")


def test_it_reads_the_same_from_a_folder_as_from_the_program(folder: Path) -> None:
    assert load_from(folder) == load_library()


def test_it_is_read_once() -> None:
    assert load_library() is load_library()


def test_it_loads_fast(folder: Path) -> None:
    load_from(folder)
    took = []
    for _ in range(3):
        start = process_time()
        load_from(folder)
        took.append(process_time() - start)

    assert min(took) < 0.15


def test_it_keeps_the_order_in_which_things_are_shown() -> None:
    library = load_library()

    assert [one.number for one in library.exercises.values()] == sorted(
        one.number for one in library.exercises.values()
    )
    assert list(library.claims) == [f"c{number}" for number in range(1, 11)]
    assert [one.order for one in library.topics.values()] == sorted({one.order for one in library.topics.values()})


WRONG = [
    # file, what stands there, what is put there, and what the message has to name
    ("exercises/walk.toml", "number = 14", "number = 14\nspeed = 3", ["has the unknown key speed", "latest_min"]),
    ("exercises/walk.toml", "number = 14\n", "", ["number is missing"]),
    ("exercises/walk.toml", "number = 14", 'number = "14"', ["number is '14'", "a whole number"]),
    ("exercises/walk.toml", "number = 14", "number = true", ["number is True", "a whole number"]),
    ("exercises/walk.toml", "number = 14", "number = 14.5", ["number is 14.5", "a whole number"]),
    ("exercises/walk.toml", "number = 14", "number = 22", ["number is 22", "1 to 21"]),
    ("exercises/walk.toml", 'name = "Easy walk"', "name = 7", ["name is 7", "a text"]),
    ("exercises/walk.toml", 'name = "Easy walk"', 'name = ""', ["name is ''", "3 to 200 characters"]),
    ("exercises/walk.toml", 'effort = "gentle"', 'effort = "hard"', ["effort is 'hard'", "gentle, moderate"]),
    ("exercises/walk.toml", "hold_s = 290", "hold_s = 9000", ["doses[0].hold_s is 9000", "1 to 1800 s"]),
    ("exercises/walk.toml", "hold_s = 290", 'hold_s = "290"', ["doses[0].hold_s is '290'", "a number"]),
    ("exercises/walk.toml", "  { hold_s = 290 },\n", "", ["Exercise.doses is 4", "five levels"]),
    ("exercises/walk.toml", 'pose = "stride"', 'pose = "leap"', ["steps[0].pose is 'leap'", "stride"]),
    ("exercises/walk.toml", "lean = 2", "lean = 9", ["poses['stride'] Pose.working is", "the trunk's lean 9"]),
    ("exercises/walk.toml", 'after = ["pass", ', 'after = ["leap", ', ["poses.stride.after is 'leap'", "pass_other"]),
    ("exercises/walk.toml", 'way = "round"', 'way = "up"', ["poses['stride'].way is 'up'", "once, back, round"]),
    ("exercises/quad.toml", 'after = ["tall"]', 'after = ["hold"]', ["poses.hold.after is 'hold'", "another pose"]),
    ("exercises/quad.toml", 'after = ["tall"]', 'after = ["beside"]', ["poses.hold.after is beside", "the view side"]),
    ("exercises/mini_squat.toml", 'pose = "middle" }', 'pose = "low" }', ["doses[2].pose is 'low'", "middle"]),
    ("exercises/walk.toml", 'source = "r3"', 'source = "r99"', ["evidence.source is 'r99'", "r3"]),
    ("exercises/walk.toml", '"snap"', '"crack"', ["stop is 'crack'", "snap"]),
    ("exercises/walk.toml", '"a2"', '"a20"', ["ask_first is 'a20'", "a2"]),
    ("exercises/walk.toml", 'seated = "march_seated"', 'seated = "swim"', ["seated is 'swim'", "march_seated"]),
    ("exercises/walk.toml", 'key = "walk"', 'key = "stroll"', ["key is 'stroll'", "'walk'"]),
    ("exercises/walk.toml", "number = 14", "number 14", ["the file is unreadable", "TOML"]),
    (
        "exercises/breath_circles.toml",
        "comparator = true",
        'comparator = "yes"',
        ["comparator is 'yes'", "true or false"],
    ),
    ("exercises/quad.toml", "needs = [", 'needs = "a wall"\nspare = [', ["needs is 'a wall'", "a list"]),
    ("exercises/quad.toml", "in_s = 4", "in_s = 20", ["breathing.in_s is 20", "2 to 8 s"]),
    ("exercises/quad.toml", '"Knees together, body tall."', '"x"', ["form[0] is 'x'", "3 to 200 characters"]),
    ("routines/evening.toml", 'exercise = "march"', 'exercise = "swim"', ["slots.exercise is 'swim'", "march"]),
    ("routines/evening.toml", 'exercise = "march"', 'exercise = "test_lunge"', ["'test_lunge'", "not a measure"]),
    ("routines/evening.toml", "level = 3", "level = 6", ["slots[0].level is 6", "1 to 5"]),
    ("routines/evening.toml", "to_min = 20", "to_min = 16", ["slots take 17.6 min", "15 to 16 min"]),
    ("routines/evening.toml", "to_min = 20\n", "", ["to_min is missing", "promises"]),
    ("routines/evening.toml", "to_min = 20", "to_min = 3", ["Routine.to_min is 3", "15 min or more"]),
    ("habits/alcohol.toml", 'source = "alcohol_genes"', 'source = "gin"', ["evidence.source is 'gin'"]),
    ("claims/c1.toml", '"allen_2014"', '"allen"', ["sources is 'allen'", "allen_2014"]),
    ("claims/c1.toml", 'verdict = "partly"', 'verdict = "maybe"', ["verdict is 'maybe'", "supported, partly"]),
    ("claims/c7.toml", 'sources = ["f4"]', 'sources = ["f2"]', ["sources is ['f2']", "tagged V"]),
    ("topics/is_it.toml", '"relatives"', '"cousins"', ["parts[1].sources is 'cousins'"]),
    ("topics/is_it.toml", '"relatives"', '"x1"', ["parts[1].sources is 'x1'", "sources tagged V"]),
    ("sources/r1.toml", 'tag = "V"', 'tag = "W"', ["tag is 'W'", "V, S, K"]),
    (SAFETY_FILE, 'urgency = "emergency"', 'urgency = "later"', ["signs[0].urgency is 'later'", "emergency"]),
    (SAFETY_FILE, 'blocks = ["all"]', 'blocks = ["most"]', ["blocks is 'most'", "all"]),
    (SAFETY_FILE, 'sources = ["nhs_clot"]', 'sources = ["clot"]', ["sources is 'clot'", "nhs_clot"]),
    (SAFETY_FILE, 'key = "stroke"', 'key = "saddle"', ["signs.key is 'saddle' again", "once"]),
    (SAFETY_FILE, "[ask_first]", "[ask_last]", ["ask_first is missing"]),
]


@pytest.mark.parametrize(("file", "old", "new", "named"), WRONG, ids=lambda value: str(value)[:40])
def test_it_names_the_file_the_place_the_value_and_what_is_allowed(
    spoil: Spoil, file: str, old: str, new: str, named: list[str]
) -> None:
    problems = spoil(file, old, new)

    assert [one for one in problems if one.startswith(f"{file}: ") and all(word in one for word in named)], problems
    assert all("allowed: " in one for one in problems)


def test_it_reports_one_mistake_once(spoil: Spoil) -> None:
    assert len(spoil("sources/r3.toml", 'grade = "B"', 'grade = "Z"')) == 1


def test_it_reports_a_table_where_a_list_belongs(spoil: Spoil) -> None:
    assert "a table" in spoil("exercises/quad.toml", "[breathing]", 'breathing = "slow"\n[breath]')[0]


def test_it_reports_the_mistakes_of_all_files_together(folder: Path) -> None:
    (folder / "claims" / "c2.toml").write_text("key = 2\n", encoding="utf-8")
    (folder / "habits" / "iron.toml").write_text("key = [", encoding="utf-8")

    with pytest.raises(LibraryError) as caught:
        load_from(folder)

    assert {problem.split(":")[0] for problem in caught.value.problems} == {"claims/c2.toml", "habits/iron.toml"}
    assert str(caught.value).splitlines() == caught.value.problems


def test_it_misses_a_whole_room_and_the_safety_table(folder: Path) -> None:
    shutil.rmtree(folder / "topics")
    (folder / SAFETY_FILE).unlink()

    with pytest.raises(LibraryError) as caught:
        load_from(folder)

    assert [problem.split(":")[0] for problem in caught.value.problems] == ["topics", SAFETY_FILE]


@pytest.mark.parametrize("room", ["exercises", "sources"])
def test_it_notices_that_a_used_file_is_gone(folder: Path, room: str) -> None:
    gone = {"exercises": "calf_towel", "sources": "allen_2014"}[room]
    (folder / room / f"{gone}.toml").unlink()

    with pytest.raises(LibraryError, match=f"is '{gone}'; allowed: "):
        load_from(folder)


def test_it_shows_only_sources_that_were_read_themselves() -> None:
    library: Library = load_library()
    habit = library.habits["magnesium"]

    assert [source.key for source in library.shown_sources(["r1", "x1", "f2", "n1"])] == ["r1", "n1"]
    assert [source.key for source, _ in library.shown_evidence(habit.evidence)] == ["gorantla_2024", "silva_2017"]
    assert library.shown_evidence(habit.evidence)[1] == (library.sources["silva_2017"], "How much a dummy does.")
