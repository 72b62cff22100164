"""Seats in sessions as organizers see them: who has one, to whom one is offered, and who waits."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.permissions import acting_user, demand
from core.errors import DomainError
from events.admin.named_forum import named_forum
from events.models import Forum, Session
from registrations.admin.seat_deeds import DEEDS
from registrations.admin.waiting import DECIDE, PER_PAGE, class_name
from registrations.models import PriorityClass, Registration, SeatBooking, SeatWait
from registrations.searching import matching
from registrations.seat_lines import OPEN_TO, in_line, seats_left
from registrations.seat_wishes import bookable

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

# Of those who are found by a name; whoever sees more types more of it.
MOST_FOUND = 20

_View = Callable[..., HttpResponse]


def urls(admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the addresses of the pages, in front of those of single registrations."""

    def page(view: _View, allowed: Callable[[_View], _View]) -> _View:
        return admin.admin_site.admin_view(never_cache(allowed(partial(view, admin))))

    asked = require_http_methods(["GET", "HEAD", "POST"])
    return [
        path("seats/", page(list_view, require_safe), name="registrations_registration_seats"),
        path(
            "seats/<uuid:uid>/", page(session_view, require_safe), name="registrations_registration_seats_of"
        ),
        path(
            "seats/<uuid:uid>/<slug:name>/<uuid:pk>/",
            page(deed_view, asked),
            name="registrations_registration_seat_deed",
        ),
    ]


def list_view(admin: ModelAdmin[Any], request: HttpRequest) -> HttpResponse:
    """Show the sessions whose seats are limited, with how many are taken and awaited."""
    forum, user = named_forum(request), acting_user(request)
    demand(user, DECIDE, forum)
    sessions = list(limited_sessions(forum, user))
    offered, waiting = _offered(sessions), _waiting(sessions)
    rows = [(one, seats_left(one), offered.get(one.pk, 0), waiting.get(one.pk, 0)) for one in sessions]
    return _page(admin, request, "seats/list", title=_("Seats in sessions"), forum=forum, rows=rows)


def session_view(admin: ModelAdmin[Any], request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show who has a seat in one session, to whom one is offered, and who waits in which order."""
    session = _session(request, uid)
    live = SeatBooking.objects.live().filter(session=session, registration__erased_at=None)
    live = live.select_related("registration")
    offers = list(live.filter(offer_until__isnull=False).order_by("offer_until", "pk"))
    holders = live.filter(offer_until=None).order_by("registration__name", "pk")
    line = _paged(in_line(session.pk).select_related("registration"), request, "line")
    classes = dict(PriorityClass.objects.filter(forum=session.forum).values_list("rank", "name"))
    typed = request.GET.get("q", "")[:100].strip()
    context = {
        "session": session,
        "forum": session.forum,
        "left": seats_left(session),
        "offers": offers,
        "holders": _paged(holders, request, "seats"),
        "line": line,
        "waits": [
            (place, wait, class_name(wait.rank, classes))
            for place, wait in enumerate(line, line.start_index())
        ],
        "applicants": _applicants(session).count(),
        "is_bookable": bool(bookable(session.forum, [session.uid])),
        "has_begun": session.starts_at is not None and session.starts_at <= timezone.now(),
        "typed": typed,
        "found": list(_others(session, typed)[:MOST_FOUND]) if typed else [],
        "most": MOST_FOUND,
    }
    return _page(admin, request, "seats/session", title=str(session), **context)


def deed_view(admin: ModelAdmin[Any], request: HttpRequest, uid: UUID, name: str, pk: UUID) -> HttpResponse:
    """Ask about one person's seat; on POST do it."""
    session, deed = _session(request, uid), DEEDS.get(name)
    if deed is None:
        raise Http404
    people = Registration.objects.select_related("type", "forum__venue", "delegation", "invitation")
    person = get_object_or_404(people, pk=pk, forum=session.forum_id)
    back = reverse("admin:registrations_registration_seats_of", args=[session.uid])
    form = deed.form(request.POST if request.method == "POST" else None, person, session)
    if request.method == "POST" and form.is_valid():
        try:
            said = deed.do(person, session, acting_user(request), form.cleaned_data)
        except DomainError as error:
            admin.message_user(request, str(error), messages.ERROR)
        else:
            admin.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(back)
    title = f"{deed.title}: {session}"
    context = {"title": title, "deed": deed, "chosen": [person], "form": form, "back": back}
    return _page(admin, request, "registration/ask", **context)


def limited_sessions(forum: Forum, user: User) -> QuerySet[Session]:
    """Return the sessions with a limit that ``user`` may see, in the order of the programme."""
    found = Session.objects.visible_to(user).filter(forum=forum, seat_limit__isnull=False)
    bookable_once = Q(visibility__in=OPEN_TO) & ~Q(state=Session.State.CANCELLED)
    return found.filter(bookable_once | Q(seats_taken__gt=0)).select_related("room")


def _session(request: HttpRequest, uid: UUID) -> Session:
    """Return a session with a limit, for whoever decides in its forum; a 404 for who may not see it."""
    user = acting_user(request)
    found = Session.objects.visible_to(user).filter(seat_limit__isnull=False)
    session: Session = get_object_or_404(found.select_related("forum__venue", "room"), uid=uid)
    demand(user, DECIDE, session)
    return session


def _offered(sessions: list[Session]) -> dict[int, int]:
    """Return how many seats are offered now, by session. One query."""
    offers = SeatBooking.objects.live().filter(session__in=sessions, offer_until__isnull=False)
    return dict(offers.values_list("session").annotate(Count("pk")).order_by())


def _waiting(sessions: list[Session]) -> dict[int, int]:
    """Return how many people wait and can be served, by session. One query."""
    lines = SeatWait.objects.filter(session__in=sessions, ended_at=None, registration__erased_at=None)
    served = lines.filter(registration__status=Registration.Status.CONFIRMED)
    return dict(served.values_list("session").annotate(Count("pk")).order_by())


def _applicants(session: Session) -> QuerySet[SeatWait]:
    """Return who waits but has no ticket yet, and is served only with one."""
    waits = SeatWait.objects.filter(session=session, ended_at=None, registration__erased_at=None)
    return waits.exclude(registration__status=Registration.Status.CONFIRMED)


def _others(session: Session, typed: str) -> QuerySet[Registration]:
    """Return the holders of tickets in whom ``typed`` occurs, without a seat and not in line."""
    here = {"registration": OuterRef("pk"), "session": session}
    people = Registration.objects.confirmed().filter(forum=session.forum_id, erased_at=None)
    people = people.exclude(Exists(SeatBooking.objects.live().filter(**here)))
    people = people.exclude(Exists(SeatWait.objects.filter(**here, ended_at=None)))
    return matching(people, typed).order_by("name", "pk")


def _paged(rows: QuerySet[Any], request: HttpRequest, name: str) -> Page[Any]:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get(name))


def _page(admin: ModelAdmin[Any], request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    frame = admin.admin_site.each_context(request)
    shown = {**frame, "opts": admin.opts, **context}
    return TemplateResponse(request, f"admin/registrations/{name}.html", shown)
