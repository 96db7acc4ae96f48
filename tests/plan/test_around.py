"""Pleasant things around a routine: as they were wished, in one sentence, and part of the evening."""

from tests.plan.facts import fact, on

from quietlegs.library.load import load_library
from quietlegs.plan.around import AROUND, around_told, choices
from quietlegs.plan.evening import evening
from quietlegs.plan.sunset import SUNSET_WALK
from quietlegs.records.person import SafetyAnswers, Wishes

LIBRARY = load_library()
QUESTIONS = tuple(sign.key for sign in LIBRARY.safety.signs if sign.question)


def test_it_tells_what_was_wished_in_the_order_in_which_it_is_asked() -> None:
    assert around_told(Wishes(settings=("music", "mat"))) == "Around it, as you like it: a mat and music."
    assert around_told(Wishes()) == ""
    assert set(choices()) == set(AROUND)


def test_it_passes_over_what_it_does_not_know_and_what_has_words_of_its_own() -> None:
    assert around_told(Wishes(settings=("hammock", SUNSET_WALK))) == ""


def test_it_changes_nothing_of_the_evening_but_its_own_sentence() -> None:
    answered = fact(SafetyAnswers(QUESTIONS), 0, hour=12)
    plain, pleasant = (
        evening(LIBRARY, [answered, fact(Wishes(settings=keys), 0, hour=12)], on(1)) for keys in ((), tuple(AROUND))
    )

    assert pleasant.around == around_told(Wishes(settings=tuple(AROUND)))
    assert (pleasant.routine, pleasant.placed) == (plain.routine, plain.placed)
    assert plain.around == ""
