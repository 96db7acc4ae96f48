"""Every page's addresses; the folder names are the first words of the paths."""

from django.urls import include, path

from quietlegs.web.api.api import api

urlpatterns = [
    path("", include("quietlegs.web.pages.tonight.urls")),
    path("guide/", include("quietlegs.web.pages.guide.urls")),
    path("paper/", include("quietlegs.web.pages.paper.urls")),
    path("log/", include("quietlegs.web.pages.log.urls")),
    path("learn/", include("quietlegs.web.pages.learn.urls")),
    path("library/", include("quietlegs.web.pages.library.urls")),
    path("measures/", include("quietlegs.web.pages.measures.urls")),
    path("pause/", include("quietlegs.web.pages.pause.urls")),
    path("report/", include("quietlegs.web.pages.report.urls")),
    path("safety/", include("quietlegs.web.pages.safety.urls")),
    path("settings/", include("quietlegs.web.pages.settings.urls")),
    path("reminders/", include("quietlegs.web.pages.reminders.urls")),
    path("api/v1/", api.urls),
    path("imports/", include("quietlegs.web.pages.imports.urls")),
    path("keys/", include("quietlegs.web.pages.keys.urls")),
    path("calendar/", include("quietlegs.web.links.calendar.urls")),
    path("erase/", include("quietlegs.web.pages.erase.urls")),
    path("trail/", include("quietlegs.web.pages.trail.urls")),
    path("waiting/", include("quietlegs.web.pages.waiting.urls")),
    path("", include("quietlegs.web.pages.frame.urls")),
    path("", include("quietlegs.web.pages.offline.urls")),
]

handler400 = "quietlegs.web.pages.frame.errors.bad_request"
handler404 = "quietlegs.web.pages.frame.errors.not_found"
handler500 = "quietlegs.web.pages.frame.errors.broken"
