"""The accounts of a hosted group as a Django app, so that its tables are found."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Installed only where a group is hosted."""

    name = "quietlegs.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Keep little of each device, and tell who came in, now that the tables are known."""
        from quietlegs.web.accounts import devices, logbook, traces  # noqa: PLC0415 - models exist only now

        devices.connect()
        traces.connect()
        logbook.connect()
