"""A device's own choices: pressed as they were chosen, and where the data lies."""

import re

from django.test import Client


def page(client: Client) -> str:
    answer = client.get("/settings/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_it_presses_what_was_chosen(client: Client) -> None:
    client.post("/theme/", {"theme": "dark", "back": "/settings/"})
    client.post("/contrast/", {"contrast": "more", "back": "/settings/"})

    pressed = re.findall(r'name="(\w+)" value="(\w*)"[^>]* aria-pressed="true"', page(client))

    assert pressed == [("theme", "dark"), ("contrast", "more"), ("language", "")]


def test_it_goes_back_to_the_page_after_a_choice(client: Client) -> None:
    assert '<input type="hidden" name="back" value="/settings/">' in page(client)
    assert client.post("/contrast/", {"contrast": "more", "back": "/settings/"}).headers["Location"] == "/settings/"


def test_it_names_the_usual_quiet_hours(client: Client) -> None:
    shown = page(client)

    assert 'id="quiet-from" value="22:00"' in shown
    assert 'id="quiet-until" value="07:00"' in shown


def test_it_says_where_the_data_is(client: Client) -> None:
    shown = page(client)

    assert "quietlegs.sqlite3" in shown
    assert "quietlegs export" in shown
