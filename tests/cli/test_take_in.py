"""`quietlegs take-in`: a file's entries come into the diary, each once."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]
Exported = Callable[..., list[dict[str, Any]]]
FACT = {
    "id": "019bb0f2-0000-7000-8000-000000000001", "kind": "night_rating", "night": "2026-01-09",
    "at": "2026-01-10T07:00:00Z", "zone": "Europe/Berlin", "offset_s": 3600, "wall": "2026-01-10T08:00:00",
    "supersedes": None, "payload": {"severity": 6, "where": []},
}  # fmt: skip
OTHER = FACT | {"id": "019bb0f2-0000-7000-8000-000000000002", "payload": {"severity": 2, "where": []}}


@pytest.mark.parametrize("lines", [False, True], ids=["as a phone saves it", "as export writes it"])
def test_it_takes_each_entry_in_once(command: Command, exported: Exported, tmp_path: Path, *, lines: bool) -> None:
    file = tmp_path / "waiting.json"
    file.write_text("\n".join(map(json.dumps, (FACT, OTHER))) if lines else json.dumps([FACT, OTHER], indent=1))

    first, second = command("take-in", str(file)), command("take-in", str(file))

    assert first.stdout == "2 entries: 2 new, 0 there already, 0 not taken.\n"
    assert second.stdout == "2 entries: 0 new, 2 there already, 0 not taken.\n"
    assert (first.returncode, second.returncode) == (0, 0)
    assert exported() == [FACT, OTHER]


def test_it_names_what_it_cannot_take_and_takes_the_rest(command: Command, exported: Exported, tmp_path: Path) -> None:
    file = tmp_path / "waiting.json"
    rows = [FACT | {"payload": {"severity": 12}}, OTHER, OTHER | {"payload": {"severity": 3}}, {"id": "nonsense"}]
    ahead = FACT | {"at": "2999-01-10T07:00:00Z", "wall": "2999-01-10T08:00:00"}
    file.write_text(json.dumps([*rows, ahead]))

    answer = command("take-in", str(file))

    assert answer.returncode == 2
    assert answer.stdout == "5 entries: 1 new, 0 there already, 4 not taken.\n"
    told = answer.stderr.splitlines()
    assert [line.partition(":")[0] for line in told] == ["Entry 1", "Entry 3", "Entry 4", "Entry 5"]
    assert "NightRating.severity is 12" in told[0]
    assert "stored already with another content" in told[1]
    assert "clock is" in told[3]
    assert exported() == [OTHER]


@pytest.mark.parametrize("text", ["{", "[1,", "hello"])
def test_it_says_that_a_file_is_none_of_ours(command: Command, tmp_path: Path, text: str) -> None:
    file = tmp_path / "other.txt"
    file.write_text(text)

    answer = command("take-in", str(file))

    assert answer.returncode == 2
    assert "holds no entries of quietlegs" in answer.stderr


def test_it_says_that_there_is_no_such_file(command: Command, tmp_path: Path) -> None:
    answer = command("take-in", str(tmp_path / "none.json"))

    assert answer.returncode == 2
    assert "cannot be read: No such file" in answer.stderr
