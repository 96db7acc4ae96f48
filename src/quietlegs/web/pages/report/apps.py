"""The page as a Django app, so that its templates and static files are found beside it."""

from django.apps import AppConfig


class ReportConfig(AppConfig):
    """Labelled apart from the room of the same name."""

    name = "quietlegs.web.pages.report"
    label = "page_report"
