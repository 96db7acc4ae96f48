"""What a notification answers: shown, put off, or not tonight. It holds a token instead of a form's."""

from datetime import UTC, datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from quietlegs.plan.reminding import snoozed_until
from quietlegs.web.links.handing import NOT_TONIGHT, SHOWN, SNOOZE, signed
from quietlegs.web.store import channels, leases


# A forged request would have to hold the token, which only the device that was reminded can read.
@csrf_exempt
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Do what the notification's button says, once; the quiet hours decide again when a reminder comes back."""
    key, what = signed(request.POST.get("token", "")), request.POST.get("what", "")
    now = datetime.now(UTC)
    if key is None or what not in (SNOOZE, NOT_TONIGHT, SHOWN):
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    if what == SHOWN:
        channels.shown(int(key.rpartition(":")[2]), now)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    heard = leases.put_off(key, snoozed_until(now)) if what == SNOOZE else leases.decline(key)
    return HttpResponse(status=HTTPStatus.NO_CONTENT if heard else HTTPStatus.CONFLICT)
