"""A process that has loaded all that every command loads, and forks one command at a time from there.

Run as a program of its own by `tests/quick.py`, never imported. A forked command is a process like any other: an
environment, a folder, streams, a group and an end of its own. Only the second that loading takes is spared. Nothing of
ours that reads the environment while it is loaded may be loaded here: Django's settings are not.
"""

import atexit
import gc
import importlib
import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import IO, Any, NoReturn

LOADED = (
    "cattrs", "csp.middleware", "django.contrib.staticfiles", "django.contrib.staticfiles.management",
    "django.core.management.commands.migrate", "django.core.handlers.wsgi", "django.core.wsgi",
    "django.db.models", "django.middleware.cache", "django.middleware.clickjacking", "django.middleware.csrf",
    "django.middleware.gzip", "django.middleware.security", "django.shortcuts", "django.template.defaulttags",
    "django.template.loaders.app_directories", "django.views.decorators.cache", "django.views.generic",
    "gunicorn.app.base", "gunicorn.arbiter", "gunicorn.workers.gthread", "icalendar", "numpy.random", "pydantic",
    "pydantic.networks", "pydantic.type_adapter", "pydantic.types", "pywebpush", "requests", "rich.prompt",
    "scipy.linalg", "scipy.optimize", "scipy.special", "scipy.stats", "svg", "whitenoise.middleware",
    "quietlegs.cli.main", "quietlegs.cli.watch", "quietlegs.formats.fhir.write", "quietlegs.formats.facts",
    "quietlegs.formats.open_mhealth.write", "quietlegs.library.pictures", "quietlegs.plan.judged",
    "quietlegs.plan.side_by_side", "quietlegs.plan.stage_review", "quietlegs.plan.stage_wording",
    "quietlegs.records.wire_schema", "quietlegs.sheet.page", "quietlegs.trials.pattern_wording",
    "quietlegs.trials.relief_wording", "quietlegs.web.headers", "quietlegs.web.links.carriers",
    "quietlegs.web.pages.frame.context", "quietlegs.web.pages.frame.views", "quietlegs.web.pages.guide.lot",
    "quietlegs.web.pages.guide.show", "quietlegs.web.pages.imports.preview", "quietlegs.web.pages.learn.calm",
    "quietlegs.web.pages.learn.compared", "quietlegs.web.pages.learn.nights", "quietlegs.web.pages.learn.offered",
    "quietlegs.web.pages.learn.trial", "quietlegs.web.pages.library.evidence", "quietlegs.web.pages.log.charts",
    "quietlegs.web.pages.log.favourites", "quietlegs.web.pages.log.month", "quietlegs.web.pages.paper.sheets",
    "quietlegs.web.patience", "quietlegs.web.start", "quietlegs.web.worker.child",
)  # fmt: skip
# What depends on a command's own home or is put in another's place by its settings, as the SQLite of Python is.
_ITS_OWN = frozenset({"sqlite3", "pysqlite3", "quietlegs.web.settings", "quietlegs.web.store.models"})
_MOST_BYTES, _STREAMS, _ERRORS, _BEYOND = 1 << 20, 3, 2, 4096


class Ready:
    """Takes what to start from a socket, forks it, and tells when it has ended."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._ends: dict[int, int] = {}

    def wanted(self) -> dict[str, Any] | None:
        """Fork what is asked for, again and again; return what this process is now to run, None at the end."""
        signal.signal(signal.SIGCHLD, self._tell)
        while True:
            asked, files, _, _ = socket.recv_fds(self._line, _MOST_BYTES, _STREAMS + 1)
            if not asked:
                return None
            # No end may be told before it is known to whom.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
            child = os.fork()
            if child == 0:
                what: dict[str, Any] = json.loads(asked)
                self._line.detach()
                become(what, files)
                return what
            self._ends[child] = files.pop()
            for file in files:
                os.close(file)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})

    def _tell(self, *_: object) -> None:
        while self._ends:
            child, status = os.waitpid(-1, os.WNOHANG)
            if child == 0:
                return
            end = self._ends.pop(child)
            os.write(end, f"{os.waitstatus_to_exitcode(status)}\n".encode())
            os.close(end)


def become(what: dict[str, Any], files: list[int]) -> None:
    """Make of this fork what the shell makes of a command."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    if what["leads"]:
        os.setsid()
    os.write(files[-1], f"{os.getpid()}\n".encode())
    for stream in range(_STREAMS):
        os.dup2(files[stream], stream)
    os.closerange(_STREAMS, _BEYOND)
    os.environ.clear()
    os.environ.update(what["env"])
    os.chdir(what["folder"])
    time.tzset()
    sys.argv = ["quietlegs", *what["words"]]
    sys.stdin, sys.stdout, sys.stderr = (_stream(one) for one in range(_STREAMS))


def _stream(number: int) -> IO[str]:
    mode, errors = ("r" if number == 0 else "w"), ("surrogateescape", "surrogateescape", "backslashreplace")[number]
    lines = number == _ERRORS or os.isatty(number)
    return open(number, mode, encoding="utf-8", errors=errors, closefd=False, buffering=1 if lines else -1)


def end(run: Callable[[], None]) -> NoReturn:
    """Run a command and end as Python does, but leave it to the kernel to take apart what was loaded.

    A mistake of the program, and Ctrl-C that it did not hear, end it by themselves.
    """
    try:
        run()
        code: object = 0
    except SystemExit as told:
        code = told.code or 0
    threading._shutdown()  # type: ignore[attr-defined]  # noqa: SLF001 - as Python does, there is no other name for it
    atexit._run_exitfuncs()  # noqa: SLF001 - as above
    if not isinstance(code, int):
        print(code, file=sys.stderr)  # noqa: T201 - as Python does
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 1)


def load() -> None:
    for name in LOADED:
        importlib.import_module(name)
    _draw(importlib.import_module("quietlegs.library.load").load_library())
    if early := _ITS_OWN & sys.modules.keys():
        raise RuntimeError(f"{', '.join(early)}: each command loads this by itself, after it was told its home")
    # What is there already is never looked through again, nor copied for its counters' sake.
    gc.collect()
    gc.freeze()


def _draw(library: Any) -> None:
    """Draw every movement, which a process does once and keeps."""
    picture = importlib.import_module("quietlegs.library.pictures").picture
    for one in library.exercises.values():
        for pose in {step.pose for step in (*one.steps, *one.other_ways) if step.pose}:
            for still in (False, True):
                picture(one, pose, still=still)


def _work(script: str) -> Callable[[], None]:
    """Return what is to run: quietlegs, or a script as `python -c` runs one."""
    if not script:
        run: Callable[[], None] = importlib.import_module("quietlegs.cli.main").run
        return run
    sys.path[0] = ""
    return partial(exec, script, {"__name__": "__main__"})


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    load()
    _LINE = socket.socket(fileno=int(sys.argv[1]))
    if (_WHAT := Ready(_LINE).wanted()) is not None:
        end(_work(_WHAT["script"]))
