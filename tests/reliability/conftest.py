"""What the tests of pages have too: a diary in use, and receivers on this machine."""

from tests.web.conftest import database, post, service

__all__ = ["database", "post", "service"]
