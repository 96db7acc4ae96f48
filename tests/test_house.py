"""The house is as ARCHITECTURE.md says: its rooms, its sizes, its words."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from quietlegs.cli.main import app
from quietlegs.formats.known import known

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "quietlegs"
USING = ROOT / "docs" / "using"
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
NO_ROOM_IS_CALLED = {"utils", "helpers", "core", "common", "manager", "base", "misc", "service", "services", "shared"}


def folders() -> set[str]:
    """Every folder with Python in it, below the package."""
    return {file.parent.relative_to(SOURCE).as_posix() for file in SOURCE.rglob("*.py")} - {"."}


def test_it_finds_every_folder_in_architecture_and_no_other() -> None:
    described = set(re.findall(r"^\| `([\w/]+)/` \|", ARCHITECTURE, flags=re.MULTILINE))

    assert described == folders()


def test_it_holds_no_file_above_its_size_and_no_function_above_its_length() -> None:
    found = subprocess.run([sys.executable, "bench/house.py"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert found.returncode == 0, found.stdout


def test_it_has_no_room_without_a_meaning() -> None:
    names = {part for folder in folders() for part in folder.split("/")} | {file.stem for file in SOURCE.rglob("*.py")}

    assert names & NO_ROOM_IS_CALLED == set()


def test_it_keeps_init_files_empty() -> None:
    assert [file for file in SOURCE.rglob("__init__.py") if file.read_text(encoding="utf-8").strip()] == []


def test_it_keeps_the_corridor_short() -> None:
    assert len((SOURCE / "day.py").read_text(encoding="utf-8").splitlines()) <= 150


def test_it_documents_every_command_with_every_option() -> None:
    pages = (ROOT / "docs" / "using" / "commands.md").read_text(encoding="utf-8")
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]  # a Typer app is a group
        assert f"## quietlegs {name}" in pages, f"make docs: {name} is not in docs/using/commands.md"
        assert (command.help or "").splitlines()[0] in pages
        for option in command.params:
            assert option.opts[0] in pages, f"make docs: {option.opts[0]} of {name}"


def test_it_tells_of_every_format_that_can_be_read() -> None:
    page = (USING / "imports.md").read_text(encoding="utf-8")
    for one in known().values():
        assert f"| [`{one.key}`: {one.name}](imports/{one.key}.md) |" in page
        assert (f"| {'yes' if one.proven else 'unproven'} |\n") in page


def test_it_has_a_page_for_each_format_and_no_other() -> None:
    formats = {folder.parent for folder in (SOURCE / "formats").glob("*/__init__.py")}
    read = {folder.name for folder in formats if (folder / "read.py").is_file()}
    index = (USING / "imports.md").read_text(encoding="utf-8")

    for kind, names in (("imports", read), ("exports", {folder.name for folder in formats} - read)):
        assert {page.stem for page in (USING / kind).glob("*.md")} == names
        assert [name for name in sorted(names) if f"({kind}/{name}.md)" not in index] == []


@pytest.mark.parametrize("page", sorted(USING.glob("*ports/*.md")), ids=lambda page: page.stem)
def test_it_says_of_each_format_where_its_file_comes_from_and_what_is_left(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    assert re.findall(r"^\*\*(.+?)\.\*\*", text, flags=re.MULTILINE) == [
        "Get the file",
        "What is written" if page.parent.name == "exports" else "What is taken",
        "What is left",
    ]
    assert [name for name in re.findall(r"\]\(([^)#:]+)\)", text) if not (page.parent / name).exists()] == []
    if page.parent.name == "imports" and page.stem in known():
        assert ("\nUnproven: " in text) is not known()[page.stem].proven
        assert ("\nProven by " in text) is known()[page.stem].proven


def test_it_tests_every_command_in_a_file_of_its_name() -> None:
    names = set(get_command(app).commands)  # type: ignore[attr-defined]  # as above

    assert {
        name for name in names if not list((ROOT / "tests" / "cli").glob(f"test_{name.replace('-', '_')}*.py"))
    } == set()


def test_it_gives_a_reason_for_every_lint_that_is_off() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    ignores = [line for line in lines if re.match(r'\s+"[A-Z]+\d*",', line)]

    assert ignores
    assert [line for line in ignores if "#" not in line] == []


def test_it_gives_a_reason_for_every_exception_in_the_code() -> None:
    bare = re.compile(r"#\s*(noqa|type: ignore)(\[[\w, -]+\]|:\s*[\w, ]+)?\s*$")
    files = [*SOURCE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")]

    assert [f"{file}: {line}" for file in files for line in _lines(file) if bare.search(line)] == []


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", ["README", "ARCHITECTURE", "CHANGELOG", "CONTRIBUTING", "SECURITY"])
def test_it_links_to_files_that_exist(name: str) -> None:
    text = (ROOT / f"{name}.md").read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text) if "://" not in target]

    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_it_never_downloads_a_python_of_its_own() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert project["tool"]["uv"]["python-downloads"] == "never"


def test_it_shows_every_picture_of_a_page_in_the_guide_and_keeps_them_small() -> None:
    folder = ROOT / "docs" / "using"
    shown = re.findall(r"\((pictures/page_\w+\.webp)\)", (folder / "pages.md").read_text(encoding="utf-8"))
    kept = [file.relative_to(folder).as_posix() for file in (folder / "pictures").glob("page_*.webp")]

    assert sorted(shown) == sorted(kept)
    assert sum(file.stat().st_size for file in (folder / "pictures").iterdir()) < 5_000_000


def test_it_names_for_each_requirement_that_is_met_a_test_that_exists() -> None:
    page = (ROOT / "docs" / "using" / "security.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+\.\d+\.\d+) \| .+? \| (met|not met|not applicable) \| (.*) \|$", page, re.MULTILINE)
    told = {state: sum(row[1] == state for row in rows) for state in ("met", "not met", "not applicable")}

    assert len({number for number, _, _ in rows}) == len(rows) > 200
    assert "{met} met, {not met} not met, {not applicable} not applicable".format_map(told) in page
    for number, state, by in rows:
        tests, files = (
            re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", by),
            re.findall(r"`((?:src|docs)/[\w/.-]+|[\w.-]+)`", by),
        )
        there = [file for file in files if (ROOT / file).exists()]
        assert tests or there or state != "met", f"{number} is met, and nothing shows it"
        for file, name in tests:
            assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), f"{number}: {file}::{name}"
