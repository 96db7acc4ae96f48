"""A reminder by e-mail, through the mail server that the person named."""

import smtplib
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from quietlegs.web.links.message import AddressError, Message, UndeliveredError
from quietlegs.web.links.post import PATIENCE_S
from quietlegs.web.links.reach import Mail, SecureMail, WithinError
from quietlegs.words.catalogue import _

SECURITIES = ("starttls", "tls", "none")
_PORTS = range(1, 65536)
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


def address_of(posted: Mapping[str, str]) -> dict[str, str]:
    """Return the settings as they are kept; AddressError names what cannot be used."""
    held = {name: posted.get(name, "").strip() for name in ("to", "sender", "host", "port", "security", "user")}
    held["password"] = posted.get("password", "")
    held["sender"] = held["sender"] or held["to"]
    for name in ("to", "sender"):
        try:
            validate_email(held[name])
        except ValidationError as error:
            raise AddressError(_("{address} is no e-mail address", address=repr(held[name]))) from error
    _refuse_bad_server(held)
    return held


def _refuse_bad_server(held: dict[str, str]) -> None:
    if not held["host"] or any(one.isspace() or one in "/@" for one in held["host"]):
        raise AddressError(
            _("{host} is no mail server; allowed: a name such as mail.example.org", host=repr(held["host"]))
        )
    if not held["port"].isdigit() or int(held["port"]) not in _PORTS:
        raise AddressError(_("port is {port}; allowed: 1 to 65535", port=repr(held["port"])))
    if held["security"] not in SECURITIES:
        raise AddressError(
            _("encryption is {found}; allowed: {wanted}", found=repr(held["security"]), wanted=", ".join(SECURITIES))
        )
    if held["security"] == "none" and held["user"] and held["host"] not in _HERE:
        raise AddressError(_("A password is not sent over the network without encryption. Choose TLS or STARTTLS."))


def send(address: Mapping[str, str], message: Message) -> None:
    """Hand the reminder to the mail server; UndeliveredError says why it did not arrive."""
    try:
        with _server(address) as server:
            if address["user"]:
                server.login(address["user"], address["password"])
            server.send_message(_letter(address, message))
    except smtplib.SMTPAuthenticationError as error:
        raise UndeliveredError(_("the mail server did not take the name and the password")) from error
    except smtplib.SMTPRecipientsRefused as error:
        raise UndeliveredError(_("the mail server does not take mail for {to}", to=address["to"])) from error
    except smtplib.SMTPException as error:
        raise UndeliveredError(_("the mail server said: {reason}", reason=_told(error))) from error
    except ssl.SSLError as error:
        raise UndeliveredError(_("the other side could not prove who it is (its certificate is not right)")) from error
    except WithinError as error:
        raise UndeliveredError(str(error)) from error
    except OSError as error:
        raise UndeliveredError(_("the mail server {host} cannot be reached", host=address["host"])) from error


def name_of(address: Mapping[str, str]) -> str:
    """Return what the page calls this address."""
    return address["to"]


def _server(address: Mapping[str, str]) -> smtplib.SMTP:
    host, port = address["host"], int(address["port"])
    trusted = ssl.create_default_context()
    if address["security"] == "tls":
        return SecureMail(host, port, timeout=PATIENCE_S, context=trusted)
    server = Mail(host, port, timeout=PATIENCE_S)
    if address["security"] == "starttls":
        try:
            server.starttls(context=trusted)
        except BaseException:
            server.close()
            raise
    return server


def _letter(address: Mapping[str, str], message: Message) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = address["sender"], address["to"], message.text
    letter["Date"] = format_datetime(datetime.now(UTC))
    # The same id for the same reminder: many mail servers keep one of two letters with one id.
    letter["Message-ID"] = f"<{message.id}@reminder.invalid>"
    letter["Auto-Submitted"] = "auto-generated"
    letter["Content-Language"] = message.language
    letter.set_content(_written(message))
    return letter


def _written(message: Message) -> str:
    """Return the neutral words, and the link to what may be answered."""
    if not message.page:
        return f"{message.text}\n"
    offer = _("Later, or not tonight? Open this page; the link holds for 12 hours:")
    return f"{message.text}\n\n{offer}\n{message.page}\n"


def _told(error: smtplib.SMTPException) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return f"{error.smtp_code} {text}"
    return str(error)
