"""A real PostgreSQL for tests: in a folder of its own, reached by a socket there alone, ended and deleted after."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

_DEBIANS = Path("/usr/lib/postgresql")
_STARTS_WITHIN_S = 60
ABSENT = "PostgreSQL is not installed; on Debian: apt-get install postgresql"


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest of Debian's; None where it is not installed."""
    found = sorted(_DEBIANS.glob("*/bin/initdb"), key=lambda one: float(one.parts[-3]))
    if found:
        return found[-1].parent
    other = shutil.which("initdb")
    return Path(other).resolve().parent if other else None


@contextmanager
def postgres() -> Iterator[str]:
    """Give the address of an empty database; root may not run the server, so then its own account does."""
    where = programs()
    if where is None:
        raise FileNotFoundError(ABSENT)
    as_whom: dict[str, Any] = {}
    if os.geteuid() == 0:
        as_whom = {"user": "postgres", "group": "postgres", "extra_groups": []}
    folder = Path(tempfile.mkdtemp(prefix="quietlegs-pg-"))
    try:
        if as_whom:
            shutil.chown(folder, "postgres", "postgres")
        data = folder / "data"
        made: list[str | Path] = [
            where / "initdb",
            "-D",
            data,
            "-A",
            "trust",
            "-U",
            "quietlegs",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL, cwd=folder, **as_whom)
        server = subprocess.Popen(
            [where / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses="],
            stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd=folder, **as_whom,
        )  # fmt: skip
        try:
            _wait(where, folder)
            subprocess.run([where / "createdb", "-h", folder, "-U", "quietlegs", "diary"], check=True)
            yield f"postgresql://quietlegs@{quote(str(folder), safe='')}/diary"
        finally:
            server.send_signal(signal.SIGINT)  # It ends at once, and cleanly.
            server.wait(_STARTS_WITHIN_S)
    finally:
        shutil.rmtree(folder)


def _wait(where: Path, folder: Path) -> None:
    until = time.monotonic() + _STARTS_WITHIN_S
    while subprocess.run([where / "pg_isready", "-q", "-h", folder], check=False).returncode:
        if time.monotonic() > until:
            raise TimeoutError(folder)
        time.sleep(0.05)
