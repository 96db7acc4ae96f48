"""The guide in the terminal: plays a timeline and listens to the keys."""

import os
import select
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from quietlegs.cues.cue import Cue
from quietlegs.cues.player import Back, Event, Pause, Phase, Player, Resume, Skip, Start, Stop, Tick, step
from quietlegs.records.done import StopReason

try:
    import termios
    import tty
except ImportError:  # Windows has neither; there the guide runs without keys
    HAS_KEYS = False
else:
    HAS_KEYS = True

FRAME_S = 0.125


class Clock(Protocol):
    """A clock in whole milliseconds since 1970."""

    def ms(self) -> int:
        """Return the time."""


class Keys(Protocol):
    """Waits for a key."""

    def next_key(self, wait_s: float) -> str:
        """Return the key pressed within this time, empty when none was."""


class Screen(Protocol):
    """Shows where the player is."""

    def show(self, player: Player) -> None:
        """Show it now."""


class WallClock:
    """The clock of the machine, which goes on while it sleeps."""

    def ms(self) -> int:
        """Return the time."""
        return time.time_ns() // 1_000_000


class NoKeys:
    """Where nobody can press a key: time just passes."""

    def next_key(self, wait_s: float) -> str:
        """Wait."""
        time.sleep(wait_s)
        return ""


class TerminalKeys:
    """Keys of a terminal, each as it is pressed."""

    def next_key(self, wait_s: float) -> str:
        """Return the key pressed within this time; a terminal that was closed ends it like Ctrl-C."""
        ready, _, _ = select.select([sys.stdin], [], [], wait_s)
        if not ready:
            return ""
        pressed = os.read(sys.stdin.fileno(), 1)
        if not pressed:
            raise KeyboardInterrupt
        return pressed.decode(errors="ignore").lower()


@contextmanager
def terminal_keys() -> Iterator[Keys]:
    """Take keys one by one while this lasts, and give the terminal back as it was."""
    if not (HAS_KEYS and sys.stdin.isatty()):
        yield NoKeys()
        return
    before = termios.tcgetattr(sys.stdin)
    tty.setcbreak(sys.stdin)
    try:
        yield TerminalKeys()
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSAFLUSH, before)


def play(cues: tuple[Cue, ...], *, clock: Clock, keys: Keys, screen: Screen) -> Player:
    """Play a timeline to its end or until it is stopped; Ctrl-C stops it too, and nothing that was done is lost."""
    # Where nobody can press a key nobody could go on either: time just passes.
    tick = Tick(heard=isinstance(keys, NoKeys))
    player = step(Player(cues), Start(), clock.ms())
    try:
        while not player.ended:
            screen.show(player)
            pressed = keys.next_key(FRAME_S)
            player = step(player, _event(pressed, player) or tick, clock.ms())
    except KeyboardInterrupt:
        player = step(player, Stop(StopReason.INTERRUPTED), clock.ms())
    screen.show(player)
    return player


def _event(key: str, player: Player) -> Event | None:
    if key in {" ", "p"}:
        return Resume() if player.phase in {Phase.PAUSED, Phase.WAITING} else Pause()
    events: dict[str, Event] = {
        "n": Skip(),
        "b": Back(),
        "q": Stop(StopReason.ENOUGH),
        "h": Stop(StopReason.HURT),
    }
    return events.get(key)
