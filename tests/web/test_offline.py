"""What makes quietlegs an app: its manifest, its static files' addresses, and how little is sent."""

import gzip
import re
from struct import unpack

import pytest
from django.conf import settings
from django.http.response import ResponseHeaders
from django.test import Client
from tests.web.test_frame import themes

from quietlegs.web.pages.frame.context import GROUNDS
from quietlegs.web.pages.offline.assets import assets, version


def sent(client: Client, path: str, **headers: str) -> tuple[ResponseHeaders, bytes]:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, path
    content = answer.getvalue()
    answer.close()
    return answer.headers, content


def body(client: Client, path: str) -> bytes:
    return sent(client, path)[1]


def test_it_tells_the_browser_how_to_install_it(client: Client) -> None:
    answer = client.get("/manifest.webmanifest")
    told = answer.json()

    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert (told["start_url"], told["scope"], told["display"]) == ("/", "/", "standalone")
    assert told["background_color"] == told["theme_color"] == "#000000"
    assert [icon["purpose"] for icon in told["icons"]] == ["any", "any", "maskable"]


def test_it_offers_to_calm_and_to_write_from_the_home_screen(client: Client) -> None:
    shortcuts = client.get("/manifest.webmanifest").json()["shortcuts"]

    assert [one["name"] for one in shortcuts] == ["Calm my legs now", "Write down last night"]
    assert [client.get(one["url"], follow=True).status_code for one in shortcuts] == [200, 200]


def test_it_has_each_icon_in_the_size_it_tells(client: Client) -> None:
    for icon in client.get("/manifest.webmanifest").json()["icons"]:
        picture = body(client, icon["src"])
        width, height = unpack(">II", picture[16:24])
        assert f"{width}x{height}" == icon["sizes"]
        assert len(picture) < 20_000


@pytest.mark.parametrize(
    ("theme", "ground"), [("night", "night"), ("dark", "dark"), ("light", "light")]
)  # fmt: skip
def test_it_paints_the_browsers_bars_like_the_page(client: Client, theme: str, ground: str) -> None:
    client.cookies["theme"] = theme

    assert f'<meta name="theme-color" content="{GROUNDS[ground]}">' in client.get("/").content.decode()


def test_it_knows_the_grounds_that_the_style_sheet_paints() -> None:
    tokens = themes()

    assert {
        "dark": tokens[":root"]["--bg"],
        "night": tokens[':root[data-theme="night"]']["--bg"],
        "light": tokens[':root[data-theme="light"]']["--bg"],
    } == GROUNDS


@pytest.mark.parametrize("path", ["/", "/guide/calm/", "/log/", "/learn/", "/library/"])
def test_it_lets_static_files_be_kept_for_ever_under_an_address_of_their_own(client: Client, path: str) -> None:
    client.post("/safety/", {"none": "1"})
    page = client.get(path).content.decode()
    named = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)

    assert len(named) > 3
    for address in named:
        assert address.startswith(f"/static/{version()}/")
        assert "immutable" in sent(client, address)[0]["Cache-Control"]


def test_it_knows_every_static_file_that_pages_name(client: Client) -> None:
    for name in assets():
        assert body(client, settings.STATIC_URL + name)


@pytest.mark.parametrize("path", ["/", f"{settings.STATIC_URL}frame/frame.css", f"{settings.STATIC_URL}guide/guide.js"])
def test_it_sends_pages_styles_and_scripts_small(client: Client, path: str) -> None:
    plain = body(client, path)
    headers, small = sent(client, path, **{"accept-encoding": "gzip"})

    assert headers["Content-Encoding"] == "gzip"
    assert len(small) < len(plain) * 0.6
    assert len(gzip.decompress(small)) == len(plain)
