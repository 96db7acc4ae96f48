"""What is tried, by the names that people know, as they stand in a sentence."""

from collections import Counter
from collections.abc import Iterable

from quietlegs.library.shelf import Library
from quietlegs.words.catalogue import _, later
from quietlegs.words.lists import within_sentence

AS_USUAL = "as_usual"
_A_USUAL_EVENING = later("a usual evening")


def called(keys: Iterable[str], library: Library) -> dict[str, str]:
    """Return a name for each key of a movement or habit, short where that still tells them apart.

    A key that the library does not know stands for itself, its underscores as spaces.
    """
    full = {key: _name(key, library) for key in keys}
    short = {key: name.split(",")[0] if key in library.exercises else name for key, name in full.items()}
    alike = Counter(short.values())
    return {key: short[key] if alike[short[key]] == 1 else name for key, name in full.items()}


def _name(key: str, library: Library) -> str:
    if key == AS_USUAL:
        return _(_A_USUAL_EVENING)
    one = library.exercises.get(key) or library.habits.get(key)
    name = one.name if one else key.replace("_", " ")
    return within_sentence(name)
