"""Addresses of exhibitors' telephones at their booths."""

from django.urls import path

from leads.views import scanner, scanner_api

app_name = "lead_scanner"
urlpatterns = [
    path("", scanner.page, name="page"),
    path("enrol/", scanner.enrol_device, name="enrol"),
    path("enrol/<str:code>/", scanner.enrol_link, name="enrol_link"),
    path("leave/", scanner.leave, name="leave"),
    path("app.webmanifest", scanner.manifest, name="manifest"),
    path("sw.js", scanner.worker, name="worker"),
    path("scans/", scanner_api.scans, name="scans"),
]
