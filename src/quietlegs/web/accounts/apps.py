"""The accounts of a hosted group as a Django app, so that its tables are found."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Installed only where a group is hosted."""

    name = "quietlegs.web.accounts"
    label = "accounts"
