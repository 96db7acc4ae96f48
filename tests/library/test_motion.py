"""Drawings that move: frames between key poses, and the front view."""

import re
from dataclasses import fields
from importlib.resources import files
from itertools import pairwise

import pytest

from quietlegs.library.canvas import SIDE
from quietlegs.library.exercise import Exercise
from quietlegs.library.figure import figure
from quietlegs.library.front import front_joints
from quietlegs.library.load import load_library
from quietlegs.library.motion import FRAME_COUNTS, ROUND_FRAMES, Frame, frames
from quietlegs.library.pictures import picture
from quietlegs.library.pose import LegAngles, Pose, View, Way
from quietlegs.library.skeleton import SHIN, THIGH, Leg, Skeleton, joints

LIBRARY = load_library()
MOVING = [
    (exercise, name)
    for exercise in LIBRARY.exercises.values()
    for name, pose in (exercise.poses or {}).items()
    if pose.after
]
SLIDES = 0.03  # the sole of a standing foot, over a whole movement
STYLE = files("quietlegs.web.pages.frame").joinpath("static/frame/moving.css").read_text(encoding="utf-8")


def every_movement() -> pytest.MarkDecorator:
    names = [f"{exercise.key}-{name}" for exercise, name in MOVING]
    return pytest.mark.parametrize(("exercise", "name"), MOVING, ids=names)


def film(exercise: Exercise, name: str) -> list[Frame]:
    return frames(exercise.key_poses(name))


@every_movement()
def test_it_keeps_every_joint_adding_up_and_every_bone_its_length(exercise: Exercise, name: str) -> None:
    for pose, body in film(exercise, name):
        for angles, leg in ((pose.working, body.working), (pose.other or pose.working, body.other)):
            assert angles.ankle + angles.foot - angles.knee + angles.hip == pytest.approx(pose.lean)
            assert abs(leg.hip - leg.knee) == pytest.approx(THIGH)
            assert abs(leg.knee - leg.ankle) == pytest.approx(SHIN)


@every_movement()
def test_it_ends_in_the_pose_that_it_is_named_after(exercise: Exercise, name: str) -> None:
    end = exercise.key_poses(name)[-1]
    pose, body = film(exercise, name)[-1]

    assert pose.working == end.working
    assert pose.lean == pytest.approx(end.lean)
    assert body.hip.imag == pytest.approx(joints(end).hip.imag)


@every_movement()
def test_it_leads_through_the_floor_with_nobody(exercise: Exercise, name: str) -> None:
    for _, body in film(exercise, name):
        points = [getattr(leg, field.name) for leg in (body.working, body.other) for field in fields(Leg)]
        assert min(point.imag for point in (*points, body.head)) > -1e-9


@every_movement()
def test_it_moves_chair_stool_and_wall_never(exercise: Exercise, name: str) -> None:
    film_of_it = film(exercise, name)

    assert len({body.seat for _, body in film_of_it}) == 1
    assert len({body.stool for _, body in film_of_it}) == 1
    assert len({body.wall_x for _, body in film_of_it}) == 1


@every_movement()
def test_it_has_a_style_for_as_many_frames_as_it_draws(exercise: Exercise, name: str) -> None:
    drawn = picture(exercise, name)
    count = len(film(exercise, name))

    assert count in {*FRAME_COUNTS, ROUND_FRAMES}
    assert {int(number) for number in re.findall(r'class="f f(\d+)"', drawn)} == set(range(count))
    assert drawn.count('opacity="0"') == drawn.count('class="f f') * (count - 1) / count
    is_round = (exercise.poses or {})[name].way is Way.ROUND
    for number in range(count):
        rule = (
            f".fig-round .f{number} {{ animation-delay" if is_round else f".fig-of-{count} .f{number} {{ animation-name"
        )
        assert rule in STYLE
        assert is_round or f"@keyframes of-{count}-{number} " in STYLE


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("heel_raise", "top"), ("heel_raise_seated", "top"), ("mini_squat", "small"), ("sit_to_stand", "tall"),
        ("calf_wall_straight", "lean_in"), ("calf_wall_straight", "hold"), ("hip_flexor", "glide"),
        ("heel_raise_single", "top"), ("test_heel_raise", "top"), ("calf_wall_bent", "sink"),
    ],
)  # fmt: skip
def test_it_lets_the_ball_of_a_standing_foot_stay(key: str, name: str) -> None:
    bodies = [body for _, body in film(LIBRARY.exercises[key], name)]

    assert max(abs(body.working.ball - bodies[-1].working.ball) for body in bodies) < SLIDES


def test_it_sits_still_while_only_the_feet_move() -> None:
    bodies = [body for _, body in film(LIBRARY.exercises["ankle_pumps"], "up")]

    assert len({body.hip for body in bodies}) == 1
    turns = [abs(one.working.toe - two.working.toe) for one, two in pairwise(bodies)]
    assert max(turns) == pytest.approx(min(turns), rel=0.2)


def test_it_lifts_both_knees_in_turn_when_marching() -> None:
    bodies = [body for _, body in film(LIBRARY.exercises["march"], "lift")]

    highest = [max(range(ROUND_FRAMES), key=lambda n: legs[n].knee.imag) for legs in zip_legs(bodies)]
    assert abs(highest[0] - highest[1]) == ROUND_FRAMES / 2


def zip_legs(bodies: list[Skeleton]) -> tuple[list[Leg], list[Leg]]:
    return [body.working for body in bodies], [body.other for body in bodies]


def test_it_draws_once_what_does_not_move() -> None:
    drawn = picture(LIBRARY.exercises["ankle_pumps"], "up")

    assert drawn.count("<circle") == 1
    assert len(drawn) < 6000


def test_it_is_a_still_drawing_without_poses_before_it() -> None:
    drawn = picture(LIBRARY.exercises["heel_raise"], "tall")

    assert 'class="fig"' in drawn
    assert 'class="f ' not in drawn


def front(**angles: float) -> Leg:
    return front_joints(Pose(lean=0, view=View.FRONT, working=LegAngles(0, 0, 0, 0, **angles))).working


def test_it_points_the_toes_at_the_one_who_looks() -> None:
    leg = front()

    assert leg.toe.real == pytest.approx(leg.ankle.real)
    assert leg.toe.imag < leg.ankle.imag


@pytest.mark.parametrize("angles", [{"roll": 30.0}, {"turn": 30.0}])
def test_it_turns_a_foot_out_where_it_is_told_to(angles: dict[str, float]) -> None:
    leg = front(**angles)

    assert leg.toe.real > leg.ankle.real + 0.03
    assert leg.ankle.real == pytest.approx(front().ankle.real)


def test_it_spreads_the_leg_outwards() -> None:
    assert front(out=20).ankle.real > front().ankle.real + 0.1


def test_it_crosses_the_ankle_over_the_other_knee() -> None:
    poses = LIBRARY.exercises["figure_four"].poses or {}
    body = front_joints(poses["crossed"])

    assert body.working.knee.real > 0.1
    assert body.working.ankle.real < 0
    assert body.working.ankle.imag > body.other.knee.imag


def test_it_draws_every_front_view_inside_the_picture() -> None:
    poses = [
        pose for one in LIBRARY.exercises.values() for pose in (one.poses or {}).values() if pose.view is View.FRONT
    ]
    assert poses
    for pose in poses:
        numbers = [
            int(n)
            for text in re.findall(r'points="([^"]+)"', figure(pose, title="One"))
            for n in re.findall(r"-?\d+", text)
        ]
        assert 0 <= min(numbers) <= max(numbers) <= SIDE
