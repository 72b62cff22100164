"""Addresses of the staff at the doors and of their telephones."""

from django.urls import path

from registrations.views import check_in, check_in_api

app_name = "check_in"
urlpatterns = [
    path("", check_in.page, name="page"),
    path("enrol/", check_in.enrol_device, name="enrol"),
    path("enrol/<str:code>/", check_in.enrol_link, name="enrol_link"),
    path("leave/", check_in.leave, name="leave"),
    path("app.webmanifest", check_in.manifest, name="manifest"),
    path("sw.js", check_in.worker, name="worker"),
    path("list/", check_in_api.door_list, name="door_list"),
    path("scans/", check_in_api.scans, name="scans"),
    path("withdraw/", check_in_api.withdraw, name="withdraw"),
]
