"""The home page and the venue."""

from __future__ import annotations

from datetime import datetime, time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.i18n import choose, current_language
from events.models import Forum
from events.opening import guest_hours
from events.reading import current_agenda
from events.share_pictures import forum_share
from events.structured_data import forum_event
from pages import home as home_page
from pages.glance import glance
from pages.map_link import map_url


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The forum on one page; a site without a current forum says that there is none yet."""
    forum = Forum.objects.current().first()
    if forum is None:
        return render(request, "pages/no_forum.html")
    agenda = current_agenda(forum)
    now = timezone.now()
    context = {
        "forum": forum,
        "phase": home_page.phase(forum, now),
        "days_to_go": home_page.days_to_go(forum, now),
        "counts": home_page.counts(forum, agenda),
        "questions": _questions(forum),
        "event": forum_event(forum),
    }
    if agenda:
        context |= {
            "agenda": agenda,
            "share": forum_share(agenda, current_language()),
            "hours": guest_hours(agenda, forum.main_day),
            "addresses": home_page.opening_addresses(agenda),
            "countries": home_page.contributors(agenda),
            "glance": glance(agenda.sessions, forum.zone),
        }
    return render(request, "pages/home.html", context)


@require_safe
def venue(request: HttpRequest) -> HttpResponse:
    """Where the forum is held, how to get there, and what one asks before coming."""
    forum = get_object_or_404(Forum.objects.current())
    context = {
        "forum": forum,
        "rooms": forum.venue.rooms.all(),
        "questions": _questions(forum),
        "zones": [forum.zone, forum.second_zone],
        "clock_hours": [
            datetime.combine(forum.main_day, time(hour), tzinfo=forum.zone) for hour in (8, 12, 16)
        ],
        "map_url": map_url(forum.venue),
    }
    return render(request, "pages/venue.html", context)


def _questions(forum: Forum) -> list[dict]:
    """Return the forum's practical questions in the reader's language, unanswered ones left out."""
    questions = [
        {"question": choose(entry["question"]), "answer": choose(entry["answer"])}
        for entry in forum.practical
    ]
    return [entry for entry in questions if entry["question"] and entry["answer"]]
