"""The page that the measurements make: docs/methods/validation.md."""

from pathlib import Path

from tests.truth.measured import Measured

PAGE = Path(__file__).resolve().parents[2] / "docs" / "methods" / "validation.md"


def page(measured: Measured) -> str:
    """Return the page."""
    return str(measured.kept)
