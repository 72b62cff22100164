"""Booking seats from two pages: that of the ticket, and My forum."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.i18n import choose
from events.agenda import Agenda
from events.reading import current_agenda
from registrations.links import link_path
from registrations.models import Registration
from registrations.seat_booking import book_seat, release_seat
from registrations.seats import seat_choices
from registrations.views.holder import holders_page


@holders_page("POST")
def seats(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Book a seat for the holder of the link (``book=slug``), or give it back (``release=uid``)."""
    agenda = current_agenda(registration.forum)
    if agenda is None:
        raise Http404
    change_seat(request, [registration], agenda)
    return HttpResponseRedirect(f"{link_path(registration)}#seats")


def change_seat(request: HttpRequest, registrations: Sequence[Registration], agenda: Agenda) -> None:
    """Do what the pressed button says, and leave a message about it. The first registration books."""
    try:
        if "book" in request.POST:
            said = _book(registrations[0], agenda, request.POST["book"])
        else:
            said = _give_back(registrations, agenda, request.POST.get("release", ""))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)


def _book(registration: Registration, agenda: Agenda, slug: str) -> str:
    session = agenda.sessions_by_slug.get(slug)
    if session is None:
        raise Http404
    book_seat(registration, session)
    return _("A seat in “%(title)s” is yours.") % {"title": session.localized("title")}


def _give_back(registrations: Sequence[Registration], agenda: Agenda, named: str) -> str:
    """Give back the seat in a session named by its uid, or by its slug where the programme has it."""
    session = agenda.sessions_by_slug.get(named)
    uid = session.uid if session else named
    seat = next((seat for seat in seat_choices(registrations, agenda) if seat.uid == uid), None)
    if seat is None and session is None:
        raise Http404
    for registration in registrations:
        release_seat(registration, uuid.UUID(uid))
    if seat is None or seat.title is None:
        return _("Your seat is free for somebody else.")
    return _("Your seat in “%(title)s” is free for somebody else.") % {"title": choose(seat.title)}
