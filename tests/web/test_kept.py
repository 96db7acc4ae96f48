"""What a phone is given to keep: the pages as they are now, complete, and right for later nights."""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.web.test_learn_trial import lived

from quietlegs.library.load import load_library
from quietlegs.plan.kept import SHOWN_FROM
from quietlegs.web.pages.offline.assets import carried, version
from quietlegs.web.pages.offline.kept import NIGHTS_AHEAD
from quietlegs.web.store.diary import StoredDiary

PAGES = f"/offline/pages/?version={version()}"


def given(client: Client) -> dict[str, Any]:
    answer = client.get(PAGES)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    told: dict[str, Any] = answer.json()
    return told


def by_hour(client: Client) -> dict[tuple[str, str | None, int], str]:
    """Each page, put together as the worker does it, by its address, its night and the hour from which it is right."""
    told = given(client)
    whole = {mark: "".join(told["parts"][place] for place in places) for mark, places in told["bodies"].items()}
    for blank, words in told["blanks"].items():
        whole = {mark: body.replace(blank, words) for mark, body in whole.items()}
    return {(page["address"], page["night"], page["hour"]): whole[page["body"]] for page in told["pages"]}


def bodies(client: Client) -> dict[tuple[str, str | None], str]:
    return {(address, night): page for (address, night, _), page in by_hour(client).items()}


def answer_none(client: Client) -> None:
    client.post("/safety/", {"none": "1"})


def test_it_keeps_no_movement_before_the_safety_questions(client: Client) -> None:
    kept = {address for address, _ in bodies(client)}

    assert {address for address in kept if address.startswith("/guide/")} == set()
    assert {"/", "/offline/", "/safety/help/"} <= kept


def test_it_keeps_every_movement_that_can_be_guided(client: Client) -> None:
    answer_none(client)
    kept = {address for address, _ in bodies(client)}

    library = load_library()
    assert {f"/guide/movement/{key}/" for key, one in library.exercises.items() if one.doses} <= kept
    assert {f"/library/exercise/{key}/" for key in library.exercises} <= kept
    assert {"/guide/calm/", "/guide/calm/choose/", "/guide/routine/"} <= kept


def test_it_keeps_every_movement_that_can_be_chosen(client: Client) -> None:
    answer_none(client)
    kept = bodies(client)

    offered = set(re.findall(r'href="(/guide/calm/\?movement=\w+)"', kept["/guide/calm/choose/", None]))
    assert len(offered) > 5
    assert {(address, None) for address in offered} <= set(kept)


@pytest.mark.parametrize("path", ["/guide/movement/calf_towel/", "/safety/help/", "/guide/calm/"])
def test_it_keeps_a_page_as_the_server_shows_it(client: Client, path: str) -> None:
    answer_none(client)
    client.cookies["theme"] = "dark"
    kept = bodies(client)[path, None]
    shown = client.get(path).content.decode()

    def told(page: str) -> list[str]:
        return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line and 'class="kept"' not in line]

    assert [line for line in told(kept) if line.strip()] == [line for line in told(shown) if line.strip()]


def test_it_makes_tonights_page_for_each_of_the_next_nights(client: Client) -> None:
    answer_none(client)
    kept = bodies(client)

    dates = [
        re.findall(r'<h1>Tonight</h1><span class="muted">([^<]+)', page)
        for (path, _), page in kept.items()
        if path == "/"
    ]
    assert {len(shown) for shown in dates} == {1}
    assert len({shown for (shown,) in dates}) == NIGHTS_AHEAD


def test_it_keeps_a_trials_turn_unseen_until_its_evening(client: Client, diary: StoredDiary) -> None:
    answer_none(client)
    lived(diary, 10)

    shown = {(night, hour): page for (path, night, hour), page in by_hour(client).items() if path == "/"}
    assert {hour for _, hour in shown} >= {12, SHOWN_FROM}
    for (_, hour), page in shown.items():
        assert ("Your trial tonight" in page) == (hour != 12)
        assert ("You see it from 17:00" in page) == (hour == 12)


