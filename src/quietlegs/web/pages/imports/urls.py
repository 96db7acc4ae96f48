"""Files of other programs."""

from django.urls import path

from quietlegs.web.pages.imports import columns, views

app_name = "imports"
urlpatterns = [
    path("", views.index, name="index"),
    path("look/", views.look_at, name="look"),
    path("undo/<int:number>/", views.undo_it, name="undo"),
    path("<str:token>/", views.show, name="show"),
    path("<str:token>/come/", views.come, name="come"),
    path("<str:token>/columns/", columns.chosen, name="columns"),
    path("<str:token>/ask/", columns.ask, name="ask"),
    path("<str:token>/take/", views.take_in, name="take"),
    path("<str:token>/leave/", views.leave, name="leave"),
]
