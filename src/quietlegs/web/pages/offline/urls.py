"""What makes quietlegs an app on a phone; the worker lies at the root, because it looks after every page."""

from django.urls import path

from quietlegs.web.pages.offline import views
from quietlegs.web.pages.offline.manifest import manifest

app_name = "offline"
urlpatterns = [
    path("manifest.webmanifest", manifest, name="manifest"),
    path("worker.js", views.worker, name="worker"),
    path("offline/", views.index, name="index"),
    path("offline/pages/", views.pages, name="pages"),
]
