"""The guide's page where the movement is drawn by lot: it brings every movement, and shows none before the draw."""

import secrets
from dataclasses import replace
from typing import Any

import numpy as np

from quietlegs import day
from quietlegs.library.exercise import Routine
from quietlegs.library.shelf import Library
from quietlegs.plan.allowed import Allowed
from quietlegs.plan.calming import Lot, matched
from quietlegs.records.diary import Diary
from quietlegs.web.pages.guide.show import page_words, player_data, stop_rules
from quietlegs.words.catalogue import _, later

NAME = later("Calm my legs now")


def lot_page(library: Library, diary: Diary, may: Allowed, lot: Lot, *, level: int) -> dict[str, Any]:
    """Return what the template shows before and after the draw, and what the script draws from."""
    library, routines = _matched(library, lot, level)
    cues = {routine.key: day.cues(library, diary, routine) for routine in routines}
    each = [{"key": one.key, **page_words(library, one, cues[one.key], may)} for one in routines]
    played = {key: player_data(library, own, may, calm=True) for key, own in cues.items()}
    data = {**next(iter(played.values())), "cues": [], "movements": {}}
    data["lot"] = {
        "trial": str(lot.experiment.id),
        "chances": _chances(lot),
        "movements": {key: {"cues": own["cues"], "movements": own["movements"]} for key, own in played.items()},
    }
    return {
        "name": _(NAME),
        "calm": True,
        "data": data,
        "lot": each,
        "pictures": {id_: drawing for words in each for id_, drawing in words["pictures"].items()},
        "stop_rules": stop_rules(library, lot.movements),
        "hurt_rule": each[0]["hurt_rule"],
        "may": may,
    }


def _matched(library: Library, lot: Lot, level: int) -> tuple[Library, list[Routine]]:
    """Return each movement as a routine of its own, all of about the same length, and the library that knows them."""
    pairs = [matched(library, one, level) for one in lot.movements]
    own = {exercise.key: exercise for exercise, _ in pairs}
    return replace(library, exercises={**library.exercises, **own}), [day.alone(*pair) for pair in pairs]


def _chances(lot: Lot) -> list[dict[str, Any]]:
    """Return the chances in the order in which they are added up, never rounded.

    The draw itself is made on the phone, after the rating and with no network; they do not depend on this one.
    """
    here = lot.draw(np.random.default_rng(secrets.randbits(128)))
    return [{"movement": chance.movement, "probability": chance.probability} for chance in here.chances]
