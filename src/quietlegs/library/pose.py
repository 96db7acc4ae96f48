"""A pose as data: the angles of its joints, what stands around it, and the poses through which it is reached."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from quietlegs.library.evidence import Key, Line
from quietlegs.records.bounds import Between, RangeError, check_bounds

_ROUNDING_DEG = 0.5


class Accent(StrEnum):
    """The body part that works, drawn in the accent colour."""

    CALF = "calf"
    SHIN = "shin"
    FOOT = "foot"
    THIGH_FRONT = "thigh_front"
    THIGH_BACK = "thigh_back"
    HIP_FRONT = "hip_front"
    BUTTOCK = "buttock"
    CHEST = "chest"


class Arrow(StrEnum):
    """Where the body goes next: FORWARD is towards the wall, OUTWARD and INWARD are circles of the foot.

    TOES points from each foot to where its toes point, for the front view.
    """

    FORWARD = "forward"
    BACK = "back"
    UP = "up"
    DOWN = "down"
    OUTWARD = "outward"
    INWARD = "inward"
    TOES = "toes"


class View(StrEnum):
    """From where a pose is seen: facing right, or facing the one who looks, who stands a little above."""

    SIDE = "side"
    FRONT = "front"


class Way(StrEnum):
    """How a pose is reached: once and then kept, there and back again and again, or round and round."""

    ONCE = "once"
    BACK = "back"
    ROUND = "round"


@dataclass(frozen=True, slots=True)
class LegAngles:
    """Degrees: ankle dorsiflexion +, knee flexion +, hip flexion +, foot pitch heel up +.

    Only the front view shows what leaves the plane: `out` spreads the thigh away from the other leg +,
    `roll` turns the whole leg outwards about its thigh +, `turn` points the foot outwards +.
    """

    ankle: Annotated[float, Between(-60, 60, "degrees")]
    knee: Annotated[float, Between(-10, 150, "degrees")]
    hip: Annotated[float, Between(-60, 175, "degrees")]
    foot: Annotated[float, Between(-200, 160, "degrees")]
    out: Annotated[float, Between(-30, 80, "degrees")] = 0.0
    roll: Annotated[float, Between(-60, 110, "degrees")] = 0.0
    turn: Annotated[float, Between(-45, 45, "degrees")] = 0.0

    def __post_init__(self) -> None:
        """Refuse an angle no body makes."""
        check_bounds(self)


@dataclass(frozen=True, slots=True)
class ArmAngles:
    """Degrees: shoulder flexion from hanging along the trunk +, elbow flexion +, `out` to the side + (front view)."""

    shoulder: Annotated[float, Between(-60, 200, "degrees")]
    elbow: Annotated[float, Between(0, 160, "degrees")] = 0.0
    out: Annotated[float, Between(-30, 100, "degrees")] = 0.0

    def __post_init__(self) -> None:
        """Refuse an angle no body makes."""
        check_bounds(self)


@dataclass(frozen=True, slots=True)
class Pose:
    """One key pose: trunk lean (forward +), the working leg, the other leg, the arms, what stands around.

    `other` is None where both legs do the same. `arm` is None for what the surroundings suggest: palms on the wall at
    shoulder height, hands on the counter, on the towel, on the thighs when seated, else hanging; `other_arm` is None
    where both arms do the same. `hands_at` puts them on the working leg instead: 0 is its hip, 1 its knee, 2 its ankle.
    `wall_gap` is how far wall or counter stand from the front ankle (from the hip of one who lies, from the middle of
    one seen from the front), in body heights; None for within reach. `sideways` turns the chair, `stool` stands under
    the working foot, `towel` goes round it, `press` presses its heel down with an arrow. `after` names the poses
    through which this one is reached, in order, and `way` says how; without them the drawing is still.
    """

    lean: Annotated[float, Between(-100, 90, "degrees")]
    working: LegAngles
    other: LegAngles | None = None
    view: View = View.SIDE
    arm: ArmAngles | None = None
    other_arm: ArmAngles | None = None
    hands_at: Annotated[float | None, Between(0, 2, "of a leg")] = None
    accent: Accent | None = None
    wall: bool = False
    counter: bool = False
    chair: bool = False
    sideways: bool = False
    stool: bool = False
    towel: bool = False
    wall_gap: Annotated[float | None, Between(0.05, 0.9, "body heights")] = None
    press: bool = False
    arrow: Arrow | None = None
    after: tuple[Key, ...] = ()
    way: Way = Way.ONCE
    caption: Line | None = None

    def __post_init__(self) -> None:
        """Refuse a leg whose joints do not add up to the trunk's lean."""
        check_bounds(self)
        for name, leg in (("working", self.working), ("other", self.other)):
            if leg is not None and abs(leg.ankle + leg.foot - leg.knee + leg.hip - self.lean) > _ROUNDING_DEG:
                total = leg.ankle + leg.foot - leg.knee + leg.hip
                raise RangeError(
                    f"Pose.{name}", f"ankle + foot - knee + hip = {total:g}", f"the trunk's lean {self.lean:g}"
                )
