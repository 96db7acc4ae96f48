"""Two measures of the calf."""

from django.urls import path

from quietlegs.web.pages.measures import views

app_name = "measures"
urlpatterns = [
    path("", views.index, name="index"),
    path("undo/", views.undo, name="undo"),
    path("<str:key>/", views.measure, name="measure"),
]
