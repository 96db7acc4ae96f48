"""Keys for other programs."""

from django.urls import path

from quietlegs.web.pages.keys import views

app_name = "keys"
urlpatterns = [
    path("", views.index, name="index"),
    path("revoke/<int:number>/", views.revoke, name="revoke"),
]
