"""The page as a Django app, so that its templates and static files are found beside it."""

from django.apps import AppConfig


class AccountConfig(AppConfig):
    """Labelled apart from the rooms of the same name; its addresses are there only where a group is hosted."""

    name = "quietlegs.web.pages.account"
    label = "page_account"
