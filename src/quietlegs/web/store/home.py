"""Where a person's data lies on this machine."""

import os
import secrets
from pathlib import Path

from platformdirs import user_data_path

HOME_VARIABLE = "QUIETLEGS_HOME"
DEMO_VARIABLE = "QUIETLEGS_DEMO"
HOSTED_VARIABLE = "QUIETLEGS_HOSTED_AT"


def home() -> Path:
    """Return the data folder, made readable for its owner alone."""
    chosen = os.environ.get(HOME_VARIABLE)
    folder = Path(chosen).expanduser() if chosen else user_data_path("quietlegs")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def is_demo() -> bool:
    """Whether this process shows the simulated person instead of the real one."""
    return os.environ.get(DEMO_VARIABLE) == "1"


def is_hosted() -> bool:
    """Whether this installation keeps the diaries of a group, each behind a sign-in."""
    return bool(os.environ.get(HOSTED_VARIABLE)) and not is_demo()


def database() -> Path:
    """Return the file of facts; the simulated person has one of its own."""
    return home() / ("demo.sqlite3" if is_demo() else "quietlegs.sqlite3")


def secret() -> str:
    """Return the key that signs this installation's cookies, made at the first start."""
    file = home() / "secret"
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        made = secrets.token_urlsafe(48)
        handle.write(made)
    return made
