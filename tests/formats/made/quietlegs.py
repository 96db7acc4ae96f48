"""A small diary as quietlegs exports it."""

import json

from tests.formats.every_kind import diary

from quietlegs.records.wire import to_wire

MADE = "".join(f"{json.dumps(to_wire(fact))}\n" for fact in diary()[:12]).encode()
