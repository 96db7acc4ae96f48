"""Asks a hosted installation, in a process of its own: settings are read once in a process."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from quietlegs.web.store.sealing import new_server_key

ADDRESS = "https://legs.example.org"
_BEGIN = """
import json
from quietlegs.web.start import prepare
prepare()
from django.conf import settings
from django.test import Client
name = "legs.example.org" if settings.HOSTED else "localhost"
client = Client(SERVER_NAME=name, headers={"x-forwarded-proto": "https"})
"""


def ask(home: Path, script: str, **env: str) -> Any:
    """Run a script that prints JSON on its last line; `client` is a browser at the installation's address."""
    told = {
        "QUIETLEGS_HOME": os.fspath(home),
        "QUIETLEGS_HOSTED_AT": ADDRESS,
        "QUIETLEGS_SERVER_KEY": new_server_key(),
    } | env
    answer = subprocess.run(
        [sys.executable, "-W", "error", "-c", _BEGIN + script],
        env={name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"} | told,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout.splitlines()[-1])
