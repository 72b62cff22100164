from django.urls import path

from events.exports.formats import FORMATS
from events.views import agenda, exports, speakers

app_name = "events"
urlpatterns = [
    path("agenda/", agenda.agenda, name="agenda"),
    *[
        path(f"agenda/{made.filename}", exports.export, {"export_format": made}, name=made.url_name)
        for made in FORMATS
    ],
    path("agenda/<slug:slug>/", agenda.session, name="session"),
    path("agenda/<slug:slug>/calendar.ics", agenda.session_calendar_file, name="session_calendar"),
    path("speakers/", speakers.speakers, name="speakers"),
    path("speakers/<slug:slug>/", speakers.speaker, name="speaker"),
]
