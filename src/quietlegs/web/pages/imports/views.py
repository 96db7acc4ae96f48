"""Files of other programs: handed over, read, a receipt, taken in, taken back."""

from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from quietlegs.formats.known import known
from quietlegs.web.pages.frame.clock import device_zone, moment_now
from quietlegs.web.pages.frame.errors import refuse
from quietlegs.web.pages.imports.arriving import MOST_BYTES, Arrived, why_not_arrived
from quietlegs.web.pages.imports.columns import asked, gone, not_this_one
from quietlegs.web.pages.imports.working import at_once, in_time
from quietlegs.web.store import handed_files, handed_over
from quietlegs.web.store.handed_over import ASKED, LOOKED, REFUSED, TAKEN, Handed
from quietlegs.web.store.imports import last_taken, undo
from quietlegs.words.catalogue import _
from quietlegs.words.language import language

# Larger files are left to the worker from the start, and so is what takes more than a second to be stored.
_AT_ONCE_BYTES = 4 * 2**20
_AT_ONCE_ENTRIES = 1000


@never_cache
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Ask for a file; name the one that waits, and the last one, which can be taken back."""
    waits = handed_over.newest()
    words = {
        "formats": known().values(),
        "most": MOST_BYTES,
        "waits": waits if waits and (waits.is_worked_on or waits.state == ASKED or waits.told.get("new")) else None,
        "last": last_taken(),
        "taken": request.GET.get("taken", ""),
        "back": request.GET.get("back", ""),
    }
    return render(request, "imports/index.html", words)


@require_POST
def look_at(request: HttpRequest) -> HttpResponse:
    """Keep a file, and read it: at once where that is quickly done."""
    upload = request.FILES.get("file")
    if not isinstance(upload, Arrived) or not upload.size:
        return not_this_one(request, why_not_arrived(request) or _("No file was chosen, or it is empty."))
    name = upload.name or "file"
    token = handed_files.keep(upload.path, name)
    about = {"digest": upload.hashed.hexdigest(), "size": upload.size, "zone": device_zone(request)}
    handed_over.hand_over(token, name, about | {"language": language()}, datetime.now(UTC))
    if upload.size <= _AT_ONCE_BYTES:
        at_once(token)
    return _to(token)


@never_cache
@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show how far a file has come, or what it would bring; nothing is changed yet."""
    handed = handed_over.find(token)
    if handed is None:
        return gone(request)
    if handed.state == TAKEN:
        return HttpResponseRedirect(f"{reverse('imports:index')}?taken={handed.told['count']}")
    if handed.is_worked_on:
        in_time(handed)
        return render(request, "imports/progress.html", {"handed": handed, "said": _said(handed)})
    if handed.state == ASKED:
        return asked(request, handed)
    if handed.state == REFUSED:
        why = handed.told.get("why") or _("It could not be read, though it was begun several times.")
        return not_this_one(request, why)
    return render(request, "imports/receipt.html", _receipt(handed))


@never_cache
@require_GET
def come(_request: HttpRequest, token: str) -> HttpResponse:
    """Tell a page's script how far a file has come."""
    handed = handed_over.find(token)
    if handed is None:
        return JsonResponse({"state": "gone"})
    if handed.is_worked_on:
        in_time(handed)
    return JsonResponse({"state": handed.state, "come": handed.come, "said": _said(handed)})


@require_POST
def take_in(request: HttpRequest, token: str) -> HttpResponse:
    """Take in what the receipt showed; a second tap changes nothing."""
    handed = handed_over.find(token)
    if handed is None:
        return gone(request)
    if handed.state == LOOKED and handed_over.take(token, datetime.now(UTC)) and handed.told["new"] <= _AT_ONCE_ENTRIES:
        at_once(token, in_part=False)
    return _to(token)


@require_POST
def leave(_request: HttpRequest, token: str) -> HttpResponse:
    """Let a file go: while it is read, or after its receipt."""
    handed_over.let_go(token)
    handed_files.let_go(token)
    return HttpResponseRedirect(reverse("imports:index"))


@require_POST
def undo_it(request: HttpRequest, number: int) -> HttpResponse:
    """Take a file back as a whole."""
    last = last_taken()
    if last is None or last.id != number:
        return refuse(
            request, _("It was taken back already."), back=(reverse("imports:index"), _("Files of other programs"))
        )
    count = undo(number, moment_now(request))
    return HttpResponseRedirect(f"{reverse('imports:index')}?back={count}")


def _to(token: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("imports:show", args=[token]))


def _said(handed: Handed) -> str:
    come_to, size = filesizeformat(handed.come), filesizeformat(handed.size)
    return _("{come} of {size}", come=come_to, size=size)


def _receipt(handed: Handed) -> dict[str, Any]:
    told = handed.told
    return {
        "handed": handed,
        "told": told,
        "nights": [date.fromisoformat(one) for one in told["nights"]],
        "unnamed": told["left"] - len(told["named"]),
    }
