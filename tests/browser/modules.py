"""A page that holds nothing but the program's own script modules, so that they can be held against Python."""

from importlib.resources import files
from importlib.resources.abc import Traversable

from playwright.sync_api import Page, Route

_PAGES = files("quietlegs.web.pages")
_HOST = "http://127.0.0.1:1/"


def open_empty(page: Page) -> None:
    """Open an empty page from which `/log/entry.js` is that module, and so for every page's folder."""
    page.route(f"{_HOST}**", _give)
    page.goto(_HOST)


def _give(route: Route) -> None:
    path = route.request.url.removeprefix(_HOST)
    if not path:
        route.fulfill(body="<!doctype html><link rel=icon href=data:,>", content_type="text/html")
    else:
        route.fulfill(body=_module(path).read_text(encoding="utf-8"), content_type="text/javascript")


def _module(path: str) -> Traversable:
    folder, _, name = path.rpartition("/")
    return _PAGES / folder / "static" / folder / name
