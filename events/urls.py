from django.urls import path

from events.views import agenda, speakers

app_name = "events"
urlpatterns = [
    path("agenda/", agenda.agenda, name="agenda"),
    path("agenda/<slug:slug>/", agenda.session, name="session"),
    path("agenda/<slug:slug>/calendar.ics", agenda.session_calendar_file, name="session_calendar"),
    path("speakers/", speakers.speakers, name="speakers"),
    path("speakers/<slug:slug>/", speakers.speaker, name="speaker"),
]
