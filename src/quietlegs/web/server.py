"""The server: gunicorn with threads, bound to this machine alone unless a group is hosted."""

import gc
import os
import socket
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import connections
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from quietlegs.web import hosted
from quietlegs.web.binding import LOOPBACK, socket_address
from quietlegs.web.patience import Patient
from quietlegs.web.worker.child import Child
from quietlegs.web.wsgi import application

_WORKERS = 2
# A group has more evenings at once than one person; more workers than cores only wait for one another.
_MOST_WORKERS = 8
_THREADS = 16
# New objects, then rounds of those that stayed, and again.
_COLLECTED_AFTER = (10_000, 20, 20)


class Server(BaseApplication):
    """Loads the pages once, then shares them among the workers; every answer is on disk before it is given."""

    def __init__(self, port: int, *, host: str = LOOPBACK, reminds: bool = True) -> None:
        self.host, self.port = host, port
        self.reminds = reminds
        self.reminder: Child | None = None
        super().__init__()

    def load_config(self) -> None:
        """Set everything here, so that no file or environment variable opens another address."""
        wanted: dict[str, Any] = {
            "bind": socket_address(self.host, self.port),
            "workers": _workers(),
            # A browser opens connections before it needs them; one that says nothing yet must not hold up the others.
            "worker_class": Patient,
            "threads": _THREADS,
            "preload_app": True,
            "loglevel": "warning",
            "proc_name": "quietlegs",
            "graceful_timeout": 5,
            "pre_fork": _close_connections,
            "post_fork": self._let_go,
            "control_socket_disable": True,
        }
        for name, value in wanted.items():
            self.cfg.set(name, value)

    def run(self) -> None:
        """Say where the pages are and serve them until Ctrl-C; OSError when the port is taken."""
        with socket.socket(socket.AF_INET6 if ":" in self.host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((self.host, self.port))
        print(f"quietlegs is at {self._told()}. Ctrl-C stops it.", flush=True)  # noqa: T201 - the address is what the command is for
        here = os.getpid()
        self.reminder = Child() if self.reminds else None
        try:
            _Overseer(self).run()
        finally:
            # What gunicorn forks comes this way too, and has no child.
            if self.reminder is not None and os.getpid() == here:
                self.reminder.stop()

    def _told(self) -> str:
        here = f"http://{socket_address(self.host, self.port)}"
        public = hosted.origin()
        return f"{here} - only this machine can reach it" if public is None else f"{public}, served from {here}"

    def _let_go(self, _arbiter: object, _worker: object) -> None:
        """Leave the line to the reminding process to the first process alone, whose end it is to hear."""
        if self.reminder is not None:
            self.reminder.let_go()

    def load(self) -> Any:
        """Return what answers requests, with all pages loaded: once, before there are workers."""
        import_module(settings.ROOT_URLCONF)
        collect_rarely()
        return application


class _Overseer(Arbiter):
    """Gunicorn's first process, which each second sees that all its workers are there: this one too."""

    def manage_workers(self) -> None:
        """See to the pages' workers as usual, and to the one that reminds."""
        super().manage_workers()
        if isinstance(self.app, Server) and self.app.reminder is not None:
            self.app.reminder.look_after()


def collect_rarely() -> None:
    """Let Python look for garbage in circles less often, and never again in what is loaded for good.

    A diary of a year is made of tens of thousands of objects, none of them in a circle. By Python's own measure its
    reading is held up again and again to look at all of them: one visit in ten took three times as long.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTED_AFTER)


def _workers() -> int:
    return _WORKERS if hosted.origin() is None else max(_WORKERS, min(_MOST_WORKERS, os.cpu_count() or 1))


def _close_connections(_arbiter: object, _worker: object) -> None:
    """Let no worker inherit an open database file: SQLite forbids it across a fork."""
    connections.close_all()
