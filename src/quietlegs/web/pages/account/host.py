"""The page of a host: who has an account, and who is invited. It opens no diary and counts nothing in one."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from allauth.account.decorators import reauthentication_required
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from quietlegs.records.bounds import RangeError
from quietlegs.web.accounts import invitations, people
from quietlegs.web.accounts.letters import invitation
from quietlegs.web.accounts.links import link_to
from quietlegs.web.accounts.models import Account
from quietlegs.web.pages.frame.errors import refuse

View = Callable[..., HttpResponse]


def _for_hosts(view: View) -> View:
    """Let hosts in, and for everybody else be an address that leads nowhere."""

    @wraps(view)
    def seen(request: HttpRequest, **options: int) -> HttpResponse:
        if not isinstance(request.user, Account) or not request.user.is_host:
            raise Http404
        return view(request, **options)

    return never_cache(seen)


@_for_hosts
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the accounts and the open invitations."""
    return _shown(request)


@_for_hosts
@reauthentication_required
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody by a letter, or by a link that the host hands on; it is shown this once."""
    by_letter = request.POST.get("way") != "link"
    by = request.user if isinstance(request.user, Account) else None
    try:
        token = invitations.invite(request.POST.get("email", ""), by=by, proves_address=by_letter)
    except RangeError as error:
        return refuse(request, str(error))
    address = request.POST["email"].strip()
    link = link_to(token)
    if not by_letter:
        return _shown(request, link=link, to=address)
    found = invitation(link, invitations.GOOD_FOR.days)
    EmailMessage(found.subject, found.text, to=[address]).send()
    return _shown(request, sent_to=address)


@_for_hosts
@require_POST
def withdraw(_request: HttpRequest, number: int) -> HttpResponse:
    """Let an invitation open nothing any more."""
    invitations.good().filter(pk=number).delete()
    return HttpResponseRedirect(reverse("account:people"))


@_for_hosts
@reauthentication_required
@require_POST
def switch(request: HttpRequest, number: int) -> HttpResponse:
    """Switch an account off or on."""
    _not_oneself(request, number)
    people.switch(number, on=request.POST.get("to") == "on")
    return HttpResponseRedirect(reverse("account:people"))


@_for_hosts
@reauthentication_required
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, number: int) -> HttpResponse:
    """Ask, then delete somebody's account and diary."""
    _not_oneself(request, number)
    person = get_object_or_404(Account, pk=number)
    if request.method != "POST" or request.POST.get("sure") != "yes":
        status = HTTPStatus.OK if request.method != "POST" else HTTPStatus.BAD_REQUEST
        return render(request, "account/delete_person.html", {"person": person}, status=status)
    people.erase(person)
    return HttpResponseRedirect(reverse("account:people"))


def _not_oneself(request: HttpRequest, number: int) -> None:
    # The own account has its own page, which says what else it means.
    if request.user.pk == number:
        raise PermissionDenied


def _shown(request: HttpRequest, **more: object) -> HttpResponse:
    part = request.GET.get("part", "")
    shown = people.people(part, request.GET.get("after", ""))
    last = shown[-1].email if len(shown) == people.MOST_SHOWN else ""
    words = {"people": shown, "part": part, "last": last, "invited": invitations.good().order_by("email"), **more}
    return render(request, "account/people.html", words)
