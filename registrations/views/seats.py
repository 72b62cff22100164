"""Booking seats from two pages: that of the ticket, and My forum."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from core.errors import DomainError
from events.agenda import Agenda
from events.reading import current_agenda
from registrations.links import link_path
from registrations.models import Registration
from registrations.seat_booking import book_seat, release_seat
from registrations.views.holder import holders_page


@holders_page("POST")
def seats(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Book a seat for the holder of the link (``book=slug``), or give it back (``release=slug``)."""
    agenda = current_agenda(registration.forum)
    if agenda is None:
        raise Http404
    change_seat(request, [registration], agenda)
    return HttpResponseRedirect(f"{link_path(registration)}#seats")


def change_seat(request: HttpRequest, registrations: Sequence[Registration], agenda: Agenda) -> None:
    """Do what the pressed button says, and leave a message about it. The first registration books."""
    wanted = "book" if "book" in request.POST else "release"
    session = agenda.sessions_by_slug.get(request.POST.get(wanted, ""))
    if session is None:
        raise Http404
    title = {"title": session.localized("title")}
    try:
        if wanted == "book":
            book_seat(registrations[0], session)
            messages.success(request, _("A seat in “%(title)s” is yours.") % title)
        else:
            for registration in registrations:
                release_seat(registration, uuid.UUID(session.uid))
            messages.success(request, _("Your seat in “%(title)s” is free for somebody else.") % title)
    except DomainError as error:
        messages.error(request, str(error))
