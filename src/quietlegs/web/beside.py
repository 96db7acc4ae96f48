"""The worker beside `quietlegs serve`: works until the server is gone, which it hears on its standard input."""

import os
import select
import signal
import sys
from datetime import timedelta

# Pages come first: loading everything a second time shall not slow the server's own start.
_FIRST_AFTER = timedelta(seconds=3)
_GENTLY = 5


def main() -> None:
    """Work until the server is gone."""
    # Ctrl-C reaches the whole group; the server is the one that decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not _server_is_there(_FIRST_AFTER):
        return
    os.nice(_GENTLY)
    from quietlegs.web.start import prepare  # noqa: PLC0415 - loads Django, once the pages are up

    prepare()
    from quietlegs.web.worker.run import EVERY, machine_clock, work  # noqa: PLC0415 - needs Django

    work(machine_clock, lambda: _server_is_there(EVERY))


def _server_is_there(rest: timedelta) -> bool:
    """Wait; return whether the server still holds its end of our input."""
    heard, _, _ = select.select([sys.stdin], [], [], rest.total_seconds())
    return not heard


if __name__ == "__main__":
    main()
