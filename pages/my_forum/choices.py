"""What somebody has of a forum, brought together session by session. Pure functions over facts.

A session is hers by a star, by a seat or by an invitation. Stars and seats that were given up are
remembered, since a calendar that has the session must be told that it is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from django.urls import reverse

from events.agenda import Agenda, AgendaSession, AgendaWithdrawal
from events.invitations import Invitation

# So long a calendar goes on being told that a session is no longer its owner's.
KEPT: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Mark:
    """A star or a seat. ``turns`` grows whenever it is taken or given up; ``at`` is the last time."""

    is_live: bool
    turns: int
    at: datetime


# By the uid of the session.
Marks = Mapping[str, Mark]


@dataclass(frozen=True, slots=True)
class Choices:
    """What one person has of the forum."""

    stars: Marks = field(default_factory=dict)
    seats: Marks = field(default_factory=dict)
    invitations: Sequence[Invitation] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A session in somebody's forum, and why it is there.

    ``sequence`` grows with everything that changes the entry of a calendar: each summand only grows.
    """

    session: AgendaSession
    is_starred: bool
    has_seat: bool
    is_invited: bool
    sequence: int
    changed_at: datetime

    @property
    def path(self) -> str:
        """Where it is described, in the active language: guests have a page of their own."""
        return reverse("pages:my_session" if self.is_invited else "events:session", args=[self.session.slug])


@dataclass(frozen=True, slots=True, eq=False)
class Departure:
    """A session that is no longer in somebody's forum; ``is_withdrawn`` when the programme lost it."""

    session: AgendaSession | AgendaWithdrawal
    is_withdrawn: bool
    sequence: int
    changed_at: datetime


@dataclass(frozen=True, slots=True, eq=False)
class MyForum:
    """Somebody's sessions in order of time, and those that left lately."""

    entries: Sequence[Entry]
    departures: Sequence[Departure]

    def days(self, agenda: Agenda) -> list[tuple[date, list[Entry]]]:
        """Return the entries by the day on which they begin, on the forum's clock."""

        def begins_on(entry: Entry) -> date:
            return entry.session.start.astimezone(agenda.forum.zone).date()

        return [(day, list(those)) for day, those in groupby(self.entries, key=begins_on)]

    @property
    def withdrawn(self) -> list[AgendaWithdrawal]:
        """What the programme lost and may still be named."""
        lost = (gone.session for gone in self.departures if gone.is_withdrawn)
        return [session for session in lost if isinstance(session, AgendaWithdrawal) and session.slug]


def compose(agenda: Agenda, choices: Choices, now: datetime) -> MyForum:
    """Return the forum of somebody with these choices, as it is at ``now``."""
    announced = {session.uid: session for session in agenda.sessions}
    withdrawn = {gone.uid: gone for gone in agenda.withdrawn}
    invited = {invitation.session.uid: invitation for invitation in choices.invitations}
    entries, departures = [], []
    for uid in {**choices.stars, **choices.seats, **invited}:
        marks = [mark for mark in (choices.stars.get(uid), choices.seats.get(uid)) if mark]
        turns = sum(mark.turns for mark in marks)
        invitation = invited.get(uid)
        session = invitation.session if invitation else announced.get(uid)
        if session and (invitation or any(mark.is_live for mark in marks)):
            entries.append(
                Entry(
                    session=session,
                    is_starred=_is_live(choices.stars, uid),
                    has_seat=_is_live(choices.seats, uid),
                    is_invited=invitation is not None,
                    sequence=agenda.number + turns + (invitation.version if invitation else 0),
                    changed_at=_latest(agenda, marks, invitation),
                )
            )
        elif session or uid in withdrawn:
            gone = _departure(agenda, session or withdrawn[uid], marks, turns)
            if gone.changed_at > now - KEPT:
                departures.append(gone)
    entries.sort(key=lambda entry: (entry.session.start, entry.session.end, entry.session.uid))
    departures.sort(key=lambda gone: (gone.session.start, gone.session.uid))
    return MyForum(entries, departures)


def _is_live(marks: Marks, uid: str) -> bool:
    return uid in marks and marks[uid].is_live


def _latest(agenda: Agenda, marks: Iterable[Mark], invitation: Invitation | None) -> datetime:
    moments = [agenda.published_at, *(mark.at for mark in marks)]
    return max([*moments, invitation.changed_at] if invitation else moments)


def _departure(
    agenda: Agenda, session: AgendaSession | AgendaWithdrawal, marks: Sequence[Mark], turns: int
) -> Departure:
    """Return a session that left: given up by the person, or withdrawn from the programme."""
    given_up_at = max(mark.at for mark in marks)
    if isinstance(session, AgendaWithdrawal):
        is_hers = any(mark.is_live for mark in marks)
        changed_at = session.withdrawn_at if is_hers else given_up_at
        return Departure(session, is_hers, session.number + turns, changed_at)
    return Departure(session, False, agenda.number + turns, given_up_at)
