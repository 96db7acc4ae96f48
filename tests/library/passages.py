"""The library's longer texts, kind by kind: what a reading grade is taken of."""

from quietlegs.library.shelf import Library


def passages(library: Library) -> dict[str, list[str]]:
    shorts = [one.in_short for one in library.exercises.values()]
    return {
        "pages": [" ".join([part.text, *part.points]) for topic in library.topics.values() for part in topic.parts],
        "reasons": [claim.reason for claim in library.claims.values()],
        "shorts": shorts + [one.in_short for one in library.routines.values()],
        "questions": [sign.question for sign in library.safety.signs if sign.question],
    }
