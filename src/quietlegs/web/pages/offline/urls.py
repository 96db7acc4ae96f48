"""What makes quietlegs an app on a phone; the worker lies at the root, because it looks after every page."""

from django.urls import path

from quietlegs.web.pages.offline import views

app_name = "offline"
urlpatterns = [
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
