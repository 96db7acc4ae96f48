"""Who may sign in, and who was invited to; what a person writes down is in the store, behind the number of a diary."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone


class Accounts(BaseUserManager["Account"]):
    """Finds accounts by their address, however it is written."""

    def get_by_natural_key(self, email: str | None) -> "Account":
        """Return the account of an address."""
        return self.get(email=(email or "").lower())


class Account(AbstractBaseUser):
    """A person who signs in; each has one diary. A host looks after accounts and opens no diary but the own one."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80, default="", blank=True)
    is_host = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    diary_id = models.BigIntegerField(unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    seen_on = models.DateField(null=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = Accounts()

    class Meta:
        """One row a person."""

        db_table = "account"

    def __str__(self) -> str:
        """Name the account as the person knows it."""
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep each address in one spelling, so that it is one account's."""
        self.email = self.email.lower()
        super().save(*args, **kwargs)


class Invitation(models.Model):
    """A way in for one person: good once, for some days; the token itself is not kept, only what it is known by."""

    digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    makes_host = models.BooleanField(default=False)
    # Who comes by a letter has shown that the address is theirs; who was handed a link has not.
    proves_address = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        """Found by its digest alone."""

        db_table = "account_invitation"

    def __str__(self) -> str:
        """Name the invitation for a developer who meets it in a shell."""
        return f"{self.email} until {self.expires_at:%Y-%m-%d}"


class Pairing(models.Model):
    """A way in for another device of one person: good once, for a few minutes; known by its digest alone."""

    digest = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Deleted when it is used; what is old opens nothing."""

        db_table = "account_pairing"

    def __str__(self) -> str:
        """Name it for a developer who meets it in a shell."""
        return f"pairing of {self.account} at {self.made_at:%H:%M}"
