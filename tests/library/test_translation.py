"""The library in other languages: nothing missing, nothing left over, nothing older than its English."""

import re
import shutil
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from quietlegs.library.exercise import Exercise
from quietlegs.library.languages import TRANSLATIONS, english_files, in_language
from quietlegs.library.load import load_from, load_library
from quietlegs.library.spoken import Texts, fingerprint, texts
from quietlegs.library.translation import translated
from quietlegs.words.language import speaking

FOLDER = Path(str(files("quietlegs.library")))
SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "using" / "translations.py"
ENGLISH = load_library()
FILES = dict(english_files(ENGLISH))
WALK = ENGLISH.exercises["walk"]
SAID = texts(WALK, Exercise)
# The same in every language: telephone numbers and an address.
SAME = re.compile(r"[\d ]+|findahelpline\.com")


def flat(said: Texts, place: str = "") -> dict[str, str]:
    """Give every text with the place where it stands."""
    if isinstance(said, str):
        return {place: said}
    inside = said.items() if isinstance(said, dict) else ((str(index), one) for index, one in enumerate(said))
    return {key: text for name, one in inside for key, text in flat(one, f"{place}.{name}").items()}


def numbers(text: str) -> list[str]:
    """Give the digits of each number, whatever parts its thousands and decimals."""
    return sorted(re.sub(r"(?<=\d)[.,\u00a0\u202f](?=\d)", "", text).translate({0xA0: " ", 0x202F: " "}).split())


def digits(text: str) -> list[str]:
    return sorted(re.findall(r"\d+", " ".join(numbers(text))))


def both(name: str, language: str) -> list[tuple[str, str, str]]:
    """Give place, English and translation of every text of a file."""
    english, other = FILES[name], dict(english_files(load_library(language)))[name]
    one, two = flat(texts(english, type(english)) or {}), flat(texts(other, type(other)) or {})
    return [(place, one[place], two[place]) for place in one]


EVERY_FILE = [(name, language) for language in TRANSLATIONS for name in FILES]


def changed(**new: object) -> list[str]:
    """Translate the walk into itself, but for one change, and give what is found wrong."""
    assert isinstance(SAID, dict)
    table = {"translates": fingerprint(SAID), **SAID, **new}
    return translated(WALK, {name: value for name, value in table.items() if value is not None})[1]


def test_it_takes_a_translation_that_says_all_there_is_to_say() -> None:
    assert isinstance(SAID, dict)
    walk, problems = translated(WALK, {"translates": fingerprint(SAID), **SAID, "name": "Paseo tranquilo"})

    assert problems == []
    assert walk is not None
    assert walk.name == "Paseo tranquilo"
    assert (walk.steps, walk.poses, walk.doses) == (WALK.steps, WALK.poses, WALK.doses)


STEPS = [{"show": step.show} for step in WALK.steps]
WRONG: list[tuple[dict[str, object], str]] = [
    ({"name": None}, "name is missing"),
    ({"name": ""}, "name is ''; allowed: a text of 3 to 200 characters"),
    ({"name": "  "}, "name is '  '"),
    ({"name": 7}, "name is 7"),
    ({"number": 14}, "has the unknown key number"),
    ({"steps": STEPS[1:]}, f"steps has {len(STEPS) - 1} items; allowed: {len(STEPS)}"),
    ({"steps": "slowly"}, "steps is 'slowly'; allowed: a list"),
    ({"steps": [{"show": "x" * 111}, *STEPS[1:]]}, "steps[0].show is "),
    ({"steps": [{"show": "Walk.", "pose": "pass"}, *STEPS[1:]]}, "steps[0] has the unknown key pose"),
    ({"steps": [{}, *STEPS[1:]]}, "steps[0].show is missing"),
    ({"poses": {}}, "poses.stride is missing"),
    ({"poses": {"leap": {"caption": "A leap."}}}, "poses has the unknown key leap"),
    ({"translates": None}, "translates is missing; allowed: '"),
    ({"translates": "0123456789ab"}, "translates is '0123456789ab', so the English text has changed"),
]


@pytest.mark.parametrize(("new", "named"), WRONG, ids=lambda value: str(value)[:40])
def test_it_names_the_place_and_what_is_allowed_there(new: dict[str, object], named: str) -> None:
    problems = changed(**new)

    assert [one for one in problems if one.startswith(named)], problems
    assert all("allowed: " in one for one in problems)


