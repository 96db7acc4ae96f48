"""What is said before everything is deleted, how it is asked, and what is said after it."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quietlegs.web.pages.frame.errors import BAD_REQUEST
from quietlegs.web.store import erasing
from quietlegs.web.store.home import is_hosted
from quietlegs.words.catalogue import pgettext

# What the browser itself kept of pages; and, where nobody shares the device, whatever else it keeps of this address.
_FORGET_PAGES = '"cache"'
_FORGET_ALL = '"cache", "storage"'


def typed(request: HttpRequest) -> bool:
    """Whether the word was typed that nobody types by mistake."""
    return request.POST.get("word", "").strip().casefold() == _word().casefold()


def ask(request: HttpRequest, *, wrong: bool = False, **more: object) -> HttpResponse:
    """Say what goes and what stays, and ask."""
    copies = erasing.copies() if connection.vendor == "sqlite" else []
    words = {
        "copies": copies,
        "until": erasing.last_goes(copies) if copies else None,
        "own_copies": connection.vendor == "sqlite",
        "word": _word(),
        "wrong": wrong,
    }
    return render(request, "erase/index.html", words | more, status=BAD_REQUEST if wrong else 200)


def gone(request: HttpRequest, *, mark: str = "", with_account: bool = False, again: str = "") -> HttpResponse:
    """Say that it is done, and have this device forget what it keeps of it; `mark` is what it knows the account by."""
    words = {"mark": mark, "with_account": with_account, "again": again}
    answer = render(request, "erase/gone.html", words)
    answer.headers["Clear-Site-Data"] = _FORGET_PAGES if is_hosted() else _FORGET_ALL
    return answer


def _word() -> str:
    return pgettext("typed to delete everything", "delete")
