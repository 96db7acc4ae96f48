"""Safety questions, and when to get help."""

from django.urls import path

from quietlegs.web.pages.safety import views

app_name = "safety"
urlpatterns = [
    path("", views.questions, name="questions"),
    path("help/", views.get_help, name="help"),
]
