"""What the guide shows in the terminal: the moment in large letters, or a line for each cue."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.align import Align
from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from quietlegs.cli.player import Screen
from quietlegs.cues.cue import Cue, CueKind, Side
from quietlegs.cues.player import Phase, Player
from quietlegs.words.catalogue import _, later

_AMBER = "#ffb000 on black"
_DIM = "#a87400 on black"
_KEYS = later("space pause   n skip   b back   q stop   h it hurts - stop")
_KEYS_PAUSED = later("space go on   n skip   b back   q stop   h it hurts - stop")
_BIG_FROM_ROWS = 18
_BREATH_WIDTH = 24
_STANDS = {Phase.PAUSED: later("paused"), Phase.WAITING: later("still there?")}
_DIGITS = {
    "0": "███ █ █ █ █ █ █ ███",
    "1": "  █   █   █   █   █",
    "2": "███   █ ███ █   ███",
    "3": "███   █ ███   █ ███",
    "4": "█ █ █ █ ███   █   █",
    "5": "███ █   ███   █ ███",
    "6": "███ █   ███ █ █ ███",
    "7": "███   █   █   █   █",
    "8": "███ █ █ ███ █ █ ███",
    "9": "███ █ █ ███   █ ███",
    ":": "     ▪       ▪     ",
}
_SIDES = {Side.LEFT: later("LEFT leg"), Side.RIGHT: later("RIGHT leg")}


class LineScreen:
    """One line for each cue, for a pipe or a plain printer."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._shown: Cue | None = None

    def show(self, player: Player) -> None:
        """Print the cue when it is a new one."""
        cue = player.cue
        if cue != self._shown:
            self._shown = cue
            line = f"{clock_text(cue.start_ms // 1000 * 1000):>6}  {_side(cue):<9}  {cue.show}"
            self._console.print(line, soft_wrap=True, markup=False, highlight=False)


class LiveScreen:
    """The whole terminal, amber on black, drawn anew only when something on it changes."""

    def __init__(self, console: Console, live: Live) -> None:
        self._console = console
        self._live = live
        self._drawn: tuple[str, ...] = ()

    def show(self, player: Player) -> None:
        """Draw the moment."""
        lines = (*picture(player), str(self._console.size))
        if lines != self._drawn:
            self._drawn = lines
            self._live.update(self._drawing(lines), refresh=True)

    def _drawing(self, lines: tuple[str, ...]) -> Align:
        head, words, left, side, breath, keys, _size = lines
        big = self._console.height >= _BIG_FROM_ROWS
        digits = "\n".join(big_digits(left)) if big else left
        bold = f"bold {_AMBER}"
        rows = [(head, _DIM), (words, bold), (digits, bold), (side, bold), (breath, _AMBER), (keys, _DIM)]
        texts: list[Text] = []
        for text, style in rows:
            # An empty row keeps its height, so that nothing jumps when a side or a breath comes and goes.
            texts += [Text(text or " ", style=style, justify="center" if text == words else None), Text(" ")]
        centred = Group(*(Align.center(text, style=_AMBER) for text in texts))
        return Align.center(centred, vertical="middle", height=self._console.height, style=_AMBER)


class BellScreen:
    """A screen that also rings when the legs change, for those who asked for sound."""

    def __init__(self, console: Console, screen: Screen) -> None:
        self._console = console
        self._screen = screen
        self._rung: Cue | None = None

    def show(self, player: Player) -> None:
        """Show it, and ring once at each change."""
        self._screen.show(player)
        cue = player.cue
        if cue.kind is CueKind.SWITCH_SIDE and cue != self._rung:
            self._rung = cue
            self._console.bell()


@contextmanager
def screen_for(console: Console) -> Iterator[Screen]:
    """Use the whole terminal where there is one, else print line by line."""
    if not console.is_terminal or console.is_dumb_terminal:
        yield LineScreen(console)
        return
    with Live(console=console, screen=True, auto_refresh=False) as live:
        yield LiveScreen(console, live)


def picture(player: Player) -> tuple[str, ...]:
    """Return what the screen says at this moment: title, words, countdown, side, breath, keys."""
    cue = player.cue
    slots = player.cues[-1].part.slot
    head = _("{count} of {all}", count=cue.part.slot, all=slots) if slots > 1 else ""
    left = clock_text(cue.span_end_ms - player.position_ms)
    stands = _(_STANDS[player.phase]) if player.phase in _STANDS else ""
    keys = _(_KEYS_PAUSED) if stands else _(_KEYS)
    return head, cue.show, left, _side(cue), stands or breath_line(player), keys


def _side(cue: Cue) -> str:
    return "" if cue.side is Side.BOTH else _(_SIDES[cue.side])


def breath_line(player: Player) -> str:
    """Draw the breath: the line widens to breathe in and narrows to breathe out."""
    cue = player.cue
    if cue.kind not in {CueKind.BREATHE_IN, CueKind.BREATHE_OUT}:
        return ""
    share = (player.position_ms - cue.start_ms) / (cue.end_ms - cue.start_ms)
    full = share if cue.kind is CueKind.BREATHE_IN else 1 - share
    return "━" * (2 + 2 * round(full * _BREATH_WIDTH / 2))


def clock_text(ms: int) -> str:
    """Return minutes and seconds, a second begun counted as a whole one."""
    seconds = -(-ms // 1000)
    return f"{seconds // 60}:{seconds % 60:02d}"


def big_digits(text: str) -> list[str]:
    """Return the text in digits five rows high."""
    return ["  ".join(_DIGITS[sign][4 * row : 4 * row + 3] for sign in text) for row in range(5)]
