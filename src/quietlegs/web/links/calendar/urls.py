"""The calendar's address; what follows the last slash is its secret."""

from django.urls import path

from quietlegs.web.links.calendar import views

app_name = "calendar"
urlpatterns = [path("<str:token>.ics", views.fetch, name="fetch")]
