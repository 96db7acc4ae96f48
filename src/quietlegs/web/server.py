"""The server: gunicorn with sync workers, bound to this machine alone."""

import os
import socket
import subprocess
from typing import Any

from django.db import connections
from gunicorn.app.base import BaseApplication

from quietlegs.web.worker import child
from quietlegs.web.wsgi import application

ADDRESS = "127.0.0.1"
_WORKERS = 2


class Server(BaseApplication):
    """Loads the pages once, then shares them among the workers; every answer is on disk before it is given."""

    def __init__(self, port: int, *, reminds: bool = True) -> None:
        self.port = port
        self.reminds = reminds
        self.reminder: subprocess.Popen[bytes] | None = None
        super().__init__()

    def load_config(self) -> None:
        """Set everything here, so that no file or environment variable opens another address."""
        wanted: dict[str, Any] = {
            "bind": f"{ADDRESS}:{self.port}",
            "workers": _WORKERS,
            "worker_class": "sync",
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
        self.reminder = child.start() if self.reminds else None
        try:
            super().run()
        finally:
            # What gunicorn forks comes this way too, and has no child.
            if self.reminder is not None and os.getpid() == here:
                child.stop(self.reminder)

    def _let_go(self, _arbiter: object, _worker: object) -> None:
        """Leave the line to the reminding process to the first process alone, whose end it is to hear."""
        if self.reminder is not None and self.reminder.stdin is not None:
            self.reminder.stdin.close()

    def load(self) -> Any:
        """Return what answers requests."""
        return application


def _close_connections(_arbiter: object, _worker: object) -> None:
    """Let no worker inherit an open database file: SQLite forbids it across a fork."""
    connections.close_all()
