"""The seats of one registration together: chosen with the form, handed on or given back with the ticket."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from core.i18n import texts_of
from events.agenda import AgendaSession, Texts
from events.models import Forum, Session
from events.reading import current_agenda
from registrations.models import Registration, SeatBooking, SeatWait
from registrations.seat_booking import takes_bookings
from registrations.seat_lines import (
    give_back,
    lock_sessions,
    lock_where,
    seat_rank,
    seats_left,
    settle_seats,
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What became of the seats that were wished for."""

    booked: Sequence[Texts] = ()
    awaited: Sequence[Texts] = ()

    def snapshot(self) -> dict[str, Any]:
        """Return it as JSON values for a mail: titles in three languages."""
        return {
            "seats": [dict(title) for title in self.booked],
            "seats_awaited": [dict(title) for title in self.awaited],
        }


def bookable(forum: Forum, uids: Iterable[uuid.UUID | str]) -> list[AgendaSession]:
    """Return those of the wished sessions in which seats can be booked now, full or not."""
    wished = {str(uid) for uid in uids}
    agenda = current_agenda(forum) if wished else None
    sessions = agenda.sessions if agenda else ()
    return [session for session in sessions if session.uid in wished and takes_bookings(session)]


def book_wished(row: Registration, wished: Sequence[AgendaSession], *, brings_some: bool = False) -> Wishes:
    """Book what is left of ``wished`` for a registration that is new; for the others she stands in line.

    An applicant stands in line for all of them until she has a ticket. Four queries; two more for one who
    ``brings_some`` of the seats along, with a ticket taken over or from the form that is corrected.
    """
    if not wished:
        return Wishes()
    sessions = lock_sessions(row.forum_id, [session.uid for session in wished])
    lines = settle_seats(sessions)
    held, awaited = _brought_along(row) if brings_some else (set(), set())
    free = {
        session.pk
        for session in sessions
        if row.is_confirmed and session.pk not in lines | held | awaited and seats_left(session)
    }
    SeatBooking.objects.bulk_create(SeatBooking(registration=row, session_id=pk) for pk in sorted(free))
    rank = seat_rank(row)
    SeatWait.objects.bulk_create(
        SeatWait(registration=row, session=session, rank=rank)
        for session in sessions
        if session.pk not in free | held | awaited and session.seat_limit is not None
    )
    booked = {str(session.uid) for session in sessions if session.pk in free | held}
    return Wishes(
        booked=[session.title for session in wished if session.uid in booked],
        awaited=[session.title for session in wished if session.uid not in booked],
    )


def seats_of(row: Registration) -> Wishes:
    """Return what somebody has or waits for now, in the order of the programme. Two queries.

    A seat that is still to be accepted counts as awaited.
    """
    order = ("session__period", "session")
    seats = SeatBooking.objects.live().filter(registration=row).select_related("session").order_by(*order)
    waits = (
        SeatWait.objects.filter(registration=row, ended_at=None).select_related("session").order_by(*order)
    )
    offered = [seat.session for seat in seats if seat.offer_until]
    return Wishes(
        booked=[texts_of(seat.session, "title") for seat in seats if not seat.offer_until],
        awaited=[texts_of(session, "title") for session in [*offered, *(wait.session for wait in waits)]],
    )


def _brought_along(row: Registration) -> tuple[set[int], set[int]]:
    """Return the sessions in which a seat came with the ticket, and those in which a place in line did.

    A seat that is still to be accepted counts as awaited.
    """
    seats = SeatBooking.objects.live().filter(registration=row).values_list("session", "offer_until")
    waits = SeatWait.objects.filter(registration=row, ended_at=None).values_list("session", flat=True)
    until = dict(seats)
    held = {session for session, offered in until.items() if offered is None}
    return held, {*(until.keys() - held), *waits}


def serve_wishes(row: Registration) -> None:
    """Give somebody who just got a ticket the seats she waited for, as far as it is her turn."""
    awaited = SeatWait.objects.filter(registration=row, ended_at=None)
    if awaited.exists():
        settle_seats(lock_where(Q(pk__in=awaited.values("session"))), for_whom=row)


def move_seats(given: Registration, taker: Registration, *, but: Collection[uuid.UUID] = ()) -> None:
    """Hand the seats of a ticket on with it, and its places in lines. Both rows are locked.

    Those in the sessions of ``but``, and where the taker has one already, stay.
    """
    has = SeatBooking.objects.filter(registration=taker).values("session")
    stays = Q(session__uid__in=but) | Q(session__in=has)
    held = SeatBooking.objects.live().filter(registration=given).exclude(stays)
    sessions = _locked_of([given])
    offers = dict(held.values_list("session", "offer_until"))
    # The old rows stay, so that calendars can be told that the seat is no longer hers.
    for session in sessions:
        if session.pk not in offers:
            continue
        give_back(session, given)
        SeatBooking.objects.create(registration=taker, session=session, offer_until=offers[session.pk])
    waits = SeatWait.objects.filter(registration=given, ended_at=None).exclude(stays)
    waits = waits.exclude(session__in=SeatWait.objects.filter(registration=taker).values("session"))
    waits.update(registration=taker)


def release_all(*registrations: Registration) -> None:
    """Leave every line and give back every seat of locked registrations, to those who are next."""
    sessions = _locked_of(registrations)
    leave_lines(*registrations)
    freed = [session for session in sessions if give_back(session, *registrations)]
    if freed:
        settle_seats(freed)


def leave_lines(*registrations: Registration) -> None:
    """Leave every line; enough for those who had no ticket, to whom nobody offers a seat."""
    waits = SeatWait.objects.filter(registration__in=registrations, ended_at=None)
    waits.update(ended_at=timezone.now(), outcome=SeatWait.Outcome.LEFT)


def lock_before_change(registrations: Iterable[Registration], wished: Sequence[AgendaSession]) -> None:
    """Lock at once all sessions in which one transaction will give seats back, hand them on and book others.

    One after the other they would be locked in two rounds, each in the order of keys but not both
    together, and two people who correct their forms could wait for each other.
    """
    _locked_of(registrations, also=Q(uid__in=[session.uid for session in wished]))


def _locked_of(registrations: Iterable[Registration], *, also: Q | None = None) -> list[Session]:
    """Lock the sessions in which these hold a seat or wait for one, in the order of their keys.

    Also those that they wait for: somebody may be offering them a seat there at this very moment, and has
    the session locked. Whoever waits here finds the seat, and gives it back.
    """
    chosen = list(registrations)
    held = SeatBooking.objects.live().filter(registration__in=chosen).values("session")
    awaited = SeatWait.objects.filter(registration__in=chosen, ended_at=None).values("session")
    return lock_where(Q(pk__in=held) | Q(pk__in=awaited) | (also or Q(pk__in=())))
