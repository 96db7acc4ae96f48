"""Files on their way into the diary: read by whoever is free, cancelled, refused, and never taken in twice."""

import re
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.formats.test_known import APPLE
from tests.web.hosted import ask

from quietlegs.formats import known
from quietlegs.formats.reading import Format
from quietlegs.records.slept import Sleep
from quietlegs.web.pages.imports import arriving
from quietlegs.web.store import handed_files, handed_over
from quietlegs.web.store.diaries import erase_diary, new_diary
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.models import HandedOverRow
from quietlegs.web.store.whose import PERSONAL, in_hand
from quietlegs.web.worker import files
from quietlegs.web.worker.files import Files

NOW = datetime(2026, 6, 1, tzinfo=UTC)
# More than is read within the request.
LARGE = APPLE.replace("<Record", "<!--" + "x" * 5_000_000 + "-->\n<Record", 1)


@pytest.fixture(autouse=True)
def lying_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUIETLEGS_HOME", str(tmp_path))
    return tmp_path / "handed-over"


def hand_over(client: Client, text: str = LARGE) -> str:
    answer = client.post("/imports/look/", {"file": SimpleUploadedFile("export.xml", text.encode())})
    assert answer.status_code == 302
    found = re.search(r"/imports/(\w{32})/", answer["Location"])
    assert found
    return found[1]


def page(client: Client, token: str) -> str:
    return client.get(f"/imports/{token}/", follow=True).content.decode()


def later(**ahead: float) -> Files:
    return Files(lambda: NOW + timedelta(**ahead))


def test_it_leaves_a_large_file_to_the_worker_and_shows_how_far_it_is(client: Client, diary: StoredDiary) -> None:
    token = hand_over(client)
    shown = page(client, token)
    assert "Reading the file" in shown
    assert '<meta http-equiv="refresh" content="3">' in shown
    assert re.search(r'<progress [^>]*value="0" max="50\d{5}"', shown)
    assert "A file waits here" in client.get("/imports/").content.decode()

    Files(lambda: NOW).go()

    assert client.get(f"/imports/{token}/come/").json()["state"] == "looked"
    assert "New: 2" in page(client, token)
    assert diary.facts() == ()


def test_it_reads_by_itself_where_no_worker_runs(client: Client, diary: StoredDiary) -> None:
    token = hand_over(client)
    HandedOverRow.objects.update(wished_at=datetime.now(UTC) - timedelta(seconds=5))

    page(client, token)
    for thread in threading.enumerate():
        if thread.name == f"file {token}":
            thread.join()

    assert "New: 2" in page(client, token)


def test_it_is_read_by_one_worker_at_a_time(client: Client, diary: StoredDiary) -> None:
    hand_over(client)

    first = handed_over.claim(NOW)
    assert first is not None
    assert handed_over.claim(NOW) is None
    second = handed_over.claim(NOW + handed_over.LEASE)
    assert second is not None

    assert not handed_over.come(first, 10, NOW)
    assert not handed_over.end(first, handed_over.LOOKED, {})
    assert handed_over.come(second, 10, NOW)
    assert handed_over.end(second, handed_over.LOOKED, {"new": 0})


def test_it_begins_anew_where_a_worker_died_and_gives_up_after_five(client: Client, diary: StoredDiary) -> None:
    token = hand_over(client)
    for number in range(5):
        assert handed_over.claim(NOW + number * handed_over.LEASE) is not None

    assert handed_over.claim(NOW + 5 * handed_over.LEASE) is None
    assert "begun several times" in page(client, token)


def test_it_stops_reading_what_was_let_go(client: Client, diary: StoredDiary, lying_about: Path) -> None:
    token = hand_over(client)
    handed = handed_over.claim(NOW)
    assert handed is not None
    client.post(f"/imports/{token}/leave/")

    Files(lambda: NOW)._work(handed)  # noqa: SLF001 - a worker that has begun, and hears of it on the way

    assert handed_over.find(token) is None
    assert list(lying_about.iterdir()) == []
    assert "not here any more" in page(client, token)


def test_it_leaves_a_file_as_it_is_when_the_worker_is_told_to_end(client: Client, diary: StoredDiary) -> None:
    token = hand_over(client)
    calls = iter([False, False])
    Files(lambda: NOW, lambda: next(calls, True)).go()

    handed = handed_over.find(token)
    assert handed is not None
    assert (handed.state, handed.leased_until) == ("reading", None)
    later(seconds=1).go()
    assert "New: 2" in page(client, token)


def test_it_takes_in_once_however_often_it_is_asked(client: Client, diary: StoredDiary, lying_about: Path) -> None:
    token = hand_over(client)
    later().go()
    for _tap in range(2):
        answer = client.post(f"/imports/{token}/take/", follow=True)
        assert "Entries taken in: 2" in answer.content.decode()

    assert len(diary.facts(Sleep)) == 2
    assert list(lying_about.iterdir()) == []


def test_it_takes_in_nothing_that_was_let_go_meanwhile(client: Client, diary: StoredDiary) -> None:
    token = hand_over(client)
    later().go()
    assert handed_over.take(token, NOW)
    handed = handed_over.claim(NOW)
    assert handed is not None
    handed_over.let_go(token)

    Files(lambda: NOW)._work(handed)  # noqa: SLF001 - as above

    assert diary.facts() == ()


