"""Prints every address that a hosted installation answers, from its own table: name, route and what it takes."""

import json
import sys
from collections.abc import Iterator

from quietlegs.web.start import prepare

prepare()

from django.urls import URLPattern, URLResolver, get_resolver  # noqa: E402 - after Django is set up


def addresses(resolver: URLResolver, before: str = "", names: str = "") -> Iterator[dict[str, object]]:
    """Yield the address of each view, its name with those of the tables it stands in."""
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLPattern):
            takes = {key: type(kind).__name__ for key, kind in one.pattern.converters.items()}
            yield {"name": f"{names}{one.name}", "route": route, "takes": takes}
        else:
            yield from addresses(one, route, f"{names}{one.namespace}:" if one.namespace else names)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(list(addresses(get_resolver()))))
