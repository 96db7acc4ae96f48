"""`quietlegs learn`: numbers, plain sentences, and no number out of a bad file."""

import json
import random
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner, Result

from quietlegs.cli.main import app
from quietlegs.cli.question import LONG_FILE_BYTES

Command = Callable[..., subprocess.CompletedProcess[str]]
MELATONIN = Path(__file__).resolve().parents[3] / "shared" / "data" / "melatonin" / "melatonin_daily.csv"


@pytest.fixture
def learn() -> Callable[..., Result]:
    """Run the command in this process: most cases need no process of their own."""

    def run(*words: object) -> Result:
        return CliRunner().invoke(app, ["learn", *map(str, words)], env={"NO_COLOR": "1"})

    return run


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    """Forty nights in order of chance, with some not answered, newest first."""
    chance = random.Random(7)
    arms = [arm for _ in range(20) for arm in chance.sample(["slow breathing", "calf [stretch]"], 2)]
    rows = [
        f"{date(2026, 1, 5) + timedelta(days=k)};{arm};{'' if k % 9 == 4 else chance.randint(1, 8)}"
        for k, arm in enumerate(arms)
    ]
    file = tmp_path / "diary.csv"
    file.write_text("\n".join(["date;arm;severity", *reversed(rows)]), encoding="utf-8")
    return file


def refused(result: Result) -> str:
    """Give what was said on standard error after checking that nothing else was done."""
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return " ".join(result.stderr.split())


@pytest.mark.real
def test_it_prints_the_published_figures_to_the_digits(command: Command) -> None:
    if not MELATONIN.exists():
        pytest.skip(f"{MELATONIN} is absent: the published data are kept beside the checkout, not in it")

    said = command("learn", str(MELATONIN), "--date", "date", "--arm", "melatonin", "--outcome", "mood")

    assert said.returncode == 0, said.stderr
    lines = [" ".join(line.split()) for line in said.stdout.splitlines()]
    assert any(line.startswith("Means, Welch 0.92 t 0.696 p 0.489") for line in lines)
    assert any("1.035 SE 0.891 p 0.245" in line and "phi 0.490" in line for line in lines)
    assert "70 nights: 70 answered, 0 not." in lines
    assert "Compared with melatonin=0, chosen by its name; --comparator takes another." in lines


def test_it_tells_the_same_in_json(learn: Callable[..., Result], diary: Path) -> None:
    result = learn(diary, "--json", "--lower-is-better", "--comparator", "slow breathing")

    told = json.loads(result.stdout)
    assert (told["nights"], told["answered"], told["missing"], told["unlisted"]) == (40, 36, 4, 0)
    (pair,) = told["comparisons"]
    assert (pair["arm"]["name"], pair["comparator"]["name"]) == ("calf [stretch]", "slow breathing")
    assert pair["arm"]["used"] + pair["comparator"]["used"] == 36
    assert pair["closed_up"] is None
    assert "way you want" in pair["sentences"][0]


def test_it_takes_names_as_they_are_and_says_what_it_compared_with(learn: Callable[..., Result], diary: Path) -> None:
    result = learn(diary)

    assert result.exit_code == 0, result.stderr
    assert "chosen as the first in the list" in result.stdout
    assert "calf [stretch]" in result.stdout
    assert "This is an estimate, not a verdict." in result.stdout
    assert re.search(r"\b(helps|works|proves)\b", result.stdout) is None


