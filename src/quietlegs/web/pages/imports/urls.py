"""Files of other programs."""

from django.urls import path

from quietlegs.web.pages.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.index, name="index"),
    path("look/", views.look_at, name="look"),
    path("take/", views.take_in, name="take"),
    path("undo/<int:number>/", views.undo_it, name="undo"),
]
