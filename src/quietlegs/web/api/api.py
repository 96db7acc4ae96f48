"""The API, version 1: facts in, facts out, tonight, verdicts and numbers; its pages use it too."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from ninja import NinjaAPI, Query
from ninja.decorators import decorate_view
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from quietlegs.records.diary import ConflictingFactError
from quietlegs.records.wire import WireError, to_wire
from quietlegs.records.wire_schema import fact_schemas
from quietlegs.web.api import told
from quietlegs.web.api.evening import evening
from quietlegs.web.api.shapes import Arrived, Asked, Nights, Problems, Report, Stored, Tonight, Trials
from quietlegs.web.api.take import MOST, take
from quietlegs.web.api.ways_in import Key, OwnPage
from quietlegs.web.pages.frame.clock import moment_now
from quietlegs.web.store.diary import StoredDiary

_SCHEMAS = "#/components/schemas/{}"
# Our own pages read by themselves; the cookie of a form proves nothing where nothing goes with it.
_READ = [Key("read")]
_WRITE = [Key("write"), OwnPage()]
_REFUSED: dict[int, Any] = {400: Problems, 401: Problems, 403: Problems}


class _Api(NinjaAPI):
    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Describe it, with the schema of each kind of fact."""
        told = super().get_openapi_schema(**options)
        told["components"]["schemas"] |= fact_schemas(_SCHEMAS)
        return told


# The page that would show it fetches scripts from elsewhere, so there is none.
api = _Api(
    title="quietlegs",
    version="1",
    description="A diary: facts in, facts out, tonight, what was found. Nothing is ever changed or deleted by it.",
    docs_url=None,
    urls_namespace="api",
)


@api.get("/facts", auth=_READ, response={200: Arrived, **_REFUSED}, operation_id="list_facts")
@decorate_view(never_cache)
def list_facts(
    request: HttpRequest,
    asked: Query[Asked],
) -> Arrived:
    """Return facts in order of arrival, replaced and withdrawn ones too, a page at a time."""
    found = StoredDiary().arrived(
        after=asked.after, most=asked.limit, kind=asked.kind, since=asked.since, until=asked.until
    )
    is_last = len(found) < asked.limit
    return Arrived(facts=[to_wire(fact) for _, fact in found], next=None if is_last else found[-1][0])


@api.post(
    "/facts",
    auth=_WRITE,
    response={200: Stored, 409: Problems, **_REFUSED},
    operation_id="store_facts",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {
                        "type": "array",
                        "items": {"$ref": _SCHEMAS.format("fact")},
                        "minItems": 1,
                        "maxItems": MOST,
                    }
                }
            },
        }
    },
)
def store_facts(request: HttpRequest) -> Stored:
    """Store a list of facts, all or none; one that is there already, by its id, is not stored twice."""
    stored, new = take(request.body)
    return Stored(stored=stored, new=new)


@api.get("/facts/token", include_in_schema=False)
@decorate_view(never_cache)
def token(request: HttpRequest) -> dict[str, str]:
    """Return what a page of ours has to send along with its facts."""
    return {"token": get_token(request)}


@api.get("/tonight", auth=_READ, response={200: Tonight, **_REFUSED}, operation_id="tonight")
@decorate_view(never_cache)
def tonight(request: HttpRequest) -> Tonight:
    """Return tonight's routine, its start and the reasons, in the language that is asked for."""
    return evening(moment_now(request))


@api.get("/trials", auth=_READ, response={200: Trials, **_REFUSED}, operation_id="trials")
@decorate_view(never_cache)
def trials(request: HttpRequest) -> Trials:
    """Return what each trial tells so far: the verdict, the difference with its range, and how long it still takes."""
    return told.trials(moment_now(request))


@api.get("/report", auth=_READ, response={200: Report, **_REFUSED}, operation_id="report")
@decorate_view(never_cache)
def report(request: HttpRequest, asked: Query[Nights]) -> Report:
    """Return the numbers of the doctor's page: of the last 13 weeks, or of nights that are over, two years at most."""
    return told.report(moment_now(request), asked.since, asked.until)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return _refused(request, 400, *[f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors])


@api.exception_handler(WireError)
def _not_a_fact(request: HttpRequest, error: WireError) -> HttpResponse:
    return _refused(request, 400, *error.problems)


@api.exception_handler(ConflictingFactError)
def _conflicting(request: HttpRequest, error: ConflictingFactError) -> HttpResponse:
    return _refused(request, 409, str(error))


@api.exception_handler(ValueError)
def _wrong(request: HttpRequest, error: ValueError) -> HttpResponse:
    return _refused(request, 400, str(error))


@api.exception_handler(HttpError)
def _not_allowed(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _refused(request, error.status_code, str(error))


def _refused(request: HttpRequest, status: int, *problems: str) -> HttpResponse:
    return api.create_response(request, {"problems": problems}, status=status)