def test_it_prefers_a_comparator_by_its_name(learn: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "named.csv"
    arms = ["Calf", "Placebo"] * 6
    rows = [f"2026-01-{k + 1:02},{arm},{(k * 7) % 5}" for k, arm in enumerate(arms)]
    file.write_text("\n".join(["date,arm,severity", *rows]), encoding="utf-8")

    assert "Compared with Placebo, chosen by its name" in learn(file).stdout
    assert "Compared with Calf, as you asked." in learn(file, "--comparator", "calf").stdout
    assert "allowed: Calf, Placebo" in refused(learn(file, "--comparator", "walk"))


def test_it_says_not_enough_yet_and_gives_no_number(learn: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "few.csv"
    file.write_text("date,arm,severity\n2026-01-05,a,4\n2026-01-06,b,2\n", encoding="utf-8")

    result = learn(file)

    assert result.exit_code == 0
    assert "Not enough yet to compare b with a: at least 6 more answered nights are needed." in result.stdout
    assert "Regression" not in result.stdout


def test_it_compares_nothing_where_one_thing_was_tried(learn: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "plain.csv"
    file.write_text("date,arm,severity\n2026-01-05,,4\n2026-01-06,,2\n", encoding="utf-8")

    assert "Nothing to compare yet" in learn(file).stdout
    assert json.loads(learn(file, "--json").stdout)["comparisons"] == []


def test_it_draws_the_nights_over_an_older_picture(learn: Callable[..., Result], diary: Path, tmp_path: Path) -> None:
    picture = tmp_path / "nights.svg"
    picture.write_text("older", encoding="utf-8")

    assert learn(diary, "--plot", picture).exit_code == 0

    assert ET.parse(picture).getroot().get("role") == "img"


def test_it_refuses_a_picture_that_cannot_be_written(learn: Callable[..., Result], diary: Path, tmp_path: Path) -> None:
    assert "is not a file that can be overwritten" in refused(learn(diary, "--plot", tmp_path))
    assert "No such file or directory" in refused(learn(diary, "--plot", tmp_path / "none" / "x.svg"))


def test_it_draws_nothing_where_nothing_was_answered(learn: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "blank.csv"
    file.write_text("date,arm,severity\n2026-01-05,a,\n2026-01-06,b,\n", encoding="utf-8")

    assert "answered nights is 0; allowed: 1 or more" in refused(learn(file, "--plot", tmp_path / "x.svg"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty file"),
        (b"date,arm,severity\n", "no lines below the header"),
        (b"day,arm,severity\n2026-01-05,a,4\n", "column 'date': 'missing'; allowed: one of: 'day', 'arm', 'severity'"),
        (b"date,arm,severity\n2026-01-05,a,NaN\n", "line 2, column 'severity': 'NaN'"),
        (b"date,arm,severity\n03/04/2026,a,4\n", "line 2, column 'date': '03/04/2026'"),
        (b"date,arm,severity\n2026-01-05,a,4\n2026-01-05,a,4\n", "line 3, column 'date'"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "byte 0x89 at byte 0"),
        ("date,arm,severity\n".encode("utf-16"), "UTF-16 text"),
    ],
)
def test_it_refuses_a_file_with_an_error_and_says_where(
    learn: Callable[..., Result], tmp_path: Path, content: bytes, message: str
) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(content)

    assert message in refused(learn(file))


def test_it_lists_twenty_errors_and_counts_the_rest(learn: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("date,arm,severity\n" + "2026-01-05,a,x\n" * 33, encoding="utf-8")

    result = learn(file)

    assert refused(result).endswith("... and 13 more.")
    assert len(result.stderr.splitlines()) == 21


def test_it_refuses_a_folder_and_a_file_that_is_not_there(learn: Callable[..., Result], tmp_path: Path) -> None:
    assert "Is a directory" in refused(learn(tmp_path))
    assert "No such file or directory" in refused(learn(tmp_path / "none.csv"))


def test_it_reads_a_long_file_to_its_end(learn: Callable[..., Result], diary: Path) -> None:
    header, *rows = diary.read_text(encoding="utf-8").splitlines()
    note = "x" * 60_000
    diary.write_text("\n".join([f"{header};note", *(f"{row};{note}" for row in rows)]), encoding="utf-8")
    assert diary.stat().st_size > LONG_FILE_BYTES

    assert json.loads(learn(diary, "--json").stdout)["answered"] == 36


def test_it_learns_from_the_diary_of_the_simulated_person(command: Command) -> None:
    assert command("demo", "--nights", "40").returncode == 0

    said = command("learn", "--demo")

    assert said.returncode == 0, said.stderr
    assert "This is an estimate, not a verdict." in said.stdout


def test_it_says_so_when_the_diary_is_empty(command: Command) -> None:
    said = command("learn")

    assert said.returncode == 2
    assert "no night in your diary yet" in said.stderr


def test_it_does_not_make_the_other_commands_wait_for_scipy() -> None:
    code = "import sys, quietlegs.cli.learn; print('scipy' in sys.modules, 'numpy' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout.split() == ["False", "False"]


def test_it_gives_a_verdict_only_where_the_lot_is_vouched_for(learn: Callable[..., Result], diary: Path) -> None:
    plain = " ".join(learn(diary).stdout.split())
    said = " ".join(learn(diary, "--lower-is-better", "--drawn", "rounds").stdout.split())

    assert "No verdict: only a lot can give one." in plain
    assert "Verdict. slow breathing:" in said
    assert "You say that the turns were drawn by lot before the first night." in said
    told = json.loads(learn(diary, "--lower-is-better", "--drawn", "any", "--json").stdout)["answer"]
    assert told["claim"]["looks"][-1]["night"] == 40
    assert json.loads(learn(diary, "--json").stdout)["answer"] is None


def test_it_names_a_lot_that_cannot_be(learn: Callable[..., Result], diary: Path) -> None:
    assert "--drawn is 'often'; allowed: rounds, any" in refused(learn(diary, "--lower-is-better", "--drawn", "often"))
    assert "needs --lower-is-better or --higher-is-better" in refused(learn(diary, "--drawn", "any"))
    lines = diary.read_text(encoding="utf-8").splitlines()
    diary.write_text("\n".join([*lines[:5], *lines[6:]]), encoding="utf-8")
    assert "whole rounds" in refused(learn(diary, "--lower-is-better", "--drawn", "rounds"))


def test_it_does_not_pass_over_a_lot_that_is_said_of_the_diary(learn: Callable[..., Result]) -> None:
    assert "--drawn is for a file" in refused(learn("--drawn", "any"))
