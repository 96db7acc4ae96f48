"""Files of other programs: handed over, a receipt, taken in, taken back."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from quietlegs.formats.known import known, sniff
from quietlegs.formats.reading import NotReadableError
from quietlegs.web.pages.frame.clock import device_zone, moment_now
from quietlegs.web.pages.frame.errors import refuse
from quietlegs.web.pages.imports.waiting import find, keep, let_go, name_of
from quietlegs.web.store.imports import last_taken, look, take, undo
from quietlegs.words.catalogue import _

_MOST_NAMED = 50


@never_cache
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Ask for a file; name the last one, which can be taken back."""
    words = {
        "formats": known().values(),
        "last": last_taken(),
        "taken": request.GET.get("taken", ""),
        "back": request.GET.get("back", ""),
    }
    return render(request, "imports/index.html", words)


@never_cache
@require_POST
def look_at(request: HttpRequest) -> HttpResponse:
    """Show what a file would bring; nothing is changed yet."""
    upload = request.FILES.get("file")
    if upload is None or not upload.size:
        return refuse(request, _("No file was chosen, or it is empty."))
    token = keep(upload)
    file = find(token)
    try:
        receipt = look(sniff(file), file, device_zone(request))
    except NotReadableError:
        let_go(token)
        names = ", ".join(one.name for one in known().values())
        told = _("{file} is none of the files that can be read: {names}", file=name_of(file), names=names)
        return refuse(request, told)
    if not receipt.new:
        let_go(token)
    words = {
        "receipt": receipt,
        "name": name_of(file),
        "token": token,
        "said": receipt.said[:_MOST_NAMED],
        "unsaid": max(0, len(receipt.said) - _MOST_NAMED),
        "named": receipt.left_out[:_MOST_NAMED],
        "unnamed": max(0, len(receipt.left_out) - _MOST_NAMED),
    }
    return render(request, "imports/receipt.html", words)


@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in what the receipt showed, or let the file go."""
    token = request.POST.get("token", "")
    if "leave" in request.POST:
        let_go(token)
        return HttpResponseRedirect(reverse("imports:index"))
    try:
        file = find(token)
    except FileNotFoundError:
        return refuse(request, _("That file is not here any more. Choose it again."))
    count = take(look(sniff(file), file, device_zone(request)), name_of(file))
    let_go(token)
    return HttpResponseRedirect(f"{reverse('imports:index')}?taken={count}")


@require_POST
def undo_it(request: HttpRequest, number: int) -> HttpResponse:
    """Take a file back as a whole."""
    last = last_taken()
    if last is None or last.id != number:
        return refuse(request, _("It was taken back already."))
    count = undo(number, moment_now(request))
    return HttpResponseRedirect(f"{reverse('imports:index')}?back={count}")
