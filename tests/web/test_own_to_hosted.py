"""The steps of docs/using/hosting.md for one person: a diary of one's own machine comes over to an account, whole."""

import os
import re
from pathlib import Path

import pytest
from tests import quick
from tests.cli.test_erase import ENTRY
from tests.web.hosting import GOOD_PASSWORD, Visitor, hosted


@pytest.fixture(autouse=True)
def loopback(socket_enabled: None) -> None:
    """All of it happens on this machine."""


def test_it_comes_over_whole_and_the_old_one_can_be_deleted_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    personal = os.environ | {"QUIETLEGS_HOME": str(home), "TZ": "Europe/Berlin"}
    planted = tmp_path / "planted.jsonl"
    planted.write_text("".join(ENTRY.replace("N", str(number)) + "\n" for number in range(1, 6)), "utf-8")
    assert quick.run("import", str(planted), "--yes", env=personal).returncode == 0
    mine = quick.run("export", env=personal).stdout
    assert len(mine.splitlines()) == 5

    with hosted(home) as group:
        anna = Visitor(group)
        link = group.command("accounts", "make-host", "anna@example.org").stdout.strip()
        anna.get(link)
        anna.send("/account/sign-up/password/", name="", password1=GOOD_PASSWORD)
        assert anna.get("/settings/data/jsonl").text == ""
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)', anna.get("/imports/").text)
        assert token
        looked = anna.web.post(
            f"{group.url}/imports/look/", data={"csrfmiddlewaretoken": token[1]}, files={"file": ("mine.jsonl", mine)},
            timeout=60,
        )  # fmt: skip
        take = re.search(r"/imports/\w{32}/take/", looked.text)
        assert take, looked.text
        anna.send(take[0], page=looked.url.removeprefix(group.url))
        whole = anna.get("/settings/data/jsonl").text

        told = quick.run("erase", "--yes", env=personal).stdout
        assert "5 entries will be deleted." in told
        after = anna.get("/settings/data/jsonl").text

    assert sorted(whole.splitlines()) == sorted(mine.splitlines())
    assert after == whole
    assert quick.run("export", env=personal).stdout == ""
