"""What works."""

from django.urls import path

from quietlegs.web.pages.learn import views

app_name = "learn"

urlpatterns = [path("", views.index, name="index")]
