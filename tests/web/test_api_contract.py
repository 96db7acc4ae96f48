"""The API keeps what its description says, whatever is sent: thousands of requests made from the description itself."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests import quick
from tests.browser.conftest import environment, start_server

CONFIG = Path(__file__).with_name("schemathesis.toml")
MAKE_KEY = """
from quietlegs.web.start import prepare
prepare()
from quietlegs.web.store.tokens import make
print(make("contract", ["read", "write"]))
"""


@pytest.mark.browser
@pytest.mark.sweep
def test_it_keeps_its_own_description(tmp_path: Path, socket_enabled: None) -> None:
    home = tmp_path / "home"
    server = start_server(home, "--no-reminders")
    made = quick.run(env=environment(home), script=MAKE_KEY)
    made.check_returncode()
    command = [str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(CONFIG), "run"]
    options = ["--checks", "all", "--max-examples", "30", "--seed", "20261126", "--no-color"]
    header = ["-H", f"Authorization: Bearer {made.stdout.strip()}"]
    try:
        run = subprocess.run(
            [*command, f"{server.url}/api/v1/openapi.json", *options, *header],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            check=False,
        )
    finally:
        server.kill()

    assert run.returncode == 0, run.stdout[-5000:] + run.stderr[-1000:]
    assert "Tested: 5" in run.stdout
    assert int(re.findall(r"(\d+) generated", run.stdout)[0]) > 300
