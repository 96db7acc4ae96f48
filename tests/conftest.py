"""What holds for all tests: none fails because the machine is busy, speaks German, or runs them in the background."""

import os
import signal
import sys

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# Each worker of the tests is busy by itself: numbers in several threads would only wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Hundreds of commands load the same modules: the first may leave them behind compiled, whatever the machine is told.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# Commands answer in the language of the terminal; the tests read English.
os.environ["LC_ALL"] = "C.UTF-8"

# A shell starts what runs in the background deaf to Ctrl-C, its children too; commands under test must hear it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
