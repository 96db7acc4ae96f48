"""The messages of a FIT file, one by one, as far as it can be read."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from quietlegs.formats.reading import LeftOut
from quietlegs.words.catalogue import _

# What the library lets through, beside its own, where bytes are not what they should be.
_BROKEN = (
    *(struct.error, AssertionError, ArithmeticError),
    *(AttributeError, LookupError, TypeError, ValueError, OSError),
)
END = "end of file"


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its number in the file, its name, and its values by name; one called `END` closes each file.

    Several files may follow each other in one. `whole` is False only of an `END` whose checksum does not fit.
    """

    number: int
    name: str
    values: dict[str, Any]
    whole: bool = True

    @property
    def place(self) -> str:
        """Where it stands."""
        return _("message {number}, {name}", number=self.number, name=self.name)

    def instant(self, name: str) -> datetime | None:
        """Return an instant; None where it was not told, or counts only since the watch was turned on."""
        value = self.values.get(name)
        return value if isinstance(value, datetime) else None

    def number_of(self, name: str) -> float | None:
        """Return a number; None where it was not told."""
        value = self.values.get(name)
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def messages(stream: IO[bytes]) -> Iterator[Message | LeftOut]:
    """Yield each message up to the end, or to where the file cannot be read any more, and then the reason."""
    # Its tables take a third of a second to load, and every list of the formats would wait for them.
    import fitdecode as fd  # noqa: PLC0415 - as above

    number = 0
    reader = fd.FitReader(stream, check_crc=fd.CrcCheck.READONLY, error_handling=fd.ErrorHandling.IGNORE)
    try:
        for frame in reader:
            if frame.frame_type == fd.FIT_FRAME_DATA:
                number += 1
                yield Message(number, frame.name, {field.name: field.value for field in frame.fields})
            elif frame.frame_type == fd.FIT_FRAME_CRC:
                yield Message(number, END, {}, whole=frame.matched)
    except (fd.FitError, *_BROKEN) as error:
        yield LeftOut(_("after message {number}", number=number), f"{error}" or type(error).__name__, bad=True)
