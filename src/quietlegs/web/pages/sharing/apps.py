"""The page as a Django app, so that its templates and static files are found beside it."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Labelled apart from the rooms of the same name."""

    name = "quietlegs.web.pages.sharing"
    label = "page_sharing"
