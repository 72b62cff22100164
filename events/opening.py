"""When guests are received: the hours that the home page, tickets, mails and calendar entries name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from events.agenda import Agenda
from events.models import Session


@dataclass(frozen=True, slots=True)
class GuestHours:
    """The instant of the opening, and the end of the last session that guests may come to."""

    opening: datetime
    end: datetime


def guest_hours(agenda: Agenda | None, main_day: date) -> GuestHours | None:
    """Return the hours of a published agenda; None while it says nothing about ``main_day``.

    The opening is the session of that kind on ``main_day``, else the day's first session. Cancelled
    sessions and those by invitation set no hour, nor does a day before the opening: who arrives then
    moves in, or was invited.
    """
    if agenda is None:
        return None
    days = {
        day.date: [s for s in day.sessions if not s.is_cancelled and not s.is_by_invitation]
        for day in agenda.days
        if day.date >= main_day
    }
    first_day = days.get(main_day)
    if not first_day:
        return None
    openings = [session for session in first_day if session.kind == Session.Kind.OPENING]
    return GuestHours(
        opening=min(session.start for session in openings or first_day),
        end=max(session.end for sessions in days.values() for session in sessions),
    )
