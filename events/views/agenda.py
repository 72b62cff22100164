"""The agenda and its sessions."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from core.i18n import LANGUAGE_CODES, current_language
from events import structured_data
from events.agenda import Agenda, AgendaSession
from events.agenda_filter import AgendaFilter, read_filter
from events.agenda_grid import plan_days
from events.calendar_entry import session_calendar
from events.reading import CurrentRelease, agenda_of, current_release
from events.session_neighbours import neighbours
from events.share_pictures import forum_share, session_share
from events.views.agenda_choices import choices, people
from events.views.page_cache import page_for_everybody


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
