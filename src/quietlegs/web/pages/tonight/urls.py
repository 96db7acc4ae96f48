"""The home page."""

from django.urls import path

from quietlegs.web.pages.tonight import views

app_name = "tonight"
urlpatterns = [
    path("", views.index, name="index"),
    path("wishes/", views.wishes, name="wishes"),
]
