"""A speaker's sessions as her own page and her mails tell of them: the draft, with what it means to her."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from core.i18n import texts_of
from events.agenda import AgendaSession
from events.agenda_document import instant
from events.clashes.bookings import seats_taken
from events.models import Forum, Material, Proposal, Session, SessionSpeaker
from events.reading import current_agenda
from speakers.models import Speaker

# Beyond the columns themselves, what a mail keeps of a session.
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One session of a speaker and her parts in it.

    ``announcement`` says what the public knows: ``"announced"``, ``"draft"`` (nothing yet), ``"changed"``
    (another time or room) or ``"confidential"`` (never anything). ``seats`` is how many fit in, ``booked``
    how many seats are taken where they are counted, ``stars`` how many people marked it.
    """

    session: Session
    parts: tuple[SessionSpeaker, ...]
    announcement: str
    seats: int | None
    booked: int | None
    stars: int
    proposal: Proposal | None
    materials: tuple[Material, ...]

    @property
    def is_cancelled(self) -> bool:
        """True when it does not take place."""
        return self.session.state == Session.State.CANCELLED

    @property
    def has_numbers(self) -> bool:
        """True when anything is known of her audience."""
        return self.seats is not None or self.booked is not None or self.stars > 0


def own_sessions(speaker: Speaker, forum: Forum) -> list[OwnSession]:
    """Return her sessions of ``forum`` that have a time, confidential and cancelled ones included, in order.

    What has no time yet is an idea of the organizers that she is not asked about. Four queries, and what
    counting seats and finding the release cost.
    """
    parts: dict[int, list[SessionSpeaker]] = defaultdict(list)
    for part in SessionSpeaker.objects.filter(
        speaker=speaker, session__forum=forum, session__period__isnull=False
    ):
        parts[part.session_id].append(part)
    found = (
        Session.objects.filter(pk__in=parts)
        .select_related("room", "track")
        .annotate(_stars=Count("stars", filter=Q(stars__removed_at__isnull=True)))
        .order_by("period__startswith", "id")
    )
    proposals = {
        proposal.session_id: proposal
        for proposal in Proposal.objects.filter(speaker=speaker, status=Proposal.Status.PENDING)
    }
    materials: dict[int, list[Material]] = defaultdict(list)
    for material in Material.objects.filter(session__in=parts, speaker=speaker):
        materials[material.session_id].append(material)
    agenda = current_agenda(forum)
    announced = {session.uid: session for session in agenda.sessions} if agenda else {}
    booked = seats_taken(forum.pk)
    sessions = []
    for session in found:
        session.forum = forum
        for part in parts[session.pk]:
            part.session = session
        room = session.room.capacity if session.room else None
        sessions.append(
            OwnSession(
                session=session,
                parts=tuple(parts[session.pk]),
                announcement=_announcement(session, announced),
                seats=session.seat_limit if session.seat_limit is not None else room,
                # Seats are booked where they are limited; elsewhere people simply come.
                booked=booked.get(session.pk, None if session.seat_limit is None else 0),
                stars=getattr(session, "_stars", 0),
                proposal=proposals.get(session.pk),
                materials=tuple(materials[session.pk]),
            )
        )
    return sessions


def _announcement(session: Session, announced: Mapping[str, AgendaSession]) -> str:
    if session.visibility == Session.Visibility.CONFIDENTIAL:
        return "confidential"
    known = announced.get(str(session.uid))
    if known is None:
        return "draft"
    # Of a session by invitation the public learns no room.
    rooms = (known.room.slug if known.room else None, session.room.slug if session.room else None)
    same_room = known.is_by_invitation or rooms[0] == rooms[1]
    is_same = (known.start, known.end) == (session.starts_at, session.ends_at) and same_room
    return "announced" if is_same else "changed"


def facts_of(own: OwnSession) -> Facts:
    """Return what a mail and a calendar need of a session, as JSON values."""
    session = own.session
    nothing = dict.fromkeys(("vi", "ko", "en"), "")
    return {
        "uid": str(session.uid),
        "title": texts_of(session, "title"),
        "start": instant(session.starts_at),
        "end": instant(session.ends_at),
        "room": texts_of(session.room, "name") if session.room else nothing,
        "floor": texts_of(session.room, "floor") if session.room else nothing,
        "roles": [part.role for part in own.parts],
        "is_announced": own.announcement == "announced",
        "is_cancelled": own.is_cancelled,
    }


def upcoming(sessions: Sequence[OwnSession], now: datetime) -> list[OwnSession]:
    """Return the sessions that take place and are not over."""
    return [own for own in sessions if not own.is_cancelled and own.session.ends_at > now]  # type: ignore[operator]  # all have a time