def test_it_belongs_to_one_diary_and_goes_with_it(client: Client, diary: StoredDiary, lying_about: Path) -> None:
    token, mine = hand_over(client), PERSONAL
    with in_hand(new_diary()):
        assert handed_over.find(token) is None
        assert handed_over.newest() is None
        later().go()
        assert not handed_over.take(token, NOW)
    assert "New: 2" in page(client, token)
    with in_hand(mine):
        assert handed_over.take(token, NOW)
    with in_hand(new_diary()):
        later().go()
        assert StoredDiary().facts() == ()
    assert len(diary.facts(Sleep)) == 2

    hand_over(client)
    erase_diary(mine)
    assert HandedOverRow.everyones.count() == 0
    assert list(lying_about.iterdir()) == []


def test_it_takes_in_much_by_the_worker(client: Client, diary: StoredDiary) -> None:
    rows = "".join(f"{n},{86_400_000 * (10_000 + n)},{86_400_000 * (10_000 + n) + 25_000_000},4\n" for n in range(2500))
    token = hand_over(client, "sid,start,stop,rating\n" + rows)
    later().go()
    shown = client.post(f"/imports/{token}/take/", follow=True).content.decode()
    assert "Taking it in" in shown
    assert diary.facts() == ()

    later().go()

    assert "Entries taken in: 2500" in page(client, token)
    assert len(diary.facts(Sleep)) == 2500


def test_it_says_that_a_file_is_too_large(
    client: Client, diary: StoredDiary, lying_about: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "MOST_BYTES", 1_000_000)

    answer = client.post("/imports/look/", {"file": SimpleUploadedFile("export.xml", LARGE.encode())})

    assert answer.status_code == 400
    assert re.search(r"The file is too large: 4.8\sMB; allowed: up to 976.6\sKB.", answer.content.decode())
    assert not lying_about.exists()


def test_it_says_when_there_is_no_room_for_a_file(
    client: Client, diary: StoredDiary, lying_about: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "_KEPT_FREE", 2**60)

    answer = client.post("/imports/look/", {"file": SimpleUploadedFile("export.xml", LARGE.encode())})

    assert answer.status_code == 400
    assert "There is not enough room for it on the disk." in answer.content.decode()
    assert list(lying_about.iterdir()) == []


def test_it_writes_no_file_that_is_sent_to_another_page(client: Client, diary: StoredDiary, lying_about: Path) -> None:
    client.post("/log/", {"file": SimpleUploadedFile("export.xml", b"x" * 100)})

    assert not lying_about.exists() or list(lying_about.iterdir()) == []


def test_it_writes_no_file_of_somebody_who_has_not_signed_in(tmp_path: Path) -> None:
    # With a token that is looked for in what is sent: so all of it is read before anybody is asked who they are.
    script = """
from django.core.files.uploadedfile import SimpleUploadedFile
from quietlegs.web.store.home import home
sent = {"x-forwarded-proto": "https", "origin": "https://legs.example.org"}
stranger = Client(enforce_csrf_checks=True, SERVER_NAME=name, headers=sent)
stranger.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
answer = stranger.post("/imports/look/", {"file": SimpleUploadedFile("export.xml", b"x" * 100)})
print(json.dumps([answer.status_code, (home() / "handed-over").exists()]))
"""
    assert ask(tmp_path, script) == [403, False]


def test_it_forgets_what_nobody_came_back_for(client: Client, diary: StoredDiary, lying_about: Path) -> None:
    token = hand_over(client)
    [folder] = lying_about.iterdir()
    handed_files.tidy()
    assert folder.exists()

    handed_over.clear(datetime.now(UTC) + timedelta(hours=23))
    assert handed_over.find(token) is not None
    handed_over.clear(datetime.now(UTC) + timedelta(hours=25))
    assert handed_over.find(token) is None


def test_it_deletes_what_belongs_to_nobody(
    client: Client, diary: StoredDiary, lying_about: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over(client)
    kept = hand_over(client)
    HandedOverRow.objects.exclude(token=kept).delete()
    (lying_about / "left.part").write_bytes(b"")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 86_500)

    handed_files.tidy()

    assert [one.name for one in lying_about.iterdir()] == [kept]


def test_it_says_when_a_large_file_is_nothing_it_knows(client: Client, diary: StoredDiary, lying_about: Path) -> None:
    token = hand_over(client, "Dear doctor" * 500_000)

    later().go()

    assert "export.xml is none of the files that can be read" in page(client, token)
    assert list(lying_about.iterdir()) == []


def test_it_says_that_a_reader_broke_and_reads_the_next_file(
    client: Client, diary: StoredDiary, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = hand_over(client), hand_over(client)
    handed_files.find(first).write_text("no less", encoding="ascii")

    def breaks(file: Path) -> Format:
        if file.read_bytes() == b"no less":
            raise KeyError(file)
        return known.sniff(file)

    monkeypatch.setattr(files, "sniff", breaks)
    later().go()

    assert "The program made a mistake with this file." in page(client, first)
    assert "New: 2" in page(client, second)
