"""The accounts of a hosted group as a Django app, so that its tables are found."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Installed only where a group is hosted."""

    name = "quietlegs.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Have allauth keep little of each device, now that its tables are known."""
        from quietlegs.web.accounts.devices import connect  # noqa: PLC0415 - models exist only now

        connect()
