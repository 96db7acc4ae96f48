"""How Lighthouse rates the four pages of the night, on a slowed phone, against the 98 of 100 that are wanted.

Needs Debian's chromium-headless-shell (`make setup`) and what `make check` installs from npm.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from start import free_port

ROOT = Path(__file__).resolve().parents[1]
NODE = Path(sys.executable).with_name("node")
LIGHTHOUSE = ROOT / "node_modules" / "lighthouse" / "cli" / "index.js"
PAGES = {"tonight": "/", "guide": "/guide/calm/", "log": "/log/", "learn": "/learn/"}
CATEGORIES = ("performance", "accessibility", "best-practices")
WANTED = 98
RUNS = 3
_GIVE_UP_S = 60.0


@contextmanager
def running(command: list[str], url: str, env: dict[str, str]) -> Iterator[None]:
    """Keep a program running while its address answers."""
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(url)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=_GIVE_UP_S)


def _wait(url: str) -> None:
    until = time.perf_counter() + _GIVE_UP_S
    while time.perf_counter() < until:
        with suppress(OSError), urlopen(url, timeout=5):
            return
        time.sleep(0.1)
    raise TimeoutError(url)


@contextmanager
def served(home: str, *options: str) -> Iterator[str]:
    """Serve a diary; gives its address."""
    url = f"http://127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "quietlegs.cli.main", "serve", "--port", url.rpartition(":")[2], *options]
    with running(command, url, os.environ | {"QUIETLEGS_HOME": home}):
        yield url


def filled(home: str, *words: str, said: str = "") -> None:
    """Let a command write into a diary."""
    command, env = [sys.executable, "-m", "quietlegs.cli.main", *words], os.environ | {"QUIETLEGS_HOME": home}
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL, input=said, text=True)


@contextmanager
def browser(profile: str) -> Iterator[int]:
    """Keep a Chromium open; gives the port on which it takes orders."""
    found, port = shutil.which("chromium-headless-shell"), free_port()
    if found is None:
        raise FileNotFoundError("chromium-headless-shell: make setup installs it")
    command = [found, "--no-sandbox", f"--remote-debugging-port={port}", f"--user-data-dir={profile}", "about:blank"]
    with running(command, f"http://127.0.0.1:{port}/json/version", dict(os.environ)):
        yield port


def rated(url: str, port: int) -> tuple[dict[str, float], list[str]]:
    """Let Lighthouse rate a page once: points of 100 a category, and what cost points."""
    command = [
        *(str(NODE), str(LIGHTHOUSE), url, f"--port={port}", "--quiet", "--output=json"),
        *(f"--only-categories={','.join(CATEGORIES)}", "--no-enable-error-reporting"),
    ]
    report = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    points = {name: 100 * report["categories"][name]["score"] for name in CATEGORIES}
    counted = {ref["id"] for one in report["categories"].values() for ref in one["auditRefs"] if ref["weight"]}
    short = [report["audits"][key] for key in sorted(counted) if (report["audits"][key]["score"] or 0) < 1]
    return points, [
        f"{one['id']}: {one.get('displayValue', one['title'])}" for one in short if one["score"] is not None
    ]


def row(name: str, url: str, port: int) -> bool:
    """Print one page's figures; say whether all reach what is wanted."""
    runs = [rated(url, port) for _ in range(RUNS)]
    middle = {key: median(points[key] for points, _ in runs) for key in CATEGORIES}
    print(f"{name:<18}" + "".join(f"{middle[key]:>16.0f}" for key in CATEGORIES) + f"{WANTED:>10}")
    good = min(middle.values()) >= WANTED
    for cost in () if good else dict.fromkeys(cost for _, costs in runs for cost in costs):
        print(f"    {cost}")
    return good


def main() -> int:
    """Print the table; return 1 when a figure is below what is wanted."""
    print(f"Lighthouse, phone slowed 4x, median of {RUNS}")
    print(f"{'':<18}" + "".join(f"{key:>16}" for key in CATEGORIES) + f"{'wanted':>10}")
    good = []
    with tempfile.TemporaryDirectory() as empty, tempfile.TemporaryDirectory() as demo:
        # The guide of an empty diary shall show itself, and not the safety questions before it.
        filled(empty, "safety", said="n\n")
        filled(demo, "demo", "--nights", "60")
        with tempfile.TemporaryDirectory() as profile, browser(profile) as port:
            for kind, home, *options in (("empty", empty), ("60 nights", demo, "--demo")):
                with served(home, *options) as url:
                    good += [row(f"{name}, {kind}", url + path, port) for name, path in PAGES.items()]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
