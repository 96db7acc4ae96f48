"""The doctor's page."""

from django.urls import path

from quietlegs.web.pages.report import values, views

app_name = "report"
urlpatterns = [
    path("", views.index, name="index"),
    path("page.pdf", views.as_pdf, name="pdf"),
    path("page.png", views.as_picture, name="picture"),
    path("values/", values.values, name="values"),
    path("values/undo/", values.undo, name="undo"),
    path("numbers.csv", views.as_csv, name="csv"),
]
