"""Sessions of which the database keeps no key: who steals a copy of it can sign in as nobody."""

from hashlib import sha256
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone

# No key of Django's begins so; with it what lies there fits into the column.
_MARK = "."
_LONGEST = 40


def at_rest(key: str) -> str:
    """Return what is kept in place of a key; what is kept already stays as it is."""
    return key if key.startswith(_MARK) else _digest(key)


class SessionStore(db.SessionStore):
    """Django's, by digests. It also finds a session by what is kept of its key, so that it can be ended from afar."""

    # Django signs what a session holds by the name of its class: both of ours read the same sessions.
    key_salt = "quietlegs.sessions"

    def kept_as(self, key: str) -> str:
        """Return by what a session of this key is found."""
        return at_rest(key)

    def exists(self, session_key: str) -> bool:
        """Whether there is one of this key."""
        return super().exists(self.kept_as(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Return the row, without the key."""
        row = super().create_model_instance(data)
        row.session_key = self.kept_as(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """End one."""
        key = session_key or self.session_key
        if key is not None:
            super().delete(self.kept_as(key))

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        key = self.session_key
        rows = self.model.objects.filter(session_key=self.kept_as(key) if key else "", expire_date__gt=timezone.now())
        found: AbstractBaseSession | None = rows.first()
        if found is None:
            self._session_key = None
        return found


class OfCookie(SessionStore):
    """A session that a browser names: there, what the database keeps opens nothing."""

    def kept_as(self, key: str) -> str:
        """Return the digest, whatever the key looks like."""
        return _digest(key)


def _digest(key: str) -> str:
    # As with other keys: 160 random bits need no slow digest.
    return (_MARK + sha256(key.encode()).hexdigest())[:_LONGEST]
