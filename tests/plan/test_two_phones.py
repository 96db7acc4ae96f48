"""Two phones that were apart wrote about the same night: both entries stay, and the newest counts everywhere."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import permutations

from quietlegs.library.load import load_library
from quietlegs.plan.allowed import allowed
from quietlegs.plan.begin import Wanted, begin
from quietlegs.plan.evening import sits
from quietlegs.plan.judged import judged
from quietlegs.plan.kept import kept_trials, nights_kept, started
from quietlegs.plan.onset import usual_onset
from quietlegs.records.done import Assignment, NightState, State
from quietlegs.records.fact import Fact, Payload, current, newest_by_night, note
from quietlegs.records.felt import NightRating
from quietlegs.records.moment import instant_in, moment
from quietlegs.records.person import Posture, SafetyAnswers, Wishes

LIBRARY = load_library()
FIRST = date(2026, 6, 1)
NIGHT = timedelta(days=1)
TONIGHT = FIRST + 20 * NIGHT


def fact(payload: Payload, night: int, *, minute: int) -> Fact:
    """An entry about one night, noted so many minutes after another."""
    at = datetime(2026, 9, 1, 8, tzinfo=UTC) + timedelta(minutes=minute)
    return note(
        payload, moment(at, "Europe/Berlin"), (10_000 * (night + 50) + minute).to_bytes(10), night=FIRST + night * NIGHT
    )


def test_it_takes_the_newest_of_a_night_in_whatever_order_they_came() -> None:
    both = [fact(NightRating(k), 0, minute=k) for k in (2, 9, 4)]

    for came in permutations(both):
        ((_, rating),) = newest_by_night(came, NightRating).values()
        nights = nights_kept(came)
        assert rating.severity == 9
        assert nights is not None
        assert list(nights.outcomes) == [9]
        assert current(came)[-1].payload == NightRating(9)


def test_it_counts_a_night_once_for_the_usual_onset() -> None:
    def began(night: int, hour: int, minute: int) -> Fact:
        onset = instant_in(FIRST + night * NIGHT, time(hour), "Europe/Berlin")
        return fact(NightRating(5, onset), night, minute=minute)

    noted = [began(0, 21, 0), began(1, 22, 1), began(2, 22, 2), *(began(0, 19, -k) for k in range(1, 8))]

    assert usual_onset(noted, TONIGHT).nights == 3
    assert usual_onset(noted, TONIGHT) == usual_onset(noted[:3], TONIGHT)


def test_it_goes_by_the_newest_wish_and_the_newest_safety_answers() -> None:
    asked = tuple(sign.key for sign in LIBRARY.safety.signs if sign.question)
    old = [fact(Wishes(time(20), Posture.STANDING), 5, minute=1), fact(SafetyAnswers(asked, ()), 5, minute=1)]
    new = [fact(Wishes(time(23), Posture.SEATED), 0, minute=2), fact(SafetyAnswers(asked, asked[:1]), 0, minute=2)]

    for came in (old + new, new + old):
        assert usual_onset(came, TONIGHT).usual == time(23)
        assert sits(came)
        assert allowed(LIBRARY, came).signs


def test_it_judges_a_trial_by_the_newest_rating_and_state_of_each_night() -> None:
    wanted = Wanted(("calf_wall_straight",), nights=28)
    rated = [fact(NightRating(k % 7), k, minute=k) for k in range(-14, 28)]
    schedule = begin(wanted, "breath_circles", rated[:14], tonight=FIRST, seed=7)
    start = fact(started(schedule, worthwhile=1.0), 0, minute=0)
    (kept,) = kept_trials([start])
    stale = [fact(NightRating(10), k, minute=k - 500) for k in range(28)]
    travelled = [fact(NightState(State.TRAVEL), 3, minute=1), fact(NightState(State.SICK), 3, minute=2)]
    tonight = FIRST + 6 * NIGHT

    once = judged(kept, [*rated, travelled[1]], tonight, names={})
    twice = judged(kept, [*rated, *stale, *reversed(travelled)], tonight, names={})

    assert list(twice[0].outcomes) == list(once[0].outcomes)
    assert twice[1] == once[1]


def test_it_goes_by_the_newest_lot_of_a_night() -> None:
    rating = fact(NightRating(5), 0, minute=0)
    drawn = [fact(Assignment("own", arm, 0.5), 0, minute=k) for k, arm in enumerate(("walk", "march"))]

    nights = nights_kept([rating, *reversed(drawn)])

    assert nights is not None
    assert nights.arm_names == ("march",)
