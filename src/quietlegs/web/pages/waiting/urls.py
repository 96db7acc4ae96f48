"""What waits on this device."""

from django.urls import path

from quietlegs.web.pages.waiting import views

app_name = "waiting"
urlpatterns = [path("", views.index, name="index")]
