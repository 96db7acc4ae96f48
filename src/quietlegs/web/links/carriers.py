"""Which channels there are; each is a folder here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from quietlegs.web.links.mail import send as mail
from quietlegs.web.links.message import Message
from quietlegs.web.links.ntfy import send as ntfy
from quietlegs.web.links.push import send as push

CALENDAR = "calendar"
# These know no app of ours on the other side: an answer comes by an address that the reminder carries.
ANSWERED_BY_ADDRESS = frozenset({"mail", "ntfy"})


@dataclass(frozen=True, slots=True)
class Carrier:
    """How a channel sends, what it takes for an address, and how it names one."""

    send: Callable[[Mapping[str, str], Message], None]
    address_of: Callable[[Mapping[str, str]], dict[str, str]]
    name_of: Callable[[Mapping[str, str]], str]


# A calendar is fetched, not sent, and so it is not among them.
CARRIERS = {
    "push": Carrier(push.send, push.address_of, push.name_of),
    "mail": Carrier(mail.send, mail.address_of, mail.name_of),
    "ntfy": Carrier(ntfy.send, ntfy.address_of, ntfy.name_of),
}
