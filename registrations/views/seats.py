"""Booking seats and waiting for them from two pages: that of the ticket, and My forum."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.i18n import choose
from events.agenda import Agenda, AgendaSession
from events.reading import current_agenda
from registrations.links import link_path
from registrations.models import Registration, SeatBooking
from registrations.seat_booking import book_seat, release_seat
from registrations.seat_waiting import accept_seat, decline_seat, leave_seat_line, wait_for_seat
from registrations.seats import seat_choices
from registrations.views.holder import holders_page


@holders_page("POST")
def seats(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Book a seat for the holder of the link or wait for one (``book=slug``, ``wait=slug``), give it back,
    leave the line, accept or decline (``release=uid``, ``leave``, ``accept``, ``decline``).
    """
    agenda = current_agenda(registration.forum)
    if agenda is None:
        raise Http404
    change_seat(request, [registration], agenda)
    return HttpResponseRedirect(f"{link_path(registration)}#seats")


def change_seat(request: HttpRequest, registrations: Sequence[Registration], agenda: Agenda) -> None:
    """Do what the pressed button says, and leave a message about it. The first registration books."""
    deed = next((name for name in DEEDS if name in request.POST), "release")
    try:
        said = DEEDS[deed](registrations, agenda, request.POST.get(deed, ""))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)


def _announced(agenda: Agenda, slug: str) -> AgendaSession:
    session = agenda.sessions_by_slug.get(slug)
    if session is None:
        raise Http404
    return session


def _book(registrations: Sequence[Registration], agenda: Agenda, slug: str) -> str:
    session = _announced(agenda, slug)
    book_seat(registrations[0], session)
    return _("A seat in “%(title)s” is yours.") % {"title": session.localized("title")}


def _wait(registrations: Sequence[Registration], agenda: Agenda, slug: str) -> str:
    session = _announced(agenda, slug)
    if wait_for_seat(registrations[0], session):
        return _("A seat in “%(title)s” is yours.") % {"title": session.localized("title")}
    sentence = _("You are on the waiting list of “%(title)s”. When a seat is free for you, you get a mail.")
    return sentence % {"title": session.localized("title")}


def _leave(registrations: Sequence[Registration], agenda: Agenda, named: str) -> str:
    uid = _uid(named)
    for registration in registrations:
        leave_seat_line(registration, uid)
    return _("You have left the waiting list.")


def _accept(registrations: Sequence[Registration], agenda: Agenda, named: str) -> str:
    uid = _uid(named)
    offered = SeatBooking.objects.live().filter(registration__in=registrations, session__uid=uid)
    seat = offered.select_related("registration").first()
    accept_seat(seat.registration if seat else registrations[0], uid)
    return _("The seat is yours.")


def _decline(registrations: Sequence[Registration], agenda: Agenda, named: str) -> str:
    uid = _uid(named)
    for registration in registrations:
        decline_seat(registration, uid)
    return _("The seat goes to the next in line.")


def _uid(named: str) -> uuid.UUID:
    try:
        return uuid.UUID(named)
    except ValueError as error:
        raise Http404 from error


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


DEEDS: Mapping[str, Callable[[Sequence[Registration], Agenda, str], str]] = {
    "book": _book,
    "release": _give_back,
    "wait": _wait,
    "leave": _leave,
    "accept": _accept,
    "decline": _decline,
}
