"""What Django's own checks of a password do not see."""

from django.core.exceptions import ValidationError

from quietlegs.words.catalogue import _

_FEWEST = 5


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
