"""Facts as the player sends them: JSON in the diary's own wire form, stored once however often they arrive."""

import json

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from quietlegs import day
from quietlegs.records.diary import ConflictingFactError
from quietlegs.records.wire import WireError, from_wire
from quietlegs.web.store.diary import StoredDiary

_MOST = 200


@require_POST
def receive(request: HttpRequest) -> JsonResponse:
    """Store a list of facts, all or none; the answer is given when they are on disk."""
    try:
        rows = json.loads(request.body)
    except ValueError as error:
        return JsonResponse({"problems": [f"not JSON: {error}"]}, status=400)
    if not isinstance(rows, list) or not 1 <= len(rows) <= _MOST:
        return JsonResponse({"problems": [f"body: a list of 1 to {_MOST} facts is allowed"]}, status=400)
    try:
        new = day.log(StoredDiary(), *(from_wire(row) for row in rows))
    except WireError as error:
        return JsonResponse({"problems": error.problems}, status=400)
    except ConflictingFactError as error:
        return JsonResponse({"problems": [str(error)]}, status=409)
    return JsonResponse({"stored": len(rows), "new": new})
