"""A hosted group of 2,000 people with a year each: how long every page takes one of them, and what it asks.

`python -m bench.accounts [sqlite] [postgres] [PEOPLE]`: each diary is sealed and holds a year of nights, sleep, cups
and relief; those that are looked at hold each movement of each evening too. The figure is written into
docs/methods/reliability.md.
"""

import os
import subprocess
import sys

from bench.group import KINDS, hosting

PEOPLE = 2_000
# As the command line sets it before it serves.
_AS_SERVED = {"OPENBLAS_NUM_THREADS": "1"}


def main(words: list[str]) -> int:
    """Measure on each database that is named, both where none is."""
    kinds = [word for word in words if word in KINDS] or list(KINDS)
    count = next((word for word in words if word.isdecimal()), str(PEOPLE))
    ended = []
    for kind in kinds:
        with hosting(kind):
            # The settings of a group are read once in a process.
            line, env = [sys.executable, "-m", "bench.accounts_seen", kind, count], os.environ | _AS_SERVED
            ended.append(subprocess.run(line, env=env, check=False))
    return max(one.returncode for one in ended)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
