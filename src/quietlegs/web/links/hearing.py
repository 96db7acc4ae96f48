"""What is done with the answer to a reminder: the same, whichever way the answer came."""

from dataclasses import dataclass
from datetime import datetime

from quietlegs.plan.reminding import Silence, snooze_refused, snoozed_until
from quietlegs.web.links.answering import SNOOZE
from quietlegs.web.store import channels, leases
from quietlegs.web.store.whose import take_in_hand


@dataclass(frozen=True, slots=True)
class Heard:
    """Whether an answer was taken, and why it could not be; neither where the reminder was answered before.

    Then `agrees` says whether what was answered before is the same.
    """

    taken: bool
    refused: Silence | None = None
    agrees: bool = False


def take_up(key: str) -> bool:
    """Take the diary in hand to which a reminder belongs; False where its way was turned off since.

    The key is signed: whoever shows it was reminded.
    """
    diary = channels.diary_of(channel_of(key))
    if diary is None:
        return False
    take_in_hand(diary)
    return True


def channel_of(key: str) -> int:
    """Return the number of the way by which a reminder, or a test of one, went."""
    return int(key.rpartition(":")[2])


def refused(key: str, now: datetime, zone: str) -> Silence | None:
    """Return why this reminder cannot be put off now, None when it can, or waits for no answer."""
    delivery = leases.waiting(key)
    if delivery is None:
        return None
    return snooze_refused(now, zone, channels.manners(), leases.so_far(delivery))


def hear(key: str, what: str, now: datetime, zone: str) -> Heard:
    """Put a reminder off, or end those of its night; one put off into the quiet hours ends them as well."""
    if what != SNOOZE:
        return Heard(leases.decline(key), agrees=leases.ended(key))
    why = refused(key, now, zone)
    if why is None:
        return Heard(leases.put_off(key, snoozed_until(now)), agrees=leases.put_off_to(key) is not None)
    if why is Silence.QUIET:
        # The person is told that nothing more comes tonight, so what another way still has to try ends too.
        leases.decline(key)
    return Heard(taken=False, refused=why)
