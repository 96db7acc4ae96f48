"""What was decided of a movement holds until it is decided otherwise, or it is tried again."""

from fractions import Fraction
from uuid import UUID

from tests.plan.facts import fact, on

from quietlegs.library.load import load_library
from quietlegs.plan.evening import evening
from quietlegs.plan.stage import harmful, remarks, standing
from quietlegs.records.done import Practice, Work
from quietlegs.records.person import SafetyAnswers
from quietlegs.records.tried import Choice, Decision, Finding, TrialStage, TrialStart

OF = UUID("019ba533-e400-7000-8000-000000000000")
LIBRARY = load_library()
CALF, QUAD, BREATH = "calf_wall_straight", "quad", "breath_circles"


def trial(arm: str, night: int) -> TrialStart:
    stages = (TrialStage(1, 0.05),)
    return TrialStart((arm, BREATH), BREATH, 1, stages, on(night), 7, 1, "PCG64", (0, 1), Fraction(1, 2))


def test_it_leaves_out_what_was_dropped_or_switched_and_keeps_what_was_kept() -> None:
    held = standing(
        [
            fact(Decision(OF, CALF, Choice.SWITCH, QUAD, 28, Finding.WORSE), 40),
            fact(Decision(OF, "march", Choice.DROP, None, 28, Finding.NOT_WORTH_IT), 40),
            fact(Decision(OF, "hamstring", Choice.KEEP, None, 28, Finding.HELPS), 40),
            fact(Decision(OF, "ankle_pumps", Choice.GO_ON, None, 28), 40),
        ]
    )

    assert {arm: one.stays for arm, one in held.items()} == {CALF: False, "march": False, "hamstring": True}
    assert "makes your legs worse" in held[CALF].because
    assert "not worth it" in held["march"].because
    assert "helps you" in held["hamstring"].because
    assert "11 July" in held[CALF].because


def test_it_calls_harmful_what_was_left_out_because_it_made_the_legs_worse() -> None:
    worse = fact(Decision(OF, CALF, Choice.DROP, None, 28, Finding.WORSE), 40)
    other = fact(Decision(OF, "march", Choice.DROP, None, 28, Finding.NOT_WORTH_IT), 40)

    assert harmful([worse, other]) == {CALF}
    assert harmful([worse, fact(Decision(OF, CALF, Choice.KEEP, None, 28, Finding.WORSE), 41)]) == frozenset()
    assert harmful([worse, fact(trial(CALF, 50), 50)]) == frozenset()


def test_it_has_a_kind_word_on_what_was_left_out_until_it_is_tried_again() -> None:
    left = [
        fact(Decision(OF, CALF, Choice.SWITCH, QUAD, 28, Finding.WORSE), 40),
        fact(Decision(OF, "march", Choice.DROP, None, 28, Finding.NOT_WORTH_IT), 40),
        fact(Decision(OF, "ankle_pumps", Choice.DROP, None, 28, Finding.LEANING), 40),
        fact(Decision(OF, "hamstring", Choice.KEEP, None, 28, Finding.HELPS), 40),
    ]

    assert remarks(left) == {
        CALF: "You tried this: it made your legs worse.",
        "march": "You tried this: not worth it for you so far.",
        "ankle_pumps": "You tried this and left it out.",
    }
    assert "march" not in remarks([*left, fact(trial("march", 50), 50)])


def test_it_takes_the_newest_decision() -> None:
    dropped = fact(Decision(OF, CALF, Choice.DROP), 40)
    kept = fact(Decision(OF, CALF, Choice.KEEP), 41)

    assert standing([kept, dropped])[CALF].stays
    assert "you kept it" in standing([kept, dropped])[CALF].because
    assert not standing([dropped])[CALF].stays


def test_it_asks_anew_once_the_person_tries_it_again() -> None:
    dropped = fact(Decision(OF, CALF, Choice.DROP), 40)

    assert standing([dropped, fact(trial(CALF, 50), 50)]) == {}
    assert CALF in standing([dropped, fact(trial(QUAD, 50), 50)])
    assert CALF in standing([fact(trial(CALF, 0), 0), dropped])


def test_it_is_read_by_the_evening_which_says_why_a_movement_is_left_out() -> None:
    practised = [fact(Practice("ankle_pumps", 1, Work(), Work(), routine="first_week"), night) for night in range(30)]
    dropped = fact(Decision(OF, "quad", Choice.DROP, None, 28, Finding.WORSE), 40)
    kept = fact(Decision(OF, "calf_massage", Choice.KEEP, None, 28, Finding.HELPS), 40)

    before, after = evening(LIBRARY, practised, on(41)), evening(LIBRARY, [*practised, dropped, kept], on(41))

    assert before.routine is not None
    assert after.routine is not None
    assert "quad" in {slot.exercise for slot in before.routine.slots}
    # What is dropped makes room for what takes turns with it.
    assert {slot.exercise for slot in after.routine.slots} == {
        *(slot.exercise for slot in before.routine.slots if slot.exercise != "quad"),
        "figure_four",
        "calf_massage",
    }
    (reason,) = [reason for reason in after.because if reason.startswith("Without")]
    assert reason == (
        "Without stretch for the front of the thigh: your trial showed that it makes your legs worse, "
        "so you left it out on 11 July."
    )


def test_it_never_lets_a_kept_movement_pass_the_safety_answers() -> None:
    signs = [sign for sign in LIBRARY.safety.signs if sign.question]
    sign = next(one for one in signs if "calf_massage" in one.blocks and "all" not in one.blocks)
    kept = fact(Decision(OF, "calf_massage", Choice.KEEP, None, 28, Finding.HELPS), 40)
    answers = fact(SafetyAnswers(tuple(one.key for one in signs), (sign.key,)), 41)

    plan = evening(LIBRARY, [kept, answers], on(41))

    assert plan.routine is not None
    assert "calf_massage" not in {slot.exercise for slot in plan.routine.slots}
