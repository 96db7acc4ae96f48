"""Pages in the language that the person chose, else in the one their device asks for."""

import pytest
from django.test import Client

from quietlegs.words.language import language

PAGES = ["/", "/log/", "/learn/", "/library/", "/measures/", "/safety/", "/safety/help/", "/wishes/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("wanted", ["en", "de", "es"])
def test_it_answers_in_the_language_asked_for(client: Client, page: str, wanted: str) -> None:
    answer = client.get(page, headers={"accept-language": f"fr, {wanted}-AT;q=0.8, en;q=0.2"})

    assert answer.status_code == 200
    assert f'<html lang="{wanted}"' in answer.content.decode()
    assert answer.headers["Content-Language"] == wanted
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in answer.headers["Vary"].split(",")}


def test_it_speaks_english_where_it_does_not_know_the_language(client: Client) -> None:
    assert '<html lang="en"' in client.get("/", headers={"accept-language": "fr"}).content.decode()


def test_it_keeps_the_language_a_person_chose_before_what_the_device_asks_for(client: Client) -> None:
    answer = client.post("/language/", {"language": "es", "back": "/log/"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/log/")
    assert '<html lang="es"' in client.get("/log/", headers={"accept-language": "de"}).content.decode()


def test_it_goes_back_to_the_language_of_the_device(client: Client) -> None:
    client.post("/language/", {"language": "es"})
    client.post("/language/", {"language": ""})

    assert '<html lang="de"' in client.get("/", headers={"accept-language": "de"}).content.decode()


@pytest.mark.parametrize("wanted", ["fr", "xx", "../de"])
def test_it_refuses_a_language_it_does_not_have(client: Client, wanted: str) -> None:
    assert client.post("/language/", {"language": wanted}).status_code == 400


def test_it_ignores_a_cookie_it_does_not_know(client: Client) -> None:
    client.cookies["language"] = "klingon"

    assert '<html lang="en"' in client.get("/").content.decode()


def test_it_leads_nowhere_else(client: Client) -> None:
    answer = client.post("/language/", {"language": "de", "back": "https://example.org/"})

    assert answer.headers["Location"] == "/library/"


def test_it_shows_each_language_by_its_own_name(client: Client) -> None:
    client.cookies["language"] = "de"

    page = client.get("/settings/").content.decode()

    for key, name in (("en", "English"), ("de", "Deutsch"), ("es", "Español")):
        assert f'value="{key}" lang="{key}" aria-pressed="{"true" if key == "de" else "false"}">{name}</button>' in page


def test_it_speaks_no_language_on_once_a_request_is_answered(client: Client) -> None:
    client.get("/", headers={"accept-language": "de"})

    assert language() == "en"


def test_it_speaks_the_language_on_a_page_that_is_missing(client: Client) -> None:
    answer = client.get("/nowhere/", headers={"accept-language": "de"})

    assert answer.status_code == 404
    assert '<html lang="de"' in answer.content.decode()
