"""How long the server waits for a client: one that sends byte after byte shall not hold a thread for ever."""

import socket
import time
from contextlib import suppress
from typing import Any

from gunicorn.workers.gthread import DEFAULT_WORKER_DATA_TIMEOUT, TConn, ThreadWorker

# What a browser asks for fits into one packet; the rest may take a slow phone's time, counted from what it announced.
HEAD_S = 15.0
REST_S = 60.0
_SLOWEST_BYTES_S = 20_000
_LARGEST = 2_000_000_000


class Patient(ThreadWorker):
    """A worker with threads, which cuts off whoever takes longer than is right to ask, or to hear the answer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._until: dict[TConn, float] = {}

    def handle(self, conn: TConn) -> Any:
        """Hear one request, with the time for it running; one that says nothing is put aside by gunicorn itself."""
        self._until[conn] = time.monotonic() + DEFAULT_WORKER_DATA_TIMEOUT + HEAD_S
        try:
            return super().handle(conn)
        finally:
            self._until.pop(conn, None)

    def handle_request(self, req: Any, conn: TConn) -> Any:
        """Answer a request whose head has arrived."""
        announced = next((value for name, value in req.headers if name == "CONTENT-LENGTH"), "0")
        size = min(int(announced), _LARGEST) if announced.isdigit() else 0
        self._until[conn] = time.monotonic() + REST_S + size / _SLOWEST_BYTES_S
        return super().handle_request(req, conn)

    def murder_pending(self) -> None:
        """Cut off those whose time is over; asked again and again by the worker."""
        super().murder_pending()
        now = time.monotonic()
        for conn, until in list(self._until.items()):
            if now > until:
                with suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RDWR)
