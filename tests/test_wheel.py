"""What `pip install` gives: every page, drawing and text file of the package, and the command."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
UV = Path(sys.executable).parent / "uv"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    out = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [str(UV), "build", "--wheel", "--quiet", "--out-dir", str(out), str(ROOT)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    (file,) = out.glob("*.whl")
    return zipfile.ZipFile(file)


def test_it_holds_every_file_of_the_package(wheel: zipfile.ZipFile) -> None:
    ours = {file.relative_to(ROOT / "src").as_posix() for file in (ROOT / "src").rglob("*") if file.is_file()}
    wanted = {name for name in ours if "__pycache__" not in name}

    assert wanted - set(wheel.namelist()) == set()
    assert {Path(name).suffix for name in wanted} >= {".py", ".toml", ".html", ".css", ".js", ".svg"}


def test_it_brings_the_command_and_the_doors(wheel: zipfile.ZipFile) -> None:
    (name,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    text = wheel.read(name).decode()

    assert "quietlegs = quietlegs.cli.main:run" in text
    for door in ("diary", "examine", "serve"):
        assert f"{door} = quietlegs.web.start:{door}" in text


def test_it_holds_nothing_of_this_machine(wheel: zipfile.ZipFile) -> None:
    here = str(ROOT).encode()

    assert [name for name in wheel.namelist() if here in wheel.read(name)] == []
