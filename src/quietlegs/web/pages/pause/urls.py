"""A break from the routine, and coming back."""

from django.urls import path

from quietlegs.web.pages.pause import views

app_name = "pause"
urlpatterns = [
    path("", views.index, name="index"),
    path("back/", views.back, name="back"),
    path("undo/", views.undo, name="undo"),
]
