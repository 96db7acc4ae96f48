"""Where one movement stands on the ladder, and what moves it."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from quietlegs.plan import ladder_rules as rules
from quietlegs.plan.ladder_nights import Done


class Why(StrEnum):
    """What moved a movement last."""

    RAISED = "raised"
    TRIAL = "trial"
    PAIN = "pain"
    WORSE_NIGHTS = "worse_nights"
    SORE = "sore"
    ILL = "ill"
    WEEK_OFF = "week_off"
    REST = "rest"
    CEILING = "ceiling"
    MADE_WORSE = "made_worse"


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved it, and the night that it comes from."""

    why: Why
    on: date


@dataclass(frozen=True, slots=True)
class Out:
    """Left out of the routine until after this night."""

    why: Why
    until: date


@dataclass(frozen=True, slots=True)
class Rung:
    """A movement's level and what its rules have to remember.

    `easy` are the nights on which it was easy since its level last changed; `since` is the night from which two weeks
    are counted; `set_back` whether it ever had to come down; `fixed` whether a trial keeps its level.
    """

    level: int = rules.FIRST_LEVEL
    moved: Moved | None = None
    since: date | None = None
    easy: tuple[date, ...] = ()
    set_back: bool = False
    hurt_on: date | None = None
    worse_on: tuple[date, ...] = ()
    out: Out | None = None
    fixed: bool = False

    def down(self, moved: Moved) -> "Rung":
        """Return it one level lower, with its easy evenings to be counted anew."""
        return replace(
            self,
            level=max(rules.FIRST_LEVEL, self.level - 1),
            moved=moved if self.level > rules.FIRST_LEVEL else self.moved,
            since=moved.on,
            easy=(),
            set_back=True,
        )

    def done(self, done: Done, on: date) -> "Rung":
        """Return it after a night on which it was done."""
        rung = self if self.since else replace(self, since=on)
        if done.hurt:
            return rung.hurts(on)
        if done.pained:
            return replace(rung, easy=())
        return replace(rung, easy=(*rung.easy, on)) if done.easy and done.level >= rung.level else rung

    def made_worse(self, on: date) -> "Rung":
        """Return it after an evening on which the legs were clearly worse after it."""
        lately = tuple(one for one in self.worse_on if on - one < rules.OUT_AFTER_WORSE)
        worse_on = (*lately, on)
        if len(worse_on) < rules.WORSE_EVENINGS:
            return replace(self, worse_on=worse_on)
        return replace(
            self, worse_on=worse_on, level=rules.FIRST_LEVEL, out=Out(Why.MADE_WORSE, on + rules.OUT_AFTER_WORSE)
        )

    def hurts(self, on: date) -> "Rung":
        """Return it after a night on which it hurt: one lower, or at the easiest level a rest when it hurts again."""
        again = self.level == rules.FIRST_LEVEL and rules.lately_hurt(self.hurt_on, on)
        lower = replace(self.down(Moved(Why.PAIN, on)), hurt_on=on)
        return replace(lower, out=Out(Why.PAIN, on + rules.OUT_AFTER_PAIN)) if again else lower
