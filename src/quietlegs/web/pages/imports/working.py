"""Who reads a file: this request where it is quickly done, else the worker, else a thread of this server."""

import logging
import threading
import time
from datetime import UTC, datetime, timedelta

from django.db import connection

from quietlegs.web.store.handed_over import Handed
from quietlegs.web.worker.files import Files

logger = logging.getLogger(__name__)
_AT_ONCE_S = 1.0
# A worker looks every second; when none has come by then, none is running.
_NOBODY_AFTER = timedelta(seconds=4)


def at_once(token: str, *, in_part: bool = True) -> None:
    """Work on a file now; one that is left `in_part` after a second goes to a worker."""
    until = time.monotonic() + _AT_ONCE_S
    Files(_now, (lambda: time.monotonic() > until) if in_part else lambda: False).go(token)


def in_time(handed: Handed) -> None:
    """Begin beside the pages where no worker has: none runs, or it was ended in the middle."""
    waits_since = max(handed.wished_at, handed.leased_until or handed.wished_at)
    if _now() - waits_since > _NOBODY_AFTER:
        threading.Thread(target=_go, args=(handed.token,), name=f"file {handed.token}", daemon=True).start()


def _go(token: str) -> None:
    try:
        Files(_now).go(token)
    except Exception:
        logger.exception("work on a file broke off; it is begun anew")
    finally:
        connection.close()


def _now() -> datetime:
    return datetime.now(UTC)
