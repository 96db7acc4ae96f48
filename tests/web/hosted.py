"""Asks a hosted installation, in a process of its own: settings are read once in a process."""

import json
import os
from pathlib import Path
from typing import Any

from tests import quick

from quietlegs.web.store.sealing import new_server_key

ADDRESS = "https://legs.example.org"
_BEGIN = """
import json
import warnings
warnings.simplefilter("error")
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
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"} | told
    answer = quick.run(env=env, script=_BEGIN + script)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout.splitlines()[-1])
