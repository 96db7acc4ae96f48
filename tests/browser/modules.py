"""A page that holds nothing but the guide's own modules, to call them one by one."""

from importlib.resources import files

import pytest
from playwright.sync_api import Page, Route

_STATIC = files("quietlegs.web.pages.guide") / "static" / "guide"


@pytest.fixture
def alone(page: Page) -> Page:
    """Serve the guide's modules, and no page of ours."""

    def give(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        if name:
            route.fulfill(body=(_STATIC / name).read_text(encoding="utf-8"), content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html><link rel=icon href=data:,>", content_type="text/html")

    page.route("http://127.0.0.1:1/**", give)
    page.goto("http://127.0.0.1:1/")
    return page
