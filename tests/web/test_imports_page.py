"""The page for other programs' files: a receipt first, one step in, one step back, nothing left lying about."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.formats import written_fit as wf
from tests.formats.test_known import ANDROID

from quietlegs.records.done import Practice
from quietlegs.records.slept import Sleep
from quietlegs.web.store.diary import StoredDiary


@pytest.fixture(autouse=True)
def lying_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUIETLEGS_HOME", str(tmp_path))
    return tmp_path / "handed-over"


def hand_over(client: Client, text: str | bytes, name: str = "sleep-export.csv") -> str:
    content = text if isinstance(text, bytes) else text.encode()
    answer = client.post("/imports/look/", {"file": SimpleUploadedFile(name, content)}, follow=True)
    return answer.content.decode()


def token(page: str) -> str:
    found = re.search(r"/imports/(\w{32})/", page)
    assert found
    return found[1]


def test_it_shows_takes_in_and_takes_back(client: Client, diary: StoredDiary, lying_about: Path) -> None:
    page = hand_over(client, ANDROID)
    assert "sleep-export.csv" in page
    assert "New: 2" in page
    assert diary.facts() == ()

    done = client.post(f"/imports/{token(page)}/take/", follow=True).content.decode()
    assert "Entries taken in: 2" in done
    assert len(diary.facts(Sleep)) == 2
    assert list(lying_about.iterdir()) == []

    assert "There is nothing new in it" in hand_over(client, ANDROID)
    number = re.search(r"/imports/undo/(\d+)/", client.get("/imports/").content.decode())
    assert number
    back = client.post(f"/imports/undo/{number[1]}/", follow=True).content.decode()
    assert "Entries taken back: 2" in back
    assert diary.facts(Sleep) == ()
    assert client.post(f"/imports/undo/{number[1]}/").status_code == 400


def test_it_says_what_became_of_a_walk_and_names_its_one_night_once(client: Client, diary: StoredDiary) -> None:
    page = hand_over(client, wf.fit([wf.file_id(4), wf.session(wf.TEN, 2_580_000)]), "walk.fit")

    assert "New: 1</strong>, 1 January 2026</li>" in page
    assert (
        "<li>1 January 2026: a walk of 43 min, noted as “Easy walk”; its distance, pulse and way are not kept" in page
    )
    client.post(f"/imports/{token(page)}/take/")
    [walk] = diary.facts(Practice)
    assert (walk.payload.exercise, walk.payload.done.both_s) == ("walk", 2580)  # type: ignore[union-attr]  # as asked


def test_it_lets_a_file_go_that_is_left(client: Client, diary: StoredDiary, lying_about: Path) -> None:
    client.post(f"/imports/{token(hand_over(client, ANDROID))}/leave/")

    assert diary.facts() == ()
    assert list(lying_about.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "<b>x</b>.csv", "a" * 300, "Schlaf é ☕.csv", "☕" * 200, ".found"]
)
def test_it_takes_no_name_for_a_path_or_for_markup(client: Client, lying_about: Path, name: str) -> None:
    page = hand_over(client, ANDROID, name)

    assert "New: 2" in page
    assert "<b>x</b>" not in page
    [folder] = lying_about.iterdir()
    assert [one.name for one in folder.iterdir()] == [".found"]


@pytest.mark.parametrize(("text", "said"), [("", "or it is empty"), ("Dear doctor", "letter.txt is none of the files")])
def test_it_says_what_is_wrong_with_a_file(client: Client, text: str, said: str, lying_about: Path) -> None:
    told = hand_over(client, text, "letter.txt")
    assert said in told
    assert re.search(r'main-button" href="/imports/">\s*Choose another file', told)
    assert not lying_about.exists() or list(lying_about.iterdir()) == []


@pytest.mark.parametrize("found", ["0" * 32, "..", "%2e%2e%2fsecret", "x"])
def test_it_says_when_a_file_is_gone(client: Client, diary: StoredDiary, found: str) -> None:
    for answer in (client.post(f"/imports/{found}/take/"), client.get(f"/imports/{found}/")):
        assert answer.status_code in (400, 404)
        assert "not here any more" in answer.content.decode() or answer.status_code == 404
    assert client.post(f"/imports/{found}/leave/").status_code in (302, 404)
