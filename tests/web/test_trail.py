"""Who read and changed what: told to the owner, changed by nobody, and never with a word of what was noted."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from tests.formats.test_known import PLEES
from tests.web.hosting import GOOD_PASSWORD, Group, Visitor

from quietlegs.formats.known import sniff
from quietlegs.records.moment import moment
from quietlegs.web.store import backup, erasing, imports, tokens, trail
from quietlegs.web.store.models import TrailRow
from quietlegs.web.store.whose import PERSONAL

NOW = datetime(2026, 11, 27, 7, tzinfo=UTC)


def spoken(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main>")]).split())


def told(client: Client, address: str = "/trail/") -> str:
    return spoken(client.get(address).content.decode())


def test_it_tells_what_went_in_and_out_newest_first(client: Client, tmp_path: Path) -> None:
    assert "Nothing yet." in told(client)
    file = tmp_path / "Zolmarkidol.csv"
    file.write_text(PLEES)
    imports.take(imports.look(sniff(file), file, "Europe/Berlin"))
    taken = imports.last_taken()
    assert taken
    client.get("/settings/data/fhir")
    imports.undo(taken.id, moment(datetime.now(UTC), "Europe/Berlin"))

    said = told(client)

    places = [said.index(word) for word in ("taken back: Plees", "taken out: For a clinic", "taken in: Plees")]
    assert places == sorted(places)
    assert "Zolmarkidol" not in said


def test_it_tells_of_a_key_its_first_use_of_each_day_and_the_last_of_the_day_before(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tokens.make("my watch", ["read"])
    for at in (NOW, NOW + timedelta(minutes=5), NOW + timedelta(hours=9), NOW + timedelta(days=1)):
        monkeypatch.setattr("quietlegs.web.store.tokens.datetime", _stopped(at))
        assert tokens.known(key)
    monkeypatch.undo()
    tokens.revoke(tokens.tokens()[0].id)

    used = [(one.word, one.at, one.who) for one in trail.steps(0, 9) if one.what == trail.KEY_USED]

    assert used == [
        ("first", NOW + timedelta(days=1), "my watch"),
        ("last", NOW + timedelta(hours=9), "my watch"),
        ("first", NOW, "my watch"),
    ]
    said = told(client)
    assert "The key “my watch” was revoked." in said
    assert said.count("was used for the first time that day") == 2


def test_it_says_that_everything_was_deleted_and_that_a_copy_was_put_back(client: Client, tmp_path: Path) -> None:
    tokens.make("my watch", ["read"])
    copy = backup.backup(tmp_path / "copy.sqlite3")
    erasing.erase()
    assert [one.what for one in trail.steps(0, 9)] == [trail.ERASED]
    backup.restore(copy.file)

    assert [one.what for one in trail.steps(0, 9)] == [trail.RESTORED, trail.KEY_MADE]


def test_it_lets_nobody_change_a_step_or_delete_one_before_its_time(client: Client) -> None:
    trail.leave(trail.ERASED)
    trail.leave(trail.RESTORED, at=datetime.now(UTC) - trail.KEPT + timedelta(days=1))
    trail.leave(trail.TAKEN_OUT, "fhir", at=datetime.now(UTC) - trail.KEPT - timedelta(days=1))

    for statement in ("UPDATE trail SET what = 'x'", "DELETE FROM trail WHERE what = 'restored'"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert trail.clear(datetime.now(UTC)) == 1
    assert [one.what for one in trail.steps(0, 9)] == [trail.ERASED, trail.RESTORED]


def test_it_asks_for_nothing_that_the_database_still_holds_back(database: object) -> None:
    now = datetime.now(UTC).replace(microsecond=900_000)
    trail.leave(trail.RESTORED, at=now - trail.KEPT - timedelta(milliseconds=500))

    assert trail.clear(now) == 0


def test_it_keeps_a_long_list_on_pages_with_as_few_questions_as_a_short_one(
    client: Client, django_asked: list[str]
) -> None:
    trail.leave(trail.TAKEN_OUT, "fhir")
    django_asked.clear()
    told(client)
    few = len(django_asked)
    for number in range(120):
        trail.leave(trail.TAKEN_OUT, "fhir", at=NOW - timedelta(minutes=number))
    django_asked.clear()
    said = told(client)

    assert len(django_asked) == few
    assert "Older" in said
    assert told(client, "/trail/?page=3").count("The diary was taken out") == 21
    for wrong in ("0", "-1", "x", "9" * 30):
        assert "Older" in told(client, f"/trail/?page={wrong}")


@pytest.fixture
def django_asked() -> list[str]:
    """Every statement that the database hears from now on."""
    heard: list[str] = []

    def hear(run: object, sql: str, params: object, many: object, context: object) -> object:
        heard.append(sql)
        return run(sql, params, many, context)  # type: ignore[operator]  # Django says only "object"

    connection.execute_wrappers.append(hear)
    return heard


@pytest.fixture(autouse=True)
def no_wrappers() -> object:
    """Hear nothing in the next test."""
    yield
    connection.execute_wrappers.clear()


def _stopped(at: datetime) -> type[datetime]:
    class Stopped(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # a stopped clock asks for no zone
            del tz
            return at

    return Stopped


@pytest.fixture
def anna(group: Group, socket_enabled: None) -> tuple[str, Visitor]:
    email, visitor = f"{uuid4().hex[:12]}@example.org", Visitor(group)
    visitor.web.headers["User-Agent"] = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko Firefox/145.0"
    visitor.sign_up(email)
    return email, visitor


def test_it_tells_who_came_in_who_tried_to_and_what_was_changed(group: Group, anna: tuple[str, Visitor]) -> None:
    email, owner = anna
    thief = Visitor(group)
    for _ in range(6):
        thief.sign_in(email, "wrong password")
    owner.send("/account/password/change/", oldpassword=GOOD_PASSWORD, password1="other four quiet legs")

    said = spoken(owner.get("/trail/").text)

    in_order = (
        "Your password was changed.",
        "Signing in was refused for a while, after many tries.",
        "A wrong password was tried.",
        "first time: Firefox",
    )
    places = [said.index(words) for words in in_order]
    assert places == sorted(places)
    assert said.count("A wrong password was tried.") == 1  # a series is one step
    assert "Signed in for the first time: Firefox on Windows" in said


def test_it_says_no_more_than_is_so_where_others_tried_from_the_same_place(
    group: Group, anna: tuple[str, Visitor]
) -> None:
    email, owner = anna
    thief = Visitor(group)
    for number in range(20):
        thief.sign_in(f"{number}.{email}", "wrong password")
    thief.sign_in(email)

    said = spoken(owner.get("/trail/").text)

    assert "Signing in was refused for a while, after many tries." in said
    assert "wrong password" not in said


def test_it_names_a_device_as_new_once(group: Group, anna: tuple[str, Visitor]) -> None:
    email, owner = anna
    for _ in range(2):
        phone = Visitor(group)
        phone.web.headers["User-Agent"] = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5) Version/18.5 Mobile Safari/604.1"
        phone.sign_in(email)

    said = spoken(owner.get("/trail/").text)

    assert said.count("Signed in for the first time: Safari on iPhone") == 1
    assert said.count("Signed in: Safari on iPhone") == 1


def test_it_writes_as_much_for_an_address_without_an_account_where_nobody_sees_it(
    group: Group, socket_enabled: None
) -> None:
    before = group.ask("SELECT count(*) FROM trail WHERE diary_id = ?", PERSONAL)
    address = f"{uuid4().hex[:12]}@example.org"
    for _ in range(6):
        Visitor(group).sign_in(address, "wrong password")

    assert group.ask("SELECT count(*) FROM trail WHERE diary_id = ?", PERSONAL) == before + 2
    assert group.ask("SELECT count(*) FROM account WHERE diary_id = ?", PERSONAL) == 0
    assert address.encode() not in b"".join(file.read_bytes() for file in group.home.glob("quietlegs.sqlite3*"))


def test_it_holds_no_word_that_a_person_typed() -> None:
    # What stands in a row: numbers, a moment, and words of fixed lists.
    fields = {one.name: one.get_internal_type() for one in TrailRow._meta.get_fields()}  # noqa: SLF001 - Django names it so

    assert fields == {
        "id": "BigAutoField", "diary": "ForeignKey", "what": "CharField", "about": "BigIntegerField",
        "word": "CharField", "at": "DateTimeField",
    }  # fmt: skip
