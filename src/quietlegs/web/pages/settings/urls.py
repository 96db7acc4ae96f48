"""A device's own choices, and where the data lies."""

from django.urls import path

from quietlegs.web.pages.settings import views

app_name = "settings"

urlpatterns = [path("", views.index, name="index")]
