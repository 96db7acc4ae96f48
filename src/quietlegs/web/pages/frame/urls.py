"""Addresses that belong to no single page."""

from django.urls import path

from quietlegs.web.pages.frame import views

app_name = "frame"
urlpatterns = [
    path("theme/", views.choose_theme, name="theme"),
    path("contrast/", views.choose_contrast, name="contrast"),
    path("language/", views.choose_language, name="language"),
]
