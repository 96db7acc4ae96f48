"""The wheel in an empty environment, with nothing of this repository near it: it starts, and every page is whole."""

import fcntl
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

ROOT = Path(__file__).resolve().parents[1]
UV = Path(sys.executable).parent / "uv"
_STARTS_WITHIN_S = 120
PAGES = ("/", "/guide/calm/", "/log/", "/learn/", "/library/", "/measures/", "/report/", "/reminders/", "/imports/",
         "/keys/", "/settings/", "/waiting/", "/offline/", "/safety/help/", "/trail/")  # fmt: skip
pytestmark = [pytest.mark.sweep, pytest.mark.usefixtures("socket_enabled")]


def _uv(*words: str | Path) -> None:
    done = subprocess.run([UV, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and what it needs, made once for all workers of this run."""
    ours = tmp_path_factory.getbasetemp()
    folder = (ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours) / "installed"
    folder.mkdir(exist_ok=True)
    done = folder / "done"
    with (folder / "lock").open("w") as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        if not done.exists():
            _install(folder)
            done.touch()
    return folder


def _install(folder: Path) -> None:
    """Install the wheel, and what it needs in the versions of the lock file."""
    _uv("build", "--wheel", "--quiet", "--out-dir", folder, ROOT)
    [wheel] = folder.glob("*.whl")
    needed = folder / "needed.txt"
    _uv("export", "--quiet", "--locked", "--no-dev", "--no-emit-project", "--extra", "hosted", "--output-file", needed)
    _uv("venv", "--quiet", "--python", sys.executable, folder / "env")
    python = folder / "env" / "bin" / "python"
    _uv("pip", "install", "--quiet", "--python", python, "--requirements", needed)
    _uv("pip", "install", "--quiet", "--python", python, "--no-deps", wheel)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def url(installed: Path, home: Path) -> Iterator[str]:
    """Its address, while it runs with nothing in its environment but where its data lie."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {"QUIETLEGS_HOME": os.fspath(home), "PATH": os.defpath}
    line = [os.fspath(installed / "env" / "bin" / "quietlegs"), "serve", "--port", str(port)]
    process = subprocess.Popen(line, cwd=installed, env=env, stdout=subprocess.DEVNULL)
    until = time.monotonic() + _STARTS_WITHIN_S
    while time.monotonic() < until and process.poll() is None:
        try:
            urlopen(f"http://127.0.0.1:{port}/safety/help/", timeout=5).close()
            break
        except OSError:
            time.sleep(0.2)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def read(address: str, language: str = "en") -> str:
    with urlopen(Request(address, headers={"Accept-Language": language}), timeout=60) as answer:
        return str(answer.read().decode("utf-8", "replace"))


@pytest.mark.parametrize("page", PAGES)
def test_it_shows_each_page_with_all_that_belongs_to_it(url: str, page: str) -> None:
    said = read(url + page)
    belonging = set(re.findall(r'(?:src|href)="(/static/[^"]+|/worker\.js|/manifest[^"]*)"', said))

    assert belonging
    assert {one for one in belonging if not read(url + one)} == set()


@pytest.mark.parametrize(("language", "word"), [("de", "Nächte"), ("es", "Noches"), ("en", "Nights")])
def test_it_speaks_every_language(url: str, language: str, word: str) -> None:
    assert word in read(url + "/", language)
    assert f'lang="{language}"' in read(url + "/library/", language)


def test_it_says_kindly_what_is_not_there(url: str) -> None:
    with pytest.raises(HTTPError, match="404") as refused:
        read(url + "/nowhere/")
    assert "<main" in refused.value.read().decode()


def test_it_makes_the_doctors_page_and_finds_itself_well(installed: Path, home: Path, url: str) -> None:
    env = {"QUIETLEGS_HOME": os.fspath(home), "PATH": os.defpath, "COLUMNS": "200"}
    quietlegs = installed / "env" / "bin" / "quietlegs"
    made = home / "page.pdf"
    noted = subprocess.run([quietlegs, "log", "4"], cwd=installed, env=env, capture_output=True, text=True, check=False)
    assert noted.returncode == 0, noted.stderr
    told = subprocess.run(
        [quietlegs, "report", "--out", made], cwd=installed, env=env, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr + told.stdout
    assert made.read_bytes().startswith(b"%PDF")
    doctor = subprocess.run([quietlegs, "doctor"], cwd=installed, env=env, capture_output=True, text=True, check=False)
    assert doctor.returncode == 0, doctor.stdout
