"""Everything deleted for good."""

from django.urls import path

from quietlegs.web.pages.erase import views

app_name = "erase"
urlpatterns = [path("", views.index, name="index")]
