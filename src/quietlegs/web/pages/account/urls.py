"""Invitations, the page of a host, and leaving for good; signing in has its addresses in `web/accounts/urls.py`."""

from django.urls import path

from quietlegs.web.pages.account import devices, host, phone, views

app_name = "account"
urlpatterns = [
    path("invited/<str:token>/", views.invited, name="invited"),
    path("delete/", views.delete, name="delete"),
    path("devices/", devices.index, name="devices"),
    path("devices/<int:number>/end/", devices.end, name="end_device"),
    path("devices/end-others/", devices.end_others, name="end_others"),
    path("phone/", phone.show, name="phone"),
    path("phone/<str:token>/", phone.come, name="phone_come"),
    path("people/", host.index, name="people"),
    path("people/invite/", host.invite, name="invite"),
    path("people/invited/<int:number>/withdraw/", host.withdraw, name="withdraw"),
    path("people/<int:number>/switch/", host.switch, name="switch"),
    path("people/<int:number>/delete/", host.delete, name="delete_person"),
]
