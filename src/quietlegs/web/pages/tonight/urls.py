"""The home page."""

from django.urls import path

from quietlegs.web.pages.tonight import views, wishes

app_name = "tonight"
urlpatterns = [
    path("", views.index, name="index"),
    path("wishes/", wishes.wishes, name="wishes"),
]
