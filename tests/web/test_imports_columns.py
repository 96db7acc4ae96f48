"""What the columns of a table mean, asked on the page: a guess, the first nights, what was wrong, and remembered."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.formats.test_plain_csv import TABLE

from quietlegs.records.felt import NightRating
from quietlegs.records.remark import Remark
from quietlegs.records.slept import Intake, Sleep
from quietlegs.web.store.diary import StoredDiary

EITHER = "Date,Legs\n05/01/2026,4\n06/01/2026,5\n"


@pytest.fixture(autouse=True)
def lying_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUIETLEGS_HOME", str(tmp_path))
    return tmp_path / "handed-over"


def hand_over(client: Client, text: str, name: str = "diary.csv") -> tuple[str, str]:
    """Hand a table over; return its token and the page that asks."""
    upload = SimpleUploadedFile(name, text.encode())
    answer = client.post("/imports/look/", {"file": upload}, follow=True)
    return answer.redirect_chain[0][0].split("/")[2], answer.content.decode()


def say(client: Client, token: str, **told: Any) -> tuple[int, str]:
    answer = client.post(f"/imports/{token}/columns/", told, follow=True)
    return answer.status_code, answer.content.decode()


def shown(page: str) -> dict[str, str]:
    """Return what is chosen of each column, and what stands in its field."""
    chosen = re.findall(r'<select id="(meaning-\d+)"[^>]*>.*?<option value="([\w-]+)" selected>', page)
    return dict(chosen) | dict(re.findall(r'<input type="text" id="(how-\d+)"[^>]* value="([^"]*)"', page))


def test_it_asks_with_a_guess_and_shows_the_first_nights(client: Client, diary: StoredDiary) -> None:
    _token, page = hand_over(client, TABLE)

    assert "A table with 3 rows, in UTF-8" in page
    told = shown(page)
    assert [told[f"meaning-{place}"] for place in range(7)] == [
        "night", "severity", "lights-out", "up", "hours", "medicine", "note",
    ]  # fmt: skip
    assert told["how-1"] == "0-100"
    assert '<span class="value">=1+1; früh</span>' in page
    assert (
        "legs: 7 of 10, light out at 22:30, asleep at 23:15, up at 06:45, Pramipexol: 0.18 mg, Notiz: =1+1; früh"
        in page
    )
    assert diary.facts() == ()


def test_it_takes_a_table_in_and_back_and_in_again(client: Client, diary: StoredDiary, lying_about: Path) -> None:
    for _time in range(2):
        token, page = hand_over(client, TABLE)
        _status, receipt = say(client, token, order="dmy", **shown(page))
        assert "New: 10" in receipt
        done = client.post(f"/imports/{token}/take/", follow=True).content.decode()
        assert "Entries taken in: 10" in done
        assert [len(diary.facts(kind)) for kind in (NightRating, Sleep, Intake, Remark)] == [3, 3, 2, 2]
        assert list(lying_about.iterdir()) == []
        assert "Notiz: =1+1; früh (CSV)" in client.get("/log/?night=2026-01-05").content.decode()
        number = re.search(r"/imports/undo/(\d+)/", done)
        assert number
        client.post(f"/imports/undo/{number[1]}/")
        assert diary.facts() == ()


def test_it_shows_what_becomes_of_another_choice_before_it_reads(client: Client, diary: StoredDiary) -> None:
    token, page = hand_over(client, TABLE)

    _status, page = say(
        client, token, **shown(page) | {"order": "dmy", "how-1": "100-0", "meaning-4": "leave", "try": "1"}
    )

    assert "legs: 3 of 10, light out at 22:30, up at 06:45" in page
    assert shown(page)["how-1"] == "100-0"


def test_it_says_what_is_missing_and_keeps_what_was_said(client: Client, diary: StoredDiary) -> None:
    token, page = hand_over(client, TABLE)

    status, page = say(
        client, token, **shown(page) | {"meaning-0": "leave", "meaning-2": "leave", "meaning-3": "leave"}
    )

    assert status == 400
    assert "Which column holds the date?" in page
    assert "is kept with a time" in page
    assert shown(page)["meaning-1"] == "severity"


def test_it_asks_which_comes_first_where_each_date_can_be_either(client: Client, diary: StoredDiary) -> None:
    token, page = hand_over(client, EITHER)
    assert "Each date in this file can be read both ways." in page
    assert "as they would be taken in" not in page

    status, page = say(client, token, **shown(page))
    assert status == 400
    assert "Which comes first in your dates: the day, or the month?" in page

    say(client, token, order="mdy", **shown(page))
    client.post(f"/imports/{token}/take/")
    assert [fact.night for fact in diary.facts()] == [date(2026, 5, 1), date(2026, 6, 1)]


def test_it_remembers_the_columns_for_the_next_file_with_the_same_ones(client: Client, diary: StoredDiary) -> None:
    token, page = hand_over(client, EITHER)
    say(client, token, order="dmy", **shown(page) | {"how-1": "0-5"})

    _token, page = hand_over(client, EITHER.replace(",4", ",3"))
    assert "as you said it for the last table" in page
    assert shown(page)["how-1"] == "0-5"
    assert re.search(r'value="dmy" required checked', page)

    _token, other = hand_over(client, EITHER.replace("Legs", "Bein"))
    assert "We guessed" in other


def test_it_lets_the_columns_be_changed_after_the_receipt(client: Client, diary: StoredDiary) -> None:
    token, page = hand_over(client, EITHER.replace(",5", ",50"))
    _status, receipt = say(client, token, order="dmy", **shown(page) | {"how-1": "0-10"})
    assert "New: 1" in receipt
    assert "line 3: Legs: &#x27;50&#x27;; allowed: 0-10" in receipt

    page = client.post(f"/imports/{token}/ask/", follow=True).content.decode()
    assert shown(page)["how-1"] == "0-10"
    _status, receipt = say(client, token, order="dmy", **shown(page) | {"how-1": "0-100"})
    assert "New: 2" in receipt


def test_it_shows_markup_and_formulas_as_the_text_they_are(client: Client, diary: StoredDiary) -> None:
    token, page = hand_over(client, "Date,<b>Drug</b>\n2026-01-05,=1+1 2 mg\n2026-01-06,<i>x</i> 1 mg\n")
    assert "<b>Drug" not in page
    assert "<i>x" not in page

    say(client, token, order="dmy", **{"meaning-0": "night", "meaning-1": "medicine"})
    client.post(f"/imports/{token}/take/")
    assert [fact.payload.name for fact in diary.facts() if isinstance(fact.payload, Intake)] == ["=1+1", "<i>x</i>"]


@pytest.mark.parametrize("told", [{"meaning-0": "x"}, {"meaning-0": "night", "how-1": "x" * 5000, "order": "ymd"}, {}])
def test_it_takes_nothing_strange_for_an_answer(client: Client, diary: StoredDiary, told: dict[str, str]) -> None:
    token, _page = hand_over(client, EITHER)

    status, page = say(client, token, **told)

    assert status == 400
    assert "Still to be said" in page
    assert say(client, "0" * 32, **told)[0] == 400
