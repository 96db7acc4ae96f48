"""The formats that can be read: each folder beside this file that has a reader."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

from quietlegs import formats
from quietlegs.formats.reading import Format, LeftOut, NotReadableError, Read
from quietlegs.words.catalogue import _


@cache
def known() -> dict[str, Format]:
    """Return every format that can be taken into a diary, by its key."""
    folders = [f"{formats.__name__}.{found.name}.read" for found in iter_modules(formats.__path__) if found.ispkg]
    readers = [import_module(name) for name in folders if find_spec(name)]
    found = [reader.FORMAT for reader in readers if hasattr(reader, "FORMAT")]
    return {one.key: one for one in found}


def read(one: Format, file: Path, zone: str) -> Read:
    """Go through a file to its end, or to where it cannot be read any more: what came before counts."""
    try:
        yield from one.read(file, zone)
    except (NotReadableError, OSError) as error:
        yield LeftOut(_("from here on"), f"{error}", bad=True)


def sniff(file: Path) -> Format:
    """Return the format of a file; NotReadableError names the ones there are."""
    for one in known().values():
        if one.sniff(file):
            return one
    names = ", ".join(one.name for one in known().values())
    raise NotReadableError(_("{file} is none of the files that can be read: {names}", file=file.name, names=names))
