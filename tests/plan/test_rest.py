"""A rest has a first night and perhaps a last one; who comes back earlier ends it, and nothing is lost."""

from tests.plan.facts import fact, on

from quietlegs.plan.rest import back, pauses, resting
from quietlegs.records.fact import Fact, Withdrawal, current
from quietlegs.records.rest import Rest


def ended(rest: Fact, night: int) -> Fact:
    (pause,) = pauses([rest])
    return fact(back(pause, on(night)), night, of=(rest.night - on(0)).days, instead=rest)


def test_it_goes_on_until_its_last_night_or_for_as_long_as_nobody_is_back() -> None:
    week, open_ = fact(Rest(on(16)), 10), fact(Rest(), 30)
    facts = [open_, week]

    assert [one.first for one in pauses(facts)] == [on(10), on(30)]
    resting_on = [night for night in (9, 10, 16, 17, 29, 30, 400) if resting(facts, on(night))]
    assert resting_on == [10, 16, 30, 400]


def test_it_ends_on_the_night_before_somebody_is_back() -> None:
    rest = fact(Rest(), 10)

    held = current([rest, ended(rest, 15)])

    assert [(one.first, one.until) for one in pauses(held)] == [(on(10), on(14))]
    assert resting(held, on(15)) is None


def test_it_leaves_nothing_behind_where_somebody_is_back_the_same_night() -> None:
    rest = fact(Rest(on(20)), 10)

    assert isinstance(back(pauses([rest])[0], on(10)), Withdrawal)
    assert pauses(current([rest, ended(rest, 10)])) == ()
