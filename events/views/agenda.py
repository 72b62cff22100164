"""The agenda and its sessions."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from core.i18n import LANGUAGE_CODES, current_language
from events import structured_data
from events.agenda import Agenda, AgendaSession
from events.agenda_filter import AgendaFilter, read_filter
from events.agenda_grid import plan_days
from events.calendar_entry import session_calendar
from events.models import Session
from events.reading import CurrentRelease, agenda_of, current_release
from events.session_neighbours import neighbours
from events.share_pictures import forum_share, session_share
from events.views.agenda_choices import choices, people
from events.views.page_cache import page_for_everybody

# Asked by everybody who looks at a session while places run out.
_PLACES_SECONDS = 5


@require_safe
def agenda(request: HttpRequest) -> HttpResponseBase:
    """The whole agenda, or what a filter in the address leaves of it."""
    release = current_release()
    if release is None:
        return render(request, "events/agenda_empty.html")
    whole = agenda_of(release)
    choice = read_filter(request.GET, whole)
    spelling = choice.query_string()
    if request.META.get("QUERY_STRING", "") != spelling:
        # Empty fields of the form, unknown values, another order: one page has one address.
        return HttpResponseRedirect(f"{request.path}?{spelling}" if spelling else request.path)
    return page_for_everybody(
        request,
        release,
        "events/agenda.html",
        lambda: _agenda_context(whole, choice),
        keep=choice.is_common,
    )


@require_safe
def session(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One session."""
    release, whole, found = _session_or_404(slug)
    if request.META.get("QUERY_STRING"):
        return HttpResponseRedirect(request.path)
    return page_for_everybody(
        request,
        release,
        "events/session.html",
        lambda: {
            "agenda": whole,
            "session": found,
            "neighbours": neighbours(found, whole),
            "event": structured_data.session_event(found, whole),
            "share": session_share(found, whole, current_language()),
        },
    )


@require_safe
def session_calendar_file(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One session as a calendar file, in the page's language."""
    release, whole, found = _session_or_404(slug)
    response = HttpResponse(
        session_calendar(found, whole, current_language()), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.ics"'
    response["Cache-Control"] = "public, no-cache"
    response["ETag"] = f'"{release.digest[:32]}-{whole.number}-{current_language()}"'
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


@require_safe
def places(request: HttpRequest, slug: str) -> HttpResponse:
    """How many places of a session are left, for the page that everybody gets alike; a few seconds old."""
    _release, _whole, found = _session_or_404(slug)
    if not found.has_bookable_seats:
        raise Http404
    key = f"events:places:{found.uid}"
    left = cache.get(key)
    if left is None:
        left = _places_left(found.uid)
        cache.set(key, left, _PLACES_SECONDS)
    text = ngettext("%(left)d place left", "%(left)d places left", left) % {"left": left}
    response = JsonResponse({"left": left, "text": f"{text}."})
    response["Cache-Control"] = f"public, max-age={_PLACES_SECONDS}"
    return response


def _places_left(uid: str) -> int:
    limit, taken = Session.objects.filter(uid=uid).values_list("seat_limit", "seats_taken").first() or (0, 0)
    return max(0, (limit or 0) - taken)


def _session_or_404(slug: str) -> tuple[CurrentRelease, Agenda, AgendaSession]:
    release = current_release()
    if release is None:
        raise Http404
    whole = agenda_of(release)
    if slug not in whole.sessions_by_slug:
        raise Http404
    return release, whole, whole.sessions_by_slug[slug]


def _agenda_context(whole: Agenda, choice: AgendaFilter) -> dict[str, Any]:
    language = current_language()
    sessions = choice.chosen(whole, language)
    return {
        "agenda": whole,
        "choice": choice,
        "choices": choices(choice, whole, language),
        "people": people(whole, language),
        "days": plan_days(sessions, whole.rooms, whole.forum.zone),
        "found": len(sessions),
        "languages": LANGUAGE_CODES,
        "share": forum_share(whole, language),
        "event": None if choice.is_active else structured_data.agenda_event(whole),
    }
