"""Movements and routines to be printed."""

from django.urls import path

from quietlegs.web.pages.paper import views

app_name = "paper"
urlpatterns = [
    path("routine/<str:key>/", views.routine, name="routine"),
    path("movement/<str:key>/", views.movement, name="movement"),
]
