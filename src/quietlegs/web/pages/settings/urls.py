"""A device's own choices, and where the data lies."""

from django.urls import path

from quietlegs.web.pages.settings import taken_out, views

app_name = "settings"

urlpatterns = [
    path("", views.index, name="index"),
    path("data/<str:key>", taken_out.taken_out, name="taken_out"),
]
