"""Starts and ends the worker beside `quietlegs serve`: a process of its own, that ends when the server does.

The server holds the other end of that process's standard input. When the server is gone, even by kill -9, that end is
closed, and the worker hears it. When the worker is gone, the server starts another one.
"""

import logging
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta

logger = logging.getLogger(__name__)
# A name, not an import: the process loads it, and it loads all the rest.
_BESIDE = (sys.executable, "-m", "quietlegs.web.beside")
_ENDS_WITHIN = timedelta(seconds=10)
# What dies at once each time is tried again ever more rarely; what lived this long before begins anew.
_FIRST_REST = timedelta(seconds=1)
_LONGEST_REST = timedelta(minutes=5)
_LIVED = timedelta(minutes=10)


class Child:
    """The worker beside the server, started again when it has died."""

    def __init__(self, command: tuple[str, ...] = _BESIDE, seconds: Callable[[], float] = time.monotonic) -> None:
        self._command = command
        self._seconds = seconds
        self._rest = _FIRST_REST
        self._again_at: float | None = None
        self._start()

    def look_after(self) -> None:
        """Start another one when it has died and its rest is over; asked again and again by the server."""
        now = self._seconds()
        if self._again_at is None:
            if self.process.poll() is not None:
                self._note_death(now)
        elif now >= self._again_at:
            self._start()

    def let_go(self) -> None:
        """Leave the line to it to another process, whose end it is to hear."""
        if self.process.stdin is not None:
            self.process.stdin.close()

    def stop(self) -> None:
        """Let it finish what it is sending, and end."""
        self.let_go()
        try:
            self.process.wait(_ENDS_WITHIN.total_seconds())
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _start(self) -> None:
        self._again_at = None
        self._began = self._seconds()
        self.process = subprocess.Popen(self._command, stdin=subprocess.PIPE)  # noqa: S603 - a module of ours

    def _note_death(self, now: float) -> None:
        self.let_go()
        lived = timedelta(seconds=now - self._began)
        self._rest = _FIRST_REST if lived >= _LIVED else self._rest
        self._again_at = now + self._rest.total_seconds()
        logger.warning("what sends reminders has ended by itself; it starts again in %d s", self._rest.total_seconds())
        self._rest = min(2 * self._rest, _LONGEST_REST)
