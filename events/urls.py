from django.urls import path

from events.exports.formats import FORMATS
from events.views import agenda, exports, own_contributions, own_page, share, speakers, stars

app_name = "events"
_OWN = "speaker-page/<str:key>/<str:token>/"
urlpatterns = [
    path("agenda/", agenda.agenda, name="agenda"),
    *[
        path(f"agenda/{made.filename}", exports.export, {"export_format": made}, name=made.url_name)
        for made in FORMATS
    ],
    path("agenda/<slug:slug>/", agenda.session, name="session"),
    path("agenda/<slug:slug>/calendar.ics", agenda.session_calendar_file, name="session_calendar"),
    path("agenda/<slug:slug>/share.png", share.session_picture, name="session_share"),
    path("agenda/<slug:slug>/places.json", agenda.places, name="places"),
    path("my/stars/", stars.star, name="star"),
    path("my/stars.json", stars.stars, name="stars"),
    path("speakers/", speakers.speakers, name="speakers"),
    path("speakers/<slug:slug>/", speakers.speaker, name="speaker"),
    path("speakers/<slug:slug>/share.png", share.speaker_picture, name="speaker_share"),
    path("share.png", share.forum_picture, name="share"),
    # What a speaker does by her mailed link
    path(_OWN, own_page.page, name="own_page"),
    path(f"{_OWN}calendar.ics", own_page.calendar, name="own_calendar"),
    path(f"{_OWN}answer/<int:part>/", own_page.answer, name="own_answer"),
    path(f"{_OWN}availability/", own_page.add_absence, name="own_availability"),
    path(f"{_OWN}availability/<int:entry>/remove/", own_page.remove_absence, name="own_absence_remove"),
    path(f"{_OWN}language/", own_page.language, name="own_language"),
    path(f"{_OWN}about-me/", own_contributions.about_me, name="own_about_me"),
    path(f"{_OWN}portrait/", own_contributions.portrait, name="own_portrait"),
    path(f"{_OWN}proposals/<int:proposal>/withdraw/", own_contributions.withdraw, name="own_withdraw"),
    path(f"{_OWN}sessions/<uuid:uid>/abstract/", own_contributions.abstract, name="own_abstract"),
    path(f"{_OWN}sessions/<uuid:uid>/upload/", own_contributions.upload, name="own_upload"),
    path(f"{_OWN}materials/<uuid:uid>/", own_contributions.material, name="own_material"),
    path(
        f"{_OWN}materials/<uuid:uid>/remove/",
        own_contributions.remove_material,
        name="own_material_remove",
    ),
]
