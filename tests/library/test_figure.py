from cmath import phase
from itertools import pairwise
from math import degrees
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quietlegs.library.canvas import SIDE
from quietlegs.library.exercise import Exercise
from quietlegs.library.figure import figure
from quietlegs.library.front import floor_of, front_joints, seat_corners
from quietlegs.library.load import load_library
from quietlegs.library.pose import Accent, ArmAngles, Arrow, LegAngles, Pose, View
from quietlegs.library.scenery import arrow_ends
from quietlegs.library.skeleton import (
    FOREARM,
    HAND,
    PALM,
    SHIN,
    THIGH,
    TRUNK,
    UPPER_ARM,
    joints,
)

SVG = "{http://www.w3.org/2000/svg}"
STRAIGHT = LegAngles(ankle=0, knee=0, hip=0, foot=0)
UPRIGHT = Pose(lean=0, working=STRAIGHT)
TOUCHES = 0.012  # 2 cm of a tall person: less than the width of the sole's line
WALL_KEY = "calf_wall_straight"
ON_WALL = ["ready", "step_back", "heel_down", "lean_in", "hold"]


@pytest.fixture(scope="module")
def wall_stretch() -> Exercise:
    return load_library().exercises[WALL_KEY]


def poses_of(exercise: Exercise) -> dict[str, Pose]:
    assert exercise.poses
    return exercise.poses


def leaning_deg(low: complex, high: complex) -> float:
    return 90 - degrees(phase(high - low))


def shapes(drawing: str) -> list[ET.Element]:
    return list(ET.fromstring(drawing).iter())


def coordinates(drawing: str) -> list[float]:
    found = []
    for shape in shapes(drawing):
        found += [float(number) for number in shape.get("points", "").replace(",", " ").split()]
        found += [float(word) for word in shape.get("d", "").replace(",", " ").split() if not word.isalpha()]
        found += [float(shape.get(name, 0)) for name in ("cx", "cy")]
    return found


def strategy_of_legs(lean: float) -> st.SearchStrategy[LegAngles]:
    def close(ankle: float, knee: float, hip: float) -> LegAngles | None:
        foot = lean - ankle + knee - hip
        return LegAngles(ankle, knee, hip, foot) if -200 <= foot <= 160 else None

    found = st.builds(close, st.floats(-60, 60), st.floats(-10, 150), st.floats(-60, 140))
    return found.filter(lambda leg: leg is not None).map(lambda leg: leg or STRAIGHT)


def build_pose(lean: float) -> st.SearchStrategy[Pose]:
    return st.builds(
        Pose,
        lean=st.just(lean),
        working=strategy_of_legs(lean),
        other=st.none() | strategy_of_legs(lean),
        arm=st.none() | st.builds(ArmAngles, st.floats(-60, 200), st.floats(0, 160)),
        accent=st.none() | st.sampled_from(Accent),
        arrow=st.none() | st.sampled_from(Arrow),
        wall=st.booleans(),
        counter=st.booleans(),
        chair=st.booleans(),
        stool=st.booleans(),
        towel=st.booleans(),
        press=st.booleans(),
    )


ANY_POSE = st.floats(-100, 90).flatmap(build_pose)


@given(ANY_POSE)
def test_it_never_stretches_a_bone(pose: Pose) -> None:
    body = joints(pose)
    for leg in (body.working, body.other):
        assert abs(leg.hip - leg.knee) == pytest.approx(THIGH)
        assert abs(leg.knee - leg.ankle) == pytest.approx(SHIN)
    for arm in (body.near_arm, body.far_arm):
        assert abs(arm.shoulder - arm.elbow) == pytest.approx(UPPER_ARM)
        assert abs(arm.elbow - arm.wrist) == pytest.approx(FOREARM)
        assert abs(arm.wrist - arm.fingers) == pytest.approx(HAND)
    assert abs(body.shoulder - body.hip) == pytest.approx(TRUNK)


@given(ANY_POSE)
def test_it_draws_any_pose_inside_the_picture(pose: Pose) -> None:
    numbers = coordinates(figure(pose, title="A pose"))
    assert numbers
    assert all(0 <= number <= SIDE for number in numbers)


