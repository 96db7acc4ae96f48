"""The page as a Django app, so that its templates and static files are found beside it."""

from django.apps import AppConfig


class EraseConfig(AppConfig):
    """Labelled apart from the rooms of the same name."""

    name = "quietlegs.web.pages.erase"
    label = "page_erase"
