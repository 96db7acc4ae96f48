"""The pages of a hosted installation that a person opens, from its own table of addresses, made whole where need be."""

import re
from collections.abc import Iterator

from django.urls import get_resolver
from tests.web.url_table import addresses

from quietlegs.library.load import load_library

# What one has to be a stranger, a guest or half-way through something to see, and what ends a visit.
_APART = re.compile(
    r"account_(?!email$|change)|mfa_(authenticate|login|signup|reauth)|calendar:|frame:|.*:(token|take)$"
)


def pages() -> Iterator[str]:
    """Yield the address of each page; whoever opens it sees whether it is one."""
    keys = _keys()
    for one in addresses(get_resolver()):
        name, route = str(one["name"]), str(one["route"])
        if not _APART.match(name) and not route.startswith("^") and (not one["takes"] or name in keys):
            yield "/" + re.sub(r"<\w+:key>", keys.get(name, ""), route)


def _keys() -> dict[str, str]:
    """Return a key for each address that takes one."""
    library = load_library()
    movement, topic = next(one.key for one in library.exercises.values() if one.doses), next(iter(library.topics))
    return dict.fromkeys(("guide:movement", "paper:movement", "library:exercise"), movement) | {
        "paper:routine": next(iter(library.routines)), "library:topic": topic, "settings:taken_out": "jsonl",
        "measures:measure": "knee_to_wall_cm",
    }  # fmt: skip
