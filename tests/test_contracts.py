"""Each contract bites: a copy of the house with one violation fails, and names that contract."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent

VIOLATIONS = {
    "records imports a room above it": (
        "records/ids.py",
        "import quietlegs.library.load\n",
        "Import only from floors below",
    ),
    "cues and trials know each other": (
        "cues/cue.py",
        "import quietlegs.trials.nights\n",
        "Import only from floors below",
    ),
    "the doors know each other": ("cli/main.py", "import quietlegs.web.start\n", "Import only from floors below"),
    "a stray room appears": ("utils/__init__.py", "", "Import only from floors below"),
    "a room imports Django": ("plan/onset.py", "import django\n", "No Django and no database outside web"),
    "the command line imports Django": ("cli/log.py", "import django\n", "No Django and no database outside web"),
    "a room opens a database": ("trials/nights.py", "import sqlite3\n", "No Django and no database outside web"),
    "a room reaches the network": ("formats/diary_csv/read.py", "import socket\n", "Below the doors"),
    "a page touches rows": (
        "web/pages/learn/views.py",
        "from quietlegs.web.store.models import FactRow\n",
        "Only web.store touches rows",
    ),
    "siblings tie a knot": (
        "web/store/diary.py",
        "import quietlegs.web.pages.tonight.views\n",
        "No knots among siblings",
    ),
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the package and its contracts, to be spoiled."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def run(house: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a tool on the copy, which comes before the installed package."""
    env = os.environ | {"PYTHONPATH": str(house / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=house, env=env, capture_output=True, text=True, check=False)


def kept(output: str) -> dict[str, str]:
    """Read the summary: each contract's name with KEPT or BROKEN."""
    return dict(re.findall(r"^(.+) (KEPT|BROKEN)(?: \(\d+ ignored imports?\))?$", output, flags=re.MULTILINE))


def test_it_keeps_every_contract_as_the_house_stands(house: Path) -> None:
    found = run(house, str(BIN / "lint-imports"), "--no-cache")

    assert set(kept(found.stdout).values()) == {"KEPT"}, found.stdout
    assert len(kept(found.stdout)) == 5


@pytest.mark.parametrize("violation", VIOLATIONS)
def test_it_fails_when(house: Path, violation: str) -> None:
    place, line, contract = VIOLATIONS[violation]
    file = house / "src" / "quietlegs" / place
    file.parent.mkdir(exist_ok=True)
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    file.write_text(before + line, encoding="utf-8")

    found = run(house, str(BIN / "lint-imports"), "--no-cache")

    assert found.returncode != 0, found.stdout
    broken = [name for name, verdict in kept(found.stdout).items() if verdict == "BROKEN"]
    named = broken or [found.stdout + found.stderr]
    assert any(contract in name or "utils" in name for name in named), found.stdout


BANNED = {
    "a room reads the clock": ("plan/onset.py", "from datetime import datetime, UTC\n\nx = datetime.now(UTC)\n"),
    "a room asks for today": ("records/moment.py", "import datetime\n\nx = datetime.date.today()\n"),
    "a room counts seconds": ("cues/cue.py", "import time\n\nx = time.time()\n"),
    "a room seeds its own chance": ("trials/nights.py", "import numpy as np\n\nnp.random.seed(1)\n"),
}


@pytest.mark.parametrize("violation", BANNED)
def test_it_bans_when(house: Path, violation: str) -> None:
    place, lines = BANNED[violation]
    (house / "src" / "quietlegs" / place).write_text(lines, encoding="utf-8")

    found = run(house, str(BIN / "ruff"), "check", "--select", "TID251", f"src/quietlegs/{place}")

    assert found.returncode != 0
    assert "is an argument" in found.stdout
