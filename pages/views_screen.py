"""The page that a hall's screen shows all day, and its rehearsal before the day comes."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from accounts.permissions import can
from core.i18n import LANGUAGE_CODES, current_language
from events.agenda import Agenda, AgendaRoom
from events.models import Forum, RoomBulletin
from events.reading import CurrentRelease, agenda_of, current_release
from pages.screen import items_of

REHEARSE = "events.view_roombulletin"


@require_safe
def screen(request: HttpRequest, room: str) -> HttpResponse:
    """Now and next in one room. The page itself asks for news; it is small.

    Organizers see with ``?at=2031-05-13T09:00`` what it will show then, on the forum's clock; anybody else
    is sent to the screen of now.
    """
    release = current_release()
    if release is None:
        raise Http404
    agenda = agenda_of(release)
    found = next((known for known in agenda.rooms if known.slug == room), None)
    if found is None:
        raise Http404
    if "at" not in request.GET:
        response = render(request, "pages/screen.html", _shown(release, agenda, found, timezone.now()))
        response["Cache-Control"] = "no-cache"
        return response
    moment = _moment(request.GET["at"], agenda)
    if moment is None or not can(request.user, REHEARSE, Forum.objects.get(pk=release.forum_id)):
        return HttpResponseRedirect(request.path)
    context = {**_shown(release, agenda, found, moment), "is_rehearsal": True}
    response = render(request, "pages/screen.html", context)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _shown(release: CurrentRelease, agenda: Agenda, room: AgendaRoom, now: datetime) -> dict[str, object]:
    today = now.astimezone(agenda.forum.zone).date()
    bulletin = RoomBulletin.objects.of_day(release.forum_id, room.slug, today).first()
    language = current_language()
    return {
        "agenda": agenda,
        "room": room,
        "bulletin": bulletin,
        "items": items_of(agenda, room, bulletin, now),
        "now": now,
        "languages": [language, *(code for code in LANGUAGE_CODES if code != language)],
    }


def _moment(written: str, agenda: Agenda) -> datetime | None:
    """Read what the form of the rehearsal sends; None for anything else."""
    try:
        moment = parse_datetime(written)
    except ValueError:
        return None
    return moment.replace(tzinfo=agenda.forum.zone) if moment and moment.tzinfo is None else None