def test_it_names_everything_that_is_wrong_at_once() -> None:
    assert len(changed(name="", works=None, number=14, translates="0")) == 4


def test_it_notices_every_text_that_changes_in_english() -> None:
    table = tomllib.loads((FOLDER / "exercises" / "walk.toml").read_text(encoding="utf-8"))

    assert SAID is not None
    assert fingerprint(SAID) != fingerprint({**table, "name": "Easy walk."})
    assert len({fingerprint({"a": "b", "c": "d"}), fingerprint({"c": "d", "a": "b"})}) == 1


def test_it_leaves_out_what_nobody_reads() -> None:
    said = {place for one in FILES.values() for place in flat(texts(one, type(one)) or {})}

    assert not [place for place in said if re.search(r"\.(key|title|address|source|pose|grade|seated)$", place)]
    assert {
        ".name",
        ".poses.stride.caption",
        ".doses.0.note",
        ".signs.0.question",
        ".parts.0.heading",
        ".steps.0.show",
        ".finding",
        ".ask_first.a1",
        ".crisis.0.reach",
        ".breathing.words",
    } <= said


def test_it_stays_english_where_a_translation_is_missing_wrong_or_stale(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "library", ignore=shutil.ignore_patterns("*.de.toml", "*.py"))
    folder = tmp_path / "library"
    (folder / "habits" / "alcohol.de.toml").write_text('translates = "000000000000"\nname = "Alt"\n', encoding="utf-8")
    (folder / "habits" / "iron.de.toml").write_text("name = ", encoding="utf-8")
    (folder / "habits" / "gone.de.toml").write_text('name = "Weg"\n', encoding="utf-8")
    library, problems = in_language(load_from(folder), folder, "de")

    assert library == ENGLISH
    for start in (
        "habits/alcohol.de.toml: translates is '000000000000'", "habits/alcohol.de.toml: in_short is missing",
        "habits/iron.de.toml: the file is unreadable", "habits/gone.de.toml: translates no English file",
        "safety.de.toml: the file is missing",
    ):  # fmt: skip
        assert [one for one in problems if one.startswith(start)], start


def test_it_gives_english_for_a_language_it_does_not_have() -> None:
    assert load_library("tlh") is load_library("en") is load_library()
    assert load_library("es") is load_library("es")


def test_it_gives_the_library_in_the_language_spoken_now() -> None:
    with speaking("es"):
        assert load_library() is load_library("es")

    assert load_library() is load_library("en")


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_it_has_no_translation_that_is_missing_wrong_or_stale(language: str) -> None:
    _, problems = in_language(ENGLISH, FOLDER, language)

    assert problems == []


@pytest.mark.parametrize(("name", "language"), EVERY_FILE)
def test_it_translates_every_text_and_keeps_every_number(name: str, language: str) -> None:
    pairs = both(name, language)

    assert {place: two for place, one, two in pairs if one == two and not SAME.fullmatch(one)} == {}
    assert {place: (one, two) for place, one, two in pairs if digits(one) != digits(two)} == {}


@pytest.mark.parametrize(("name", "language"), EVERY_FILE)
def test_it_speaks_translated_steps_in_one_breath(name: str, language: str) -> None:
    shown = [two for place, _, two in both(name, language) if place.endswith(".show")]

    assert [step for step in shown if max(len(part.split()) for part in re.split(r"[.:;?]", step)) > 20] == []


@pytest.mark.parametrize(("name", "language"), EVERY_FILE)
def test_it_leaves_no_loose_blanks_or_odd_signs_in_a_translation(name: str, language: str) -> None:
    letters = {"es": "áéíóúüñÁÉÍÓÚÑ¿¡«»°\u00a0", "de": "äöüßÄÖÜ„“°"}[language]
    odd = re.compile(rf"  |\s$|^\s|\n|[^\x20-\x7e{letters}]")

    assert [(place, two) for place, _, two in both(name, language) if odd.search(two)] == []


def test_it_tells_a_translator_what_is_missing() -> None:
    told = subprocess.run([sys.executable, str(SCRIPT), "es"], capture_output=True, text=True, check=False)
    _, problems = in_language(ENGLISH, FOLDER, "es")

    assert told.stdout.splitlines() == problems
    assert told.returncode == (1 if problems else 0)
