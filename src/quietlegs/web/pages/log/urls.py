"""The diary of nights."""

from django.urls import path

from quietlegs.web.pages.log import change, views

app_name = "log"
urlpatterns = [
    path("", views.index, name="index"),
    path("rate/", views.rate, name="rate"),
    path("taken/", views.taken, name="taken"),
    path("undo/<uuid:fact_id>/", views.undo, name="undo"),
    path("change/<uuid:fact_id>/", change.change, name="change"),
]
