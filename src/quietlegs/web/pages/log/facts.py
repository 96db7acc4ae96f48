"""Facts as devices send them: JSON in the diary's own wire form, stored once however often they arrive."""

import json
from datetime import UTC, datetime

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quietlegs import day
from quietlegs.records.diary import ConflictingFactError
from quietlegs.records.fact import Fact
from quietlegs.records.moment import refuse_ahead
from quietlegs.records.wire import WireError, from_wire
from quietlegs.web.store.diary import StoredDiary

_MOST = 200


@never_cache
@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest) -> JsonResponse:
    """Store a list of facts, all or none; asked without any, say what has to be sent along with them."""
    if request.method == "GET":
        return JsonResponse({"token": get_token(request)})
    try:
        facts = [_timely(from_wire(row)) for row in _rows(request.body)]
        new = day.log(StoredDiary(), *facts)
    except WireError as error:
        return _refused(400, *error.problems)
    except ConflictingFactError as error:
        return _refused(409, str(error))
    except ValueError as error:
        return _refused(400, str(error))
    # Only now is it on disk, and only this answer lets the device forget it.
    return JsonResponse({"stored": len(facts), "new": new})


def _rows(body: bytes) -> list[object]:
    try:
        rows = json.loads(body)
    except ValueError as error:
        raise ValueError(f"not JSON: {error}") from error
    if not isinstance(rows, list) or not 1 <= len(rows) <= _MOST:
        raise ValueError(f"body: a list of 1 to {_MOST} facts is allowed")
    return rows


def _timely(fact: Fact) -> Fact:
    refuse_ahead(fact.noted.at, datetime.now(UTC))
    return fact


def _refused(status: int, *problems: str) -> JsonResponse:
    return JsonResponse({"problems": problems}, status=status)
