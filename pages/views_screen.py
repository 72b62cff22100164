"""The page that a hall's screen shows all day."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.i18n import LANGUAGE_CODES, current_language
from events.models import RoomBulletin
from events.reading import agenda_of, current_release
from pages.screen import items_of


@require_safe
def screen(request: HttpRequest, room: str) -> HttpResponse:
    """Now and next in one room. The page itself asks for news; it is small."""
    release = current_release()
    if release is None:
        raise Http404
    agenda = agenda_of(release)
    found = next((known for known in agenda.rooms if known.slug == room), None)
    if found is None:
        raise Http404
    now = timezone.now()
    today = now.astimezone(agenda.forum.zone).date()
    bulletin = RoomBulletin.objects.of_day(release.forum_id, room, today).first()
    language = current_language()
    context = {
        "agenda": agenda,
        "room": found,
        "bulletin": bulletin,
        "items": items_of(agenda, found, bulletin, now),
        "now": now,
        "languages": [language, *(code for code in LANGUAGE_CODES if code != language)],
    }
    response = render(request, "pages/screen.html", context)
    response["Cache-Control"] = "no-cache"
    return response
