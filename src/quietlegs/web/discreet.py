"""Logs that tell what broke and where, and nothing of what a person wrote.

The message of an exception may hold what was noted (a database names the row that it refuses), an address may hold a
secret (a calendar's, a reminder's answer). So a log tells the kind of an error and the lines that it came through, and
an address by its pattern.
"""

import logging
import time
import traceback
from types import TracebackType
from typing import Any

from django.http import HttpRequest

# When, by the one clock of all servers; how bad; what of the program tells it.
LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_UNKNOWN = "an address that leads nowhere"
Broken = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """Writes a record without what a person wrote."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> str:
        """Write the record; an exception that another one has formatted before is formatted anew."""
        said = logging.makeLogRecord(record.__dict__ | {"exc_text": None})
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            said.msg, said.args = "%s %s: %s", (getattr(record, "status_code", 0), request.method, _pattern(request))
        elif record.args:
            said.args = _discreet(record.args)
        return super().format(said)

    def formatException(self, ei: Broken) -> str:  # noqa: N802 - the library's name
        """Write where an exception came from and of which kind it is, with those that led to it."""
        return "\n".join(_told(ei[1])) if ei[1] is not None else ""


def _pattern(request: HttpRequest) -> str:
    found = request.resolver_match
    return f"/{found.route}" if found else _UNKNOWN


def _discreet(args: Any) -> Any:
    """Return what is put into a message, an exception by its kind alone."""
    if isinstance(args, tuple):
        return tuple(type(one).__name__ if isinstance(one, BaseException) else one for one in args)
    return args


def _told(error: BaseException) -> list[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [*_told(before), "and then"] if before is not None else []
    frames = traceback.extract_tb(error.__traceback__)
    lines += [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    return [*lines, type(error).__name__]
