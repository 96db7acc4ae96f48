"""Ten thousand histories (see `histories.py`): `python -m tests.browser.sync_run`, run by `make slow`.

What was lived through is kept beside this file with its seed, so that a run that was stopped goes on where it was; when
the outbox, the wire or the histories change, it begins anew.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, as_completed
from hashlib import sha256
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from tests.browser.conftest import CHROMIUM
from tests.browser.histories import live, world
from tests.browser.wire import SCRIPTS

SEED = 20_261_126
COUNT = 10_000
EACH = 250
HERE = Path(__file__).parent
KEPT = HERE / "sync_measured.json"
_JOBS = 2


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=COUNT)
    asked.add_argument("--chunk", type=int, help="live through one part alone and print what came of it")
    given = asked.parse_args()
    if given.chunk is not None:
        say(json.dumps(chunk(given.chunk)))
        return
    run(given.count)


def run(count: int) -> None:
    """Live through what is missing, and say how it goes."""
    kept = read()
    missing = [k for k in range(-(-count // EACH)) if str(k) not in kept["parts"]]
    say(f"{count} histories in parts of {EACH}, seed {SEED} + part; {total(kept)} are lived through.")
    with ThreadPoolExecutor(max_workers=_JOBS) as pool:
        for done in as_completed([pool.submit(apart, k) for k in missing]):
            part, found = done.result()
            kept["parts"][str(part)] = found
            KEPT.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
            say(f"part {part}: {found['histories']} in {found['seconds']} s; {total(kept)} of {count}")
    say(f"{total(kept)} histories, seed {SEED}: nothing lost, nothing doubled. {tally(kept)}")


def apart(part: int) -> tuple[int, dict[str, Any]]:
    """Live through one part in a process and a browser of its own."""
    command = [sys.executable, "-m", "tests.browser.sync_run", "--chunk", str(part)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    if found.returncode:
        say(f"part {part}, seed {SEED + part}:\n{found.stderr}")
        raise SystemExit(1)
    return part, json.loads(found.stdout.splitlines()[-1])


def chunk(part: int) -> dict[str, Any]:
    began = time.monotonic()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=shutil.which(CHROMIUM), args=["--no-sandbox"])
        with world(browser, Path(folder)) as made:
            live(made, count=EACH, lot=SEED + part)
            seen = made.seen + made.served.wire.seen
        browser.close()
    return {"histories": made.histories, "seconds": round(time.monotonic() - began), "seen": dict(seen)}


def read() -> dict[str, Any]:
    """Return what was lived through of this very outbox."""
    kept: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    fresh = {"of": fingerprint(), "seed": SEED, "parts": {}}
    return kept if {**kept, "parts": {}} == fresh else fresh


def fingerprint() -> str:
    """Return what changes when the outbox does, or what is asked of it."""
    files = [*(SCRIPTS / "frame" / name for name in ("outbox.js", "shelf.js", "fact.js"))]
    files += [HERE / "histories.py", HERE / "wire.py", *sorted((HERE / "sync_harness").iterdir())]
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def total(kept: dict[str, Any]) -> int:
    return sum(part["histories"] for part in kept["parts"].values())


def say(words: str) -> None:
    print(words, flush=True)  # noqa: T201  # a program run by hand that prints its figures


def tally(kept: dict[str, Any]) -> str:
    seen: Counter[str] = sum((Counter(part["seen"]) for part in kept["parts"].values()), Counter())
    return ", ".join(f"{name} {many}" for name, many in seen.most_common())


if __name__ == "__main__":
    main()