def test_it_asks_about_the_night_that_the_hour_asks_about(client: Client) -> None:
    answer_none(client)

    asked = [(hour, night, page) for (path, night, hour), page in by_hour(client).items() if path == "/"]
    assert len(asked) == 4 * NIGHTS_AHEAD
    for hour, night, page in asked:
        about = date.fromisoformat(night or "") - timedelta(days=hour in (12, 17))
        assert f'data-night="{about}"' in page
        assert ('data-when="on" hidden' in page) == (hour != 20)


def test_it_keeps_a_token_that_is_taken(client: Client) -> None:
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    page = bodies(strict)["/safety/help/", None]
    assert "csrftoken" in strict.cookies
    answer_none(client)
    (token,) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', bodies(strict)["/guide/calm/", None])
    assert page

    answer = strict.post("/api/v1/facts", "[]", content_type="application/json", headers={"x-csrftoken": token})

    assert "body: a list of 1 to" in answer.content.decode()


def test_it_sends_nothing_when_nothing_has_changed(client: Client) -> None:
    answer_none(client)
    state = given(client)["state"]

    assert client.get(f"{PAGES}&have={state}").status_code == 204


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/wishes/", {"posture": "seated"}),
        ("/safety/", {"none": "1"}),
        ("/log/rate/", {"night": "2026-01-02", "severity": "3"}),
        ("/theme/", {"theme": "light"}),
        ("/language/", {"language": "de"}),
    ],
)
def test_it_sends_the_pages_again_after_anything_was_said(client: Client, path: str, said: dict[str, str]) -> None:
    state = given(client)["state"]
    assert client.post(path, said).status_code == 302

    assert client.get(f"{PAGES}&have={state}").status_code == 200


def test_it_sends_only_the_pages_that_say_something_else(client: Client, diary: StoredDiary) -> None:
    answer_none(client)
    client.post("/log/rate/", {"night": "2026-01-02", "severity": "2"})
    held = ",".join(given(client)["bodies"])
    client.post("/log/rate/", {"night": "2026-01-02", "severity": "3"})
    assert client.get(f"{PAGES}&held={held}").json()["bodies"] == {}

    client.post("/wishes/", {"posture": "seated"})

    told = client.get(f"{PAGES}&held={held}").json()
    assert {page["address"] for page in told["pages"] if page["body"] in told["bodies"]} >= {"/", "/guide/calm/"}
    assert len(told["bodies"]) < len(held.split(",")) / 2


def test_it_sends_no_page_anew_because_it_has_become_dark(client: Client) -> None:
    answer_none(client)
    looks = set()
    for hours_west in range(0, 12, 3):
        client.cookies["zone"] = f"Etc/GMT+{hours_west}"
        looks |= set(re.findall(r'data-theme="\w+"', "".join(bodies(client).values())))

    assert looks == {'data-theme="night"'}


def test_it_speaks_the_language_of_the_device(client: Client) -> None:
    client.cookies["language"] = "de"

    assert '<html lang="de"' in bodies(client)["/offline/", None]


def test_it_tells_an_older_worker_only_whether_its_pages_are_safe(client: Client) -> None:
    answer_none(client)

    told = client.get("/offline/pages/?version=older").json()

    assert set(told) == {"version", "answers"}
    assert told["answers"] == given(client)["answers"] != ""


def test_it_gives_the_worker_the_files_that_pages_are_made_of(client: Client) -> None:
    script = client.get("/worker.js")
    packed = json.loads(script.content.decode().splitlines()[0].removeprefix("self.packed = ").removesuffix(";"))

    assert script.headers["Content-Type"].startswith("text/javascript")
    assert script.headers["Cache-Control"] == "no-cache"
    assert client.get("/worker.js", headers={"if-none-match": script.headers["ETag"]}).status_code == 304
    assert packed["version"] == version()
    answer_none(client)
    for page in bodies(client).values():
        named = {name.removeprefix(packed["prefix"]) for name in re.findall(r'(?:src|href)="(/static/[^"]+)"', page)}
        assert named - set(packed["assets"]) <= {"offline/apple-touch-180.png"}
    assert packed["assets"] == carried()


def test_it_leads_nobody_to_a_movement_that_is_not_kept(client: Client) -> None:
    before = client.get("/offline/").content.decode()
    answer_none(client)
    after = client.get("/offline/").content.decode()

    assert "/guide/calm/" not in before
    assert "/guide/calm/" in after
    assert "/guide/calm/" not in client.get("/offline/?why=answers").content.decode()
