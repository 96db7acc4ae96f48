"""Who read and changed what."""

from django.urls import path

from quietlegs.web.pages.trail import views

app_name = "trail"
urlpatterns = [path("", views.index, name="index")]
