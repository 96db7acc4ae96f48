"""Who else may read, and what others let me read."""

from django.urls import path

from quietlegs.web.pages.sharing import reading, views

app_name = "sharing"
urlpatterns = [
    path("", views.index, name="index"),
    path("revoke/<int:number>/", views.revoke, name="revoke"),
    path("take/<str:secret>/", views.take, name="take"),
    path("with-me/", reading.index, name="with_me"),
    path("with-me/<int:number>/report/", reading.report, name="report"),
    path("with-me/<int:number>/report/page.pdf", reading.as_pdf, name="pdf"),
    path("with-me/<int:number>/report/page.png", reading.as_picture, name="picture"),
    path("with-me/<int:number>/nights/", reading.nights, name="nights"),
    path("with-me/<int:number>/tried/", reading.tried, name="tried"),
]
