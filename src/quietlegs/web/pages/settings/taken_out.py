"""The diary taken out from the page: everything as lines or tables, or what holds now for other programs."""

import json
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from quietlegs.formats.fhir import write as fhir
from quietlegs.formats.open_mhealth import write as open_mhealth
from quietlegs.library.load import load_library
from quietlegs.records.moment import night_of
from quietlegs.records.wire import to_wire
from quietlegs.web.pages.frame.clock import moment_now
from quietlegs.web.store import trail
from quietlegs.web.store.diary import StoredDiary
from quietlegs.web.store.saved import save
from quietlegs.words.catalogue import _


def kinds() -> tuple[tuple[str, str, str], ...]:
    """Return the ways out: key, name, and whom it is for."""
    return (
        ("jsonl", _("Everything, a line each"), _("quietlegs itself reads it back")),
        ("sqlite", _("Everything, as tables"), _("for questions in SQL")),
        ("fhir", _("For a clinic's programs"), _("FHIR R4")),
        ("open-mhealth", _("Sleep, for research programs"), _("Open mHealth")),
    )


@never_cache
@require_GET
def taken_out(request: HttpRequest, key: str) -> HttpResponseBase:
    """Give the diary in one format, under a name with its day; nothing of it is kept elsewhere."""
    if key not in _MADE:
        raise Http404(key)
    make, ending, kind = _MADE[key]
    response = make(request)
    # Told before a stream has ended: who breaks it off near its end has taken it out all the same.
    trail.leave_taken_out(key)
    response.headers["Content-Type"] = kind
    name = f"quietlegs-{night_of(moment_now(request))}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _streamed(parts: Iterable[str]) -> HttpResponseBase:
    return StreamingHttpResponse(part.encode() for part in parts)


def _lines(_request: HttpRequest) -> HttpResponseBase:
    facts = StoredDiary().all_facts()
    return _streamed(json.dumps(to_wire(fact), ensure_ascii=False, separators=(",", ":")) + "\n" for fact in facts)


def _tables(_request: HttpRequest) -> HttpResponseBase:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "diary.sqlite3"
        save(StoredDiary(), file)
        return HttpResponse(file.read_bytes())


def _bundle(request: HttpRequest) -> HttpResponseBase:
    diary = StoredDiary()
    first = next(diary.all_facts(), None)
    facts, now = diary.facts(*fhir.KINDS), moment_now(request).at
    return _streamed(fhir.written(facts, load_library(), now, first=first.id if first else None))


def _sleep(_request: HttpRequest) -> HttpResponseBase:
    return _streamed(open_mhealth.written(StoredDiary().facts(*open_mhealth.KINDS)))


_MADE: dict[str, tuple[Callable[[HttpRequest], HttpResponseBase], str, str]] = {
    "jsonl": (_lines, "jsonl", "application/jsonl"),
    "sqlite": (_tables, "sqlite3", "application/vnd.sqlite3"),
    "fhir": (_bundle, "fhir.json", "application/fhir+json"),
    "open-mhealth": (_sleep, "sleep.json", "application/json"),
}
