"""The examples in the documentation run as they stand."""

import contextlib
import csv
import io
import re
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
    return tmp_path


def test_it_goes_from_a_csv_to_an_answer_and_a_picture(in_a_folder_with_nights: Path) -> None:
    said = io.StringIO()
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    with contextlib.chdir(in_a_folder_with_nights), contextlib.redirect_stdout(said):
        for block in blocks:
            exec(compile(block, str(PAGE), "exec"), {})

    assert len(blocks) == 2
    assert said.getvalue().startswith("calf: helps you\nYour severity")
    assert said.getvalue().rstrip().endswith(("calf", "breathing"))
    assert (in_a_folder_with_nights / "effects.svg").read_text(encoding="utf-8").startswith("<svg")
