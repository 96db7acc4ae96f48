"""A page asks the database as often on many nights as on few, and among many people as alone: each of them, counted."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.web.hosted import ADDRESS

from quietlegs.web.store.sealing import new_server_key

MOST = 24


@pytest.mark.sweep
def test_no_page_asks_more_of_more_nights_or_among_more_people(tmp_path: Path) -> None:
    env = os.environ | {
        "QUIETLEGS_HOME": str(tmp_path),
        "QUIETLEGS_HOSTED_AT": ADDRESS,
        "QUIETLEGS_SERVER_KEY": new_server_key(),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.web.counted"], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr

    few, many, among = json.loads(done.stdout.splitlines()[-1])

    assert {"/", "/log/", "/learn/", "/report/page.pdf", "/guide/calm/", "/account/people/"} <= set(few)
    assert any(path.startswith("/guide/movement/") for path in few)
    assert len(few) > 40
    more = {path: (few[path], many.get(path), among.get(path)) for path in few}
    assert {path: counts for path, counts in more.items() if len(set(counts)) > 1} == {}
    assert {path: count for path, count in few.items() if count > MOST} == {}
