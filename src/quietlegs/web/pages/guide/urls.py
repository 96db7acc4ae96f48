"""The guided movements."""

from django.urls import path

from quietlegs.web.pages.guide import views

app_name = "guide"
urlpatterns = [
    path("calm/", views.calm, name="calm"),
    path("calm/choose/", views.choose, name="choose"),
    path("routine/", views.routine, name="routine"),
    path("movement/<str:key>/", views.movement, name="movement"),
]
