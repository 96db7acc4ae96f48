"""The page for other programs' files: a receipt first, one step in, one step back, nothing left lying about."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.formats.test_known import ANDROID

from quietlegs.records.slept import Sleep
from quietlegs.web.store.diary import StoredDiary


@pytest.fixture(autouse=True)
def lying_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUIETLEGS_HOME", str(tmp_path))
    return tmp_path / "handed-over"


def hand_over(client: Client, text: str, name: str = "sleep-export.csv") -> str:
    answer = client.post("/imports/look/", {"file": SimpleUploadedFile(name, text.encode())})
    return answer.content.decode()


def token(page: str) -> str:
    found = re.search(r'name="token" value="(\w+)"', page)
    assert found
    return found[1]


def test_it_shows_takes_in_and_takes_back(client: Client, diary: StoredDiary, lying_about: Path) -> None:
    page = hand_over(client, ANDROID)
    assert "sleep-export.csv" in page
    assert "New: 2" in page
    assert diary.facts() == ()

    done = client.post("/imports/take/", {"token": token(page)}, follow=True).content.decode()
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


def test_it_lets_a_file_go_that_is_left(client: Client, diary: StoredDiary, lying_about: Path) -> None:
    client.post("/imports/take/", {"token": token(hand_over(client, ANDROID)), "leave": "1"})

    assert diary.facts() == ()
    assert list(lying_about.iterdir()) == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "<b>x</b>.csv", "a" * 300, "Schlaf é ☕.csv"])
def test_it_takes_no_name_for_a_path_or_for_markup(client: Client, lying_about: Path, name: str) -> None:
    page = hand_over(client, ANDROID, name)

    assert "New: 2" in page
    assert "<b>x</b>" not in page
    [folder] = lying_about.iterdir()
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize(("text", "said"), [("", "or it is empty"), ("Dear doctor", "letter.txt is none of the files")])
def test_it_says_what_is_wrong_with_a_file(client: Client, text: str, said: str, lying_about: Path) -> None:
    assert said in hand_over(client, text, "letter.txt")
    assert not lying_about.exists() or list(lying_about.iterdir()) == []


@pytest.mark.parametrize("found", ["", "0" * 32, "../../secret", "x"])
def test_it_says_when_a_file_is_gone(client: Client, diary: StoredDiary, found: str) -> None:
    answer = client.post("/imports/take/", {"token": found})

    assert answer.status_code == 400
    assert "not here any more" in answer.content.decode()
    assert client.post("/imports/take/", {"token": found, "leave": "1"}).status_code == 302
