"""What a host takes from the repository: each file fits its own rules, and no setting is left untold."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HOSTING = ROOT / "hosting"
PAGE = (ROOT / "docs" / "using" / "hosting.md").read_text(encoding="utf-8")


def _run(*line: str | Path) -> str:
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_it_has_a_containerfile_without_a_fault() -> None:
    # The version is that of the wheel which was just made from this very source.
    _run(Path(sys.executable).parent / "hadolint", "--ignore", "DL3013", HOSTING / "Containerfile")


def test_it_has_a_compose_file_that_fits_the_specification() -> None:
    check = Path(sys.executable).parent / "check-jsonschema"
    _run(check, "--builtin-schema", "vendor.compose-spec", HOSTING / "compose.yaml")


@pytest.mark.parametrize("unit", ["quietlegs.service", "quietlegs-worker.service"])
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_it_has_units_that_systemd_takes(unit: str, tmp_path: Path) -> None:
    file = tmp_path / unit
    text = (HOSTING / unit).read_text(encoding="utf-8")
    file.write_text(text.replace("/opt/quietlegs/bin/quietlegs", "/bin/true"), encoding="utf-8")

    assert _run("systemd-analyze", "verify", file) == ""
    # From 0, shut off from everything, to 100.
    _run("systemd-analyze", "security", "--offline=yes", "--threshold=17", file)


@pytest.mark.parametrize("file", ["environment.example", "compose.yaml", "quietlegs.service", "Containerfile"])
def test_it_tells_of_every_setting_that_it_uses(file: str) -> None:
    used = set(re.findall(r"\bQUIETLEGS_[A-Z_]+|\bDATABASE_URL", (HOSTING / file).read_text(encoding="utf-8")))

    assert used
    assert {name for name in used if f"`{name}`" not in PAGE} == set()