@given(ANY_POSE)
def test_it_lets_nobody_sink_into_the_floor(pose: Pose) -> None:
    body = joints(pose)
    lowest = min(p.imag for leg in (body.working, body.other) for p in (leg.knee, leg.heel, leg.ball, leg.toe))
    assert min(lowest, body.hip.imag, body.head.imag) > -1e-9


def test_it_makes_a_standing_body_one_height_tall() -> None:
    body = joints(UPRIGHT)
    assert body.head.imag + 0.071 == pytest.approx(1.0, abs=0.005)
    assert body.working.heel.imag == pytest.approx(0.0)
    assert body.working.toe.imag == pytest.approx(0.0)


def test_it_keeps_the_toes_down_when_the_heel_rises() -> None:
    leg = joints(Pose(lean=0, working=LegAngles(ankle=-35, knee=0, hip=0, foot=35))).working
    assert leg.heel.imag > 0.05
    assert leg.ball.imag == pytest.approx(leg.toe.imag) == pytest.approx(0.0)


def test_it_sits_a_person_on_the_chair() -> None:
    body = joints(Pose(lean=0, chair=True, working=LegAngles(ankle=0, knee=90, hip=90, foot=0)))
    assert body.seat is not None
    assert 0 < body.hip.imag - body.seat.imag < 0.08
    assert abs(body.working.heel.imag) < TOUCHES


def test_it_bends_the_elbow_downwards_at_the_wall() -> None:
    arm = joints(Pose(lean=0, wall=True, wall_gap=0.25, working=STRAIGHT)).near_arm
    assert arm.elbow.imag < arm.shoulder.imag
    assert arm.elbow.imag < arm.wrist.imag


def test_it_keeps_the_chair_under_a_person_who_stretches_one_leg_out() -> None:
    leg_out, foot_flat = LegAngles(ankle=0, knee=0, hip=82, foot=-57), LegAngles(ankle=0, knee=90, hip=115, foot=0)
    body = joints(Pose(lean=25, chair=True, working=leg_out, other=foot_flat))
    assert body.seat is not None
    assert body.seat.real == pytest.approx(body.hip.real)
    assert 0 < body.hip.imag - body.seat.imag < 0.08


def test_it_leaves_the_chair_behind_a_person_who_stands() -> None:
    body = joints(Pose(lean=0, chair=True, working=STRAIGHT))
    assert body.seat is not None
    assert body.seat.real < body.working.heel.real


def test_it_draws_every_step_of_the_wall_stretch_differently(wall_stretch: Exercise) -> None:
    poses = poses_of(wall_stretch)
    drawings = {figure(poses[step.pose or ""], title="One") for step in wall_stretch.steps}
    assert len(drawings) == len(wall_stretch.steps) == 6


@pytest.mark.parametrize("name", [*ON_WALL, "rest"])
def test_it_keeps_both_feet_of_the_wall_stretch_on_the_floor(wall_stretch: Exercise, name: str) -> None:
    body = joints(poses_of(wall_stretch)[name])
    for leg in (body.working, body.other):
        assert 0 <= leg.ball.imag + 1e-9 < TOUCHES
        assert name == "step_back" or 0 <= leg.heel.imag + 1e-9 < TOUCHES


@pytest.mark.parametrize("name", ON_WALL)
def test_it_puts_both_palms_on_the_wall_at_shoulder_height(wall_stretch: Exercise, name: str) -> None:
    body = joints(poses_of(wall_stretch)[name])
    assert body.wall_x is not None
    for arm in (body.near_arm, body.far_arm):
        palm = (arm.wrist + arm.fingers) / 2
        assert palm.real == pytest.approx(body.wall_x - PALM, abs=1e-6)
        assert palm.imag == pytest.approx(body.shoulder.imag, abs=0.03)


def test_it_holds_the_wall_stretch_in_one_line_from_heel_to_head(wall_stretch: Exercise) -> None:
    body = joints(poses_of(wall_stretch)["hold"])
    line = [body.working.ankle, body.working.knee, body.hip, body.shoulder, body.head]
    assert [leaning_deg(low, high) for low, high in pairwise(line)] == pytest.approx([20] * 4, abs=1)


