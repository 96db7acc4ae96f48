"""Movements and routines to be printed."""

from django.urls import path

from quietlegs.web.pages.paper import views

app_name = "paper"
urlpatterns = [
    path("tonight/", views.tonight, name="tonight"),
    path("routine/<str:key>/", views.routine, name="routine"),
    path("movement/<str:key>/", views.movement, name="movement"),
]
