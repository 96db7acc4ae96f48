"""The examples in the documentation run as they stand."""

import contextlib
import csv
import io
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

PAGE = Path(__file__).resolve().parents[1] / "docs" / "using" / "from-python.md"


@pytest.fixture
def in_a_folder_with_nights(tmp_path: Path) -> Path:
    rng = np.random.default_rng(1)
    arms = [arm for _ in range(40) for arm in rng.permutation(["calf", "breathing"]).tolist()]
    with (tmp_path / "nights.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["date", "arm", "severity"])
        for place, arm in enumerate(arms):
            felt = "" if place % 9 == 4 else int(np.clip(rng.normal(5 - 2 * (arm == "calf"), 1), 0, 10))
            writer.writerow([date(2026, 1, 5) + timedelta(days=place), arm, felt])
    sleep = "sid,start,stop,rating\n1,1767225600000,1767250800000,4\n2,x,1767337200000,0\n"
    (tmp_path / "plees-tracker.csv").write_text(sleep, encoding="utf-8")
    return tmp_path


def test_it_goes_from_a_csv_to_an_answer_and_a_picture(in_a_folder_with_nights: Path) -> None:
    said = io.StringIO()
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    with contextlib.chdir(in_a_folder_with_nights), contextlib.redirect_stdout(said):
        for block in blocks:
            exec(compile(block, str(PAGE), "exec"), {})

    assert len(blocks) == 3
    assert said.getvalue().startswith("calf: helps you\nYour severity")
    answer, left_out, names, night = said.getvalue().splitlines()[-4:]
    assert answer in {"calf", "breathing"}
    assert left_out.startswith("line 3: invalid literal")
    assert names.split() == ["night", "up_at", "quality", "source"]
    assert night.split() == ["0", "2025-12-31", "2026-01-01", "07:00:00+00:00", "8", "Plees", "Tracker"]
    assert (in_a_folder_with_nights / "effects.svg").read_text(encoding="utf-8").startswith("<svg")


def test_it_makes_a_frame_of_the_diary_on_this_machine(tmp_path: Path) -> None:
    page = (PAGE.parent / "your-data.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    env = os.environ | {"QUIETLEGS_HOME": str(tmp_path)}
    for words in (["-m", "quietlegs.cli.main", "log", "6"], ["-c", example]):
        done = subprocess.run([sys.executable, *words], env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    assert done.stdout.splitlines()[0].split() == ["night", "severity", "began_at", "added_later"]
    assert done.stdout.splitlines()[1].split()[2] == "6"
