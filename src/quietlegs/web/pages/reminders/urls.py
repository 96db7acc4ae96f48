"""Reminders: by which ways, when not, and how each of them went."""

from django.urls import path

from quietlegs.web.pages.reminders import answers, views

app_name = "reminders"
urlpatterns = [
    path("", views.index, name="index"),
    path("on/<str:service>/", views.turn_on, name="on"),
    path("<int:number>/off/", views.turn_off, name="off"),
    path("<int:number>/test/", views.test, name="test"),
    path("manners/", views.manners, name="manners"),
    path("answer/", answers.answer, name="answer"),
    path("answer/<str:token>/", answers.reply, name="reply"),
]
