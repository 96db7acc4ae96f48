"""A hosted group whose diaries lie in PostgreSQL, by the name that hosts give a database."""

from pathlib import Path

import pytest
from tests.web.hosting import GOOD_PASSWORD, Visitor, hosted
from tests.web.postgres import ABSENT, postgres, programs


@pytest.mark.skipif(programs() is None, reason=ABSENT)
def test_it_invites_signs_in_and_locks_out_on_postgresql(tmp_path: Path, socket_enabled: None) -> None:
    with postgres() as url, hosted(tmp_path / "home", DATABASE_URL=url) as group:
        link = group.command("accounts", "make-host", "me@example.org").stdout.strip()
        first = Visitor(group)
        first.get(link)
        assert first.send("/account/sign-up/password/", password1=GOOD_PASSWORD).url == f"{group.url}/"
        assert "me@example.org" in first.get("/account/people/").text
        assert Visitor(group).get(link).status_code == 410
        thief = Visitor(group)
        for _ in range(5):
            assert "do not belong together" in thief.sign_in("me@example.org", "wrong password").text
        assert "Too many tries." in thief.sign_in("me@example.org").text
        assert not (group.home / "quietlegs.sqlite3").exists()
