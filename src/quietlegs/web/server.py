"""The server: gunicorn with threads, bound to this machine alone."""

import os
import socket
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import connections
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from quietlegs.web.worker.child import Child
from quietlegs.web.wsgi import application

ADDRESS = "127.0.0.1"
_WORKERS = 2
_THREADS = 16


class Server(BaseApplication):
    """Loads the pages once, then shares them among the workers; every answer is on disk before it is given."""

    def __init__(self, port: int, *, reminds: bool = True) -> None:
        self.port = port
        self.reminds = reminds
        self.reminder: Child | None = None
        super().__init__()

    def load_config(self) -> None:
        """Set everything here, so that no file or environment variable opens another address."""
        wanted: dict[str, Any] = {
            "bind": f"{ADDRESS}:{self.port}",
            "workers": _WORKERS,
            # A browser opens connections before it needs them; one that says nothing yet must not hold up the others.
            "worker_class": "gthread",
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
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((ADDRESS, self.port))
        print(f"quietlegs is at http://{ADDRESS}:{self.port} - only this machine can reach it. Ctrl-C stops it.")  # noqa: T201 - the address is what the command is for
        here = os.getpid()
        self.reminder = Child() if self.reminds else None
        try:
            _Overseer(self).run()
        finally:
            # What gunicorn forks comes this way too, and has no child.
            if self.reminder is not None and os.getpid() == here:
                self.reminder.stop()

    def _let_go(self, _arbiter: object, _worker: object) -> None:
        """Leave the line to the reminding process to the first process alone, whose end it is to hear."""
        if self.reminder is not None:
            self.reminder.let_go()

    def load(self) -> Any:
        """Return what answers requests, with all pages loaded: once, before there are workers."""
        import_module(settings.ROOT_URLCONF)
        return application


class _Overseer(Arbiter):
    """Gunicorn's first process, which each second sees that all its workers are there: this one too."""

    def manage_workers(self) -> None:
        """See to the pages' workers as usual, and to the one that reminds."""
        super().manage_workers()
        if isinstance(self.app, Server) and self.app.reminder is not None:
            self.app.reminder.look_after()


def _close_connections(_arbiter: object, _worker: object) -> None:
    """Let no worker inherit an open database file: SQLite forbids it across a fork."""
    connections.close_all()
