"""My forum: what a visitor chose, on one page; the sessions she is invited to; her private calendar."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts import second_factor
from accounts.addresses import proven_addresses
from accounts.models import User
from accounts.permissions import can
from core.i18n import current_language
from events.agenda import Agenda
from events.invitations import invitation_to, session_for_organizer
from events.models import CalendarFeed, Forum
from events.reading import agenda_of, current_release
from events.services.feeds import close_feed, open_feed, renew_feed
from pages.my_forum.choices import compose
from pages.my_forum.feed import feed_file
from pages.my_forum.feed_link import feed_url, find_feed
from pages.my_forum.hints import hints_of
from pages.my_forum.reading import choices_of, person_of, visitors_choices
from registrations.seats import seat_choices
from registrations.views.seats import change_seat


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def my_forum(request: HttpRequest) -> HttpResponse:
    """Stars, seats and invitations as one calendar, for accounts and for anybody with stars in a cookie."""
    release = current_release()
    if release is None:
        return _kept_by_nobody(render(request, "pages/my_forum_empty.html"))
    agenda = agenda_of(release)
    person = person_of(request.user, release.forum_id)
    mine = compose(agenda, visitors_choices(request, person, release.forum_id, agenda), timezone.now())
    seats = {seat.uid: seat for seat in seat_choices(person.registrations, agenda)}
    hints = hints_of(mine.entries, agenda, release.forum_id) if mine.entries else {}
    context = {
        "agenda": agenda,
        "mine": mine,
        "days": [
            (day, [(e, hints.get(e.session.uid, ()), seats.get(e.session.uid)) for e in entries])
            for day, entries in mine.days(agenda)
        ],
        **_what_happened(request, agenda),
        **_feed_context(request),
    }
    return _kept_by_nobody(render(request, "pages/my_forum.html", context))


@require_POST
def my_seat(request: HttpRequest) -> HttpResponse:
    """Book a seat with the registration of whoever is signed in (``book=slug``), or give it back."""
    release = current_release()
    if not isinstance(request.user, User) or release is None:
        return redirect("account_login")
    person = person_of(request.user, release.forum_id)
    if not person.registrations:
        raise Http404
    change_seat(request, person.registrations, agenda_of(release))
    return redirect("pages:my_forum")


def _what_happened(request: HttpRequest, agenda: Agenda) -> dict[str, Any]:
    """Return the session that was starred or unstarred a moment ago without script, if one was."""
    return {name: agenda.sessions_by_slug.get(request.GET.get(name, "")) for name in ("starred", "unstarred")}


def _feed_context(request: HttpRequest) -> dict[str, Any]:
    if not isinstance(request.user, User):
        return {"sign_in": f"{reverse('account_login')}?{urlencode({'next': request.path})}"}
    feed = CalendarFeed.objects.filter(user=request.user, is_open=True).first()
    if feed is None:
        return {}
    address = feed_url(feed)
    return {"feed": feed, "feed_url": address, "feed_subscription": "webcal:" + address.partition(":")[2]}


@require_POST
def my_feed_deed(request: HttpRequest) -> HttpResponse:
    """Make the private calendar address, renew it, or close it; which, says the button."""
    user = request.user
    if not isinstance(user, User):
        return redirect("account_login")
    deed = request.POST.get("deed")
    if deed == "open":
        open_feed(user, language=current_language())
    elif deed == "renew":
        version = request.POST.get("version", "")
        known = int(version) if version.isdecimal() and len(version) < 19 else 0
        renew_feed(user, version=known, language=current_language())
    elif deed == "close":
        close_feed(user)
    return HttpResponseRedirect(f"{reverse('pages:my_forum')}#calendar")


@require_safe
def my_feed(request: HttpRequest, number: int, token: str) -> HttpResponseBase:
    """The private calendar, for whoever has the address: calendars carry no cookie."""
    feed = find_feed(number, token)
    release = current_release() if feed else None
    if feed is None or release is None:
        raise Http404
    agenda, language = agenda_of(release), current_language()
    person = person_of(feed.user, release.forum_id)
    mine = compose(agenda, choices_of(person, release.forum_id, agenda), timezone.now())
    content = feed_file(mine, agenda, language)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="my-forum.ics"'
    response["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


@require_safe
def my_session(request: HttpRequest, slug: str) -> HttpResponse:
    """A session that is not for everybody, as those see it who may; to anybody else there is none.

    Who is not signed in is sent to do so, whatever the address: that tells nothing.
    """
    user = request.user
    if not isinstance(user, User):
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")
    release = current_release()
    if release is None:
        raise Http404
    agenda = agenda_of(release)
    found = invitation_to(slug, proven_addresses(user), release.forum_id, agenda)
    if found is None and can(user, "events.view_confidential_session", Forum(pk=release.forum_id)):
        # As on the organizers' own pages. For every address alike, so that this tells nothing either.
        if not second_factor.was_used(request):
            return second_factor.lead_to_it(request, user)
        found = session_for_organizer(slug, user, release.forum_id, agenda)
    if found is None:
        raise Http404
    context = {"agenda": agenda, "session": found.session}
    return _kept_by_nobody(render(request, "pages/my_session.html", context))
