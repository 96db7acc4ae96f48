"""The store as a Django app."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Keeps its short label, so that tables and migrations do not carry the path."""

    name = "quietlegs.web.store"
    label = "store"