def test_it_never_moves_the_feet_while_leaning_in(wall_stretch: Exercise) -> None:
    bodies = [joints(poses_of(wall_stretch)[name]) for name in ("step_back", "heel_down", "lean_in", "hold")]
    for one, next_one in pairwise(bodies):
        assert abs(one.working.ball - next_one.working.ball) < TOUCHES
        assert abs(one.other.ball - next_one.other.ball) < TOUCHES


def test_it_brings_the_hips_nearer_to_the_wall_from_step_to_step(wall_stretch: Exercise) -> None:
    hips = [joints(poses_of(wall_stretch)[name]).hip.real for name in ("heel_down", "lean_in", "hold")]
    assert hips == sorted(hips)
    assert hips[-1] - hips[0] > 0.03


def test_it_shows_the_calf_and_the_heel_where_the_words_speak_of_them(wall_stretch: Exercise) -> None:
    poses = poses_of(wall_stretch)
    filled = {name: layer(figure(pose, title="One"), "fig-accent") for name, pose in poses.items()}
    assert {name for name, shape in filled.items() if shape} == {"heel_down", "lean_in", "hold", "little"}
    pointed = {name for name, pose in poses.items() if layer(figure(pose, title="One"), "fig-arrow")}
    assert pointed == {"heel_down", "lean_in"}


def layer(drawing: str, name: str) -> list[ET.Element]:
    (group,) = (one for one in shapes(drawing) if name in one.get("class", "").split())
    return list(group)


def test_it_gives_every_pose_the_same_layers() -> None:
    exercises = load_library().exercises.values()
    poses = [pose for exercise in exercises for pose in (exercise.poses or {}).values()]
    for view in View:
        drawn = [shapes(figure(pose, title="One")) for pose in poses if pose.view is view]
        assert len({tuple(one.get("class") for one in all_shapes if one.tag == SVG + "g") for all_shapes in drawn}) == 1


def test_it_can_stand_in_any_page_without_style_script_or_names(wall_stretch: Exercise) -> None:
    for pose in poses_of(wall_stretch).values():
        for shape in shapes(figure(pose, title="One", desc="Two")):
            assert shape.tag not in {SVG + "style", SVG + "script"}
            assert not {"style", "id", "width", "height", "onload"} & set(shape.keys())


def test_it_tells_a_screen_reader_what_is_drawn() -> None:
    root = ET.fromstring(figure(UPRIGHT, title="Feet & <hands>", desc="Standing tall"))
    assert root.get("role") == "img"
    assert root.get("viewBox") == f"0 0 {SIDE} {SIDE}"
    assert [(one.tag, one.text) for one in root[:2]] == [
        (SVG + "title", "Feet & <hands>"),
        (SVG + "desc", "Standing tall"),
    ]


def test_it_draws_the_same_pose_the_same_way_every_time(wall_stretch: Exercise) -> None:
    pose = poses_of(wall_stretch)["hold"]
    assert figure(pose, title="One") == figure(pose, title="One")


def test_it_keeps_the_wall_in_place_among_poses_of_one_exercise(wall_stretch: Exercise) -> None:
    poses = list(poses_of(wall_stretch).values())
    grounds = {ET.tostring(layer(figure(pose, title="One", among=poses), "fig-ground")[1]) for pose in poses}
    assert len(grounds) == 1


def test_it_points_with_an_arrow_where_the_toes_of_each_foot_point() -> None:
    leg = LegAngles(0, 0, 0, 0, turn=40)
    standing = Pose(0, leg, LegAngles(0, 0, 0, 0), view=View.FRONT, arrow=Arrow.TOES)
    outwards, ahead = arrow_ends(standing, front_joints(standing))

    assert (outwards[1] - outwards[0]).real > 0.02
    assert (ahead[1] - ahead[0]).real == pytest.approx(0)
    assert max(end.imag for _, end in (outwards, ahead)) > floor_of(standing)


def test_it_seats_who_sits_sideways_with_the_working_leg_beside_the_seat() -> None:
    sitting = Pose(0, LegAngles(0, 90, 90, 0), view=View.FRONT, chair=True, sideways=True)
    right_edge = max(corner.real for corner in seat_corners(sitting))
    body = front_joints(sitting)

    assert body.other.hip.real < right_edge < body.working.hip.real
