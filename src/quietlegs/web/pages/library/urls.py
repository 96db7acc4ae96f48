"""More: the movements, what is known about them, and this device's own choices."""

from django.urls import path

from quietlegs.web.pages.library import views

app_name = "library"

urlpatterns = [
    path("", views.index, name="index"),
    path("exercises/", views.exercises, name="exercises"),
    path("exercise/<str:key>/", views.exercise, name="exercise"),
    path("claims/", views.claims, name="claims"),
    path("topic/<str:key>/", views.topic, name="topic"),
    path("sources/", views.sources, name="sources"),
]
