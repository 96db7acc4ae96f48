"""The frame of all pages: nothing from elsewhere, the right theme at once, words that can be read."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client

import quietlegs.web.pages.frame as frame_folder
from quietlegs.web.pages.frame.context import shown_theme

CSS = (Path(frame_folder.__file__).parent / "static" / "frame" / "frame.css").read_text(encoding="utf-8")
PAGES = [
    "/",
    "/log/",
    "/learn/",
    "/library/",
    "/settings/",
    "/reminders/",
    "/measures/",
    "/safety/",
    "/safety/help/",
    "/wishes/",
]


def themes() -> dict[str, dict[str, str]]:
    """Each theme's tokens, as the style sheet declares them."""
    plain = re.sub(r"@media \(prefers-contrast.*?\n}\n", "", CSS, flags=re.DOTALL)
    found: dict[str, dict[str, str]] = {}
    for selector, body in re.findall(r"(?<!:root)(:root(?:\[[^\]]+\])*) \{([^}]+)\}", plain):
        tokens = dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6})", body))
        found[selector] = found.get(":root", {}) | tokens
    return found


STRONG = [name for name in themes() if "data-contrast" in name]


def luminance(colour: str) -> float:
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_it_has_four_theme_blocks_and_as_many_of_high_contrast() -> None:
    assert len(themes()) == 8
    assert len(STRONG) == 4


@pytest.mark.parametrize("theme", STRONG)
@pytest.mark.parametrize("text", ["--text", "--muted", "--accent", "--accent-text", "--stop"])
def test_it_has_words_of_high_contrast_in_every_theme(theme: str, text: str) -> None:
    tokens = themes()[theme]

    assert min(contrast(tokens[text], tokens[ground]) for ground in ("--bg", "--surface", "--accent-fill")) >= 7
    assert contrast(tokens["--line"], tokens["--bg"]) >= 4.5


def test_it_gives_what_is_asked_for_here_and_by_the_device_alike() -> None:
    """Each high contrast stands in the style sheet twice: for this device's choice, and for the system's."""
    told = re.findall(r"@media \(prefers-contrast.*?\n}\n", CSS, flags=re.DOTALL)
    asked = {key.replace('[data-contrast="more"]', ""): value for key, value in themes().items() if key in STRONG}

    by_device = dict(re.findall(r"(:root\S*) \{([^}]+)\}", "".join(told)))
    assert {key: dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6})", body)) for key, body in by_device.items()} == asked


def test_it_paints_the_contrast_with_the_first_byte(client: Client) -> None:
    assert 'data-contrast="auto"' in client.get("/").content.decode()

    client.post("/contrast/", {"contrast": "more", "back": "/"})

    page = client.get("/").content.decode()
    assert page.index('data-contrast="more"') < page.index("<head>")
    assert client.post("/contrast/", {"contrast": "less"}).status_code == 400


@pytest.mark.parametrize("theme", themes())
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("--text", "--bg"), ("--text", "--surface"), ("--muted", "--bg"), ("--muted", "--surface"),
        ("--accent", "--bg"), ("--accent", "--surface"), ("--accent-text", "--accent-fill"), ("--stop", "--bg"),
        ("--stop", "--surface"),
    ],
)  # fmt: skip
def test_it_can_be_read_in_every_theme(theme: str, text: str, ground: str) -> None:
    tokens = themes()[theme]

    assert contrast(tokens[text], tokens[ground]) >= 4.5


@pytest.mark.parametrize("theme", themes())
def test_it_draws_figures_that_can_be_seen(theme: str) -> None:
    tokens = themes()[theme]

    assert contrast(tokens["--figure"], tokens["--bg"]) >= 3
    assert contrast(tokens["--accent"], tokens["--figure"]) >= 1.5


def test_it_has_no_blue_and_nothing_bright_at_night() -> None:
    for night in (tokens for name, tokens in themes().items() if "night" in name):
        assert {colour[5:7] for colour in night.values()} == {"00"}
        assert max(luminance(colour) for colour in night.values()) < 0.4


@pytest.mark.parametrize(
    ("chosen", "hour", "shown"),
    [("auto", 21, "night"), ("auto", 3, "night"), ("auto", 12, "auto"), ("light", 3, "light"), ("dark", 12, "dark")],
)
def test_it_is_night_between_evening_and_morning(chosen: str, hour: int, shown: str) -> None:
    assert shown_theme(chosen, hour) == shown


@pytest.mark.parametrize("path", PAGES)
def test_it_paints_the_theme_with_the_first_byte(client: Client, path: str) -> None:
    client.cookies["theme"] = "night"

    page = client.get(path).content.decode()

    assert page.index('data-theme="night"') < page.index("<head>")


@pytest.mark.parametrize("path", PAGES)
def test_it_asks_for_nothing_from_elsewhere(client: Client, path: str) -> None:
    answer = client.get(path)
    page = answer.content.decode()

    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert re.findall(r'(?:src|action|data)="https?:', page) == []
    assert re.findall(r'<link[^>]+href="https?:', page) == []
    assert re.findall(r"<script(?![^>]*(src=|application/json))", page) == []
    assert " style=" not in page
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_it_remembers_a_theme_and_goes_back(client: Client) -> None:
    answer = client.post("/theme/", {"theme": "light", "back": "/log/"})

    assert answer.headers["Location"] == "/log/"
    assert 'data-theme="light"' in client.get("/log/").content.decode()


def test_it_goes_nowhere_else(client: Client) -> None:
    assert client.post("/theme/", {"theme": "light", "back": "//evil.example/"}).headers["Location"] == "/library/"


def test_it_names_the_themes_it_knows(client: Client) -> None:
    answer = client.post("/theme/", {"theme": "pink"})

    assert answer.status_code == 400
    assert "allowed: auto, night, dark, light" in answer.content.decode()


def test_it_answers_only_to_its_own_names(client: Client) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_it_says_what_to_do_when_an_address_leads_nowhere(client: Client) -> None:
    answer = client.get("/nowhere/")

    assert answer.status_code == 404
    assert "leads nowhere" in answer.content.decode()


def test_it_tells_the_time_of_the_devices_zone(client: Client) -> None:
    client.cookies["zone"] = "Pacific/Kiritimati"
    body = client.get("/").content.decode()

    assert 'data-zone="Pacific/Kiritimati"' in body
    client.cookies["zone"] = "Mars"
    assert "Mars" not in client.get("/").content.decode()
    assert datetime.now().astimezone().tzinfo is not None


@pytest.mark.parametrize("address", ["/library/", "/safety/", "/measures/", "/reminders/", "/settings/"])
def test_it_says_which_pages_lie_under_more(client: Client, address: str) -> None:
    said = client.get(address).content.decode()

    assert re.search(r'<a href="/library/" aria-current="page">\s*More</a>', said)
