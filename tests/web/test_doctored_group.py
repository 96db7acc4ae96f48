"""What `quietlegs doctor` says of a group's installation: each thing that is unsafe or missing, by its name."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.web.hosted import ask

from quietlegs.web.store.sealing import new_server_key

GOOD = {
    "QUIETLEGS_MAIL_URL": "smtps://a:b@mail.example.org?from=legs@example.org",
    "QUIETLEGS_CONTACT": "mailto:a@example.org",
}
SCRIPT = """
from datetime import UTC, datetime, timedelta
from quietlegs.web.accounts.models import Account
from quietlegs.web.start import examine
from quietlegs.web.store import channels, handed_over
from quietlegs.web.store.diaries import new_diary
from quietlegs.web.store.models import DiaryRow, HandedOverRow, MannersRow
from quietlegs.web.store.whose import in_hand
person = Account.objects.create(email="one@example.org", is_host=True, diary_id=new_diary())
now = datetime.now(UTC)
{harm}
print(json.dumps({{name: [found, good] for name, found, good in examine()}}))
"""
WANTS_REMINDERS = """
from quietlegs.plan.reminding import Manners
with in_hand(person.diary_id):
    channels.turn_on("ntfy", {"url": "https://ntfy.example.org/x"}, "en")
    channels.keep_manners(Manners(), "Europe/Berlin")
"""
NEWER_KEY = """
import os
from quietlegs.web.store.sealing import new_server_key
os.environ["QUIETLEGS_SERVER_KEY"] = new_server_key() + " " + os.environ["QUIETLEGS_SERVER_KEY"]
"""
NOTED_BEFORE = """
from tests.reliability.load import an_entry
from quietlegs.records.wire import from_wire
from quietlegs.web.store.diary import StoredDiary
with in_hand(1):
    StoredDiary().add([from_wire(an_entry())])
"""
UNREAD = """
about = {"digest": "a", "size": 1, "zone": "UTC", "language": "en"}
with in_hand(person.diary_id):
    handed_over.hand_over("a" * 32, "x", about, now - timedelta(hours=1))
"""


# As deleting an account once did where it was interrupted.
LEFT_BEHIND = "Account.objects.filter(pk=person.pk).delete()"


def said(home: Path, harm: str = "", **env: str) -> dict[str, Any]:
    told: dict[str, Any] = ask(home, SCRIPT.format(harm=harm), **(GOOD | env))
    return told


def key_in(file: Path, mode: int = 0o600) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(new_server_key(), encoding="ascii")
    file.chmod(mode)
    return os.fspath(file)


def test_it_finds_a_safe_group_good(tmp_path: Path) -> None:
    key = key_in(tmp_path / "elsewhere" / "key")
    told = said(tmp_path / "home", WANTS_REMINDERS + "channels.worked(now)", QUIETLEGS_SERVER_KEY_FILE=key)

    assert [name for name, (_found, good) in told.items() if not good] == []
    assert told["server key"][0] == f"1 in {key}"
    assert told["letters"][0] == "by mail.example.org"
    assert told["accounts"][0] == "1, hosts among them: 1"
    assert told["worker"][0].startswith("looked 20")


Env = Callable[[Path], Mapping[str, str]]
_NOTHING: Env = lambda _home: {}  # noqa: E731 - one of a table
HARMS: dict[str, tuple[str, str, str, Env]] = {
    "nobody hosts": ("accounts", "nobody looks after the accounts", "Account.objects.update(is_host=False)", _NOTHING),
    "a host who is switched off": (
        "accounts", "hosts among them: 0", "Account.objects.update(is_active=False)", _NOTHING,
    ),
    "no letters": ("letters", "holds nothing", "", lambda _home: {"QUIETLEGS_MAIL_URL": ""}),
    "letters that go nowhere": ("letters", "go nowhere", "", lambda _home: {"QUIETLEGS_MAIL_URL": "console:"}),
    "no contact": ("contact", "is not set", "", lambda _home: {"QUIETLEGS_CONTACT": ""}),
    "a key that others read": (
        "server key", "others can read", "",
        lambda home: {"QUIETLEGS_SERVER_KEY_FILE": key_in(home.parent / "elsewhere" / "key", 0o644)},
    ),
    "a key beside what it locks": (
        "server key", "lies in the data folder", "", lambda home: {"QUIETLEGS_SERVER_KEY_FILE": key_in(home / "key")},
    ),
    "a key that went away": (
        "server key", "no server key", "import os; del os.environ['QUIETLEGS_SERVER_KEY']", _NOTHING,
    ),
    "another key": ("diaries' keys", "1 are locked by another key than the first", NEWER_KEY, _NOTHING),
    "what was noted before": ("sealed", "1 facts were noted before a group was hosted here", NOTED_BEFORE, _NOTHING),
    "a worker that never came": ("worker", "has never looked; is quietlegs worker running?", WANTS_REMINDERS, _NOTHING),
    "a worker that went away": (
        "worker", "is quietlegs worker running?", WANTS_REMINDERS + "channels.worked(now - timedelta(hours=1))",
        _NOTHING,
    ),
    "a file that nobody reads": ("files", "nobody reads it", UNREAD, _NOTHING),
}  # fmt: skip


@pytest.mark.parametrize("harm", HARMS)
def test_it_names_what_is_unsafe_or_missing(tmp_path: Path, harm: str) -> None:
    name, words, script, env = HARMS[harm]
    home = tmp_path / "home"

    told = said(home, script, **env(home))

    assert told[name][1] is False
    assert words in told[name][0]
    others = {one for one, (_found, good) in told.items() if not good} - {name, "data folder"}
    assert others <= ({"facts", "damaged"} if harm == "a key that went away" else set())


def test_it_looks_deep_for_diaries_without_an_account(tmp_path: Path) -> None:
    script = SCRIPT.replace("examine()", "examine(deep=True)")
    of = "every diary is an account's"

    assert ask(tmp_path, script.format(harm=""), **GOOD)[of] == ["holds", True]
    assert ask(tmp_path / "left", script.format(harm=LEFT_BEHIND), **GOOD)[of] == [
        "1 times not: diary 2, which nobody can reach or delete any more", False,
    ]  # fmt: skip
    assert of not in said(tmp_path / "another")


def test_it_says_that_a_groups_diaries_are_open_where_no_address_is_set(tmp_path: Path) -> None:
    said(tmp_path)
    script = (
        "from quietlegs.web.start import examine\n"
        "print(json.dumps({name: [found, good] for name, found, good in examine()}))"
    )

    told = ask(tmp_path, script, QUIETLEGS_HOSTED_AT="")

    assert told["hosting"] == ["1 diaries of a group are here, and QUIETLEGS_HOSTED_AT is not set", False]
