"""What Django's own checks of a password do not see."""

from django.core.exceptions import ValidationError

from quietlegs.web import hosted
from quietlegs.words.catalogue import _

_FEWEST = 5
# What a guesser knows of this program; docs/using/security.md names them. The name of the server is one more.
OURS = ("quietlegs", "restlesslegs", "restless", "ruhigebeine", "unruhigebeine", "piernasquietas", "piernasinquietas")
_FEWEST_WITHOUT = 8


class NoRepeats:
    """Refuses a short word said twice, and few letters said often: guessing programs try these right after words."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError where the password is a shorter one again and again."""
        del user
        plain = password.lower()
        if len(plain) > _FEWEST and (plain in (plain + plain)[1:-1] or len(set(plain)) < _FEWEST):
            raise ValidationError(_("This repeats itself, so it is guessed soon."), code="password_repeats")

    def get_help_text(self) -> str:
        """Say what is wanted."""
        return _("At least 12 characters. Best are four words that nobody would put together.")


class NoWordsOfOurs:
    """Refuses a password that is little more than the name of this program or of its server."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError where too little is left of it without these words."""
        del user
        left = "".join(letter for letter in password.lower() if letter.isalnum())
        public = hosted.origin()
        for word in (*(public.name.split(".") if public else ()), *OURS):
            left = left.replace(word.replace("-", ""), "") if len(word) >= _FEWEST else left
        if len(left) < _FEWEST_WITHOUT:
            raise ValidationError(_("This is little more than the name of this place."), code="password_ours")

    def get_help_text(self) -> str:
        """Say nothing more: one sentence is enough."""
        return ""
