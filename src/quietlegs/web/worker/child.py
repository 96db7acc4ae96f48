"""Starts and ends the worker beside `quietlegs serve`: a process of its own, that ends when the server does.

The server holds the other end of that process's standard input. When the server is gone, even by kill -9, that end is
closed, and the worker hears it.
"""

import subprocess
import sys
from datetime import timedelta

# A name, not an import: the process loads it, and it loads all the rest.
_BESIDE = "quietlegs.web.beside"
_ENDS_WITHIN = timedelta(seconds=10)


def start() -> "subprocess.Popen[bytes]":
    """Start a worker that ends with this process."""
    return subprocess.Popen([sys.executable, "-m", _BESIDE], stdin=subprocess.PIPE)  # noqa: S603 - a module of ours


def stop(worker: "subprocess.Popen[bytes]") -> None:
    """Let the worker finish what it is sending, and end."""
    if worker.stdin is not None:
        worker.stdin.close()
    try:
        worker.wait(_ENDS_WITHIN.total_seconds())
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
