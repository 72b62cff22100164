"""What guests see of sessions that are not for everybody.

A guest is known by an address that she has proven to be hers. Two kinds of session have guests:

* One **announced, by invitation** stands in the release without room and note. Its guests see both, as the
  organizers' rows have them, while the rows say the same time as the release; after that the room of a
  draft would stand beside a time that is no longer its own.
* A **confidential** one stands in no release. Its guests see the row as it is: inviting somebody is how
  organizers publish it, to her alone.

Nothing here may reach a page that is kept for others; ``tests/house/test_confidential.py`` looks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Prefetch
from django.db.models.functions import Lower

from accounts.models import User
from events.agenda import Agenda, AgendaSession, read_sessions
from events.agenda_document import document_in_full
from events.models import Material, Session, SessionGuest, SessionSpeaker
from events.models.session import SessionQuerySet

_NOT_FOR_EVERYBODY = (Session.Visibility.INVITATION, Session.Visibility.CONFIDENTIAL)


@dataclass(frozen=True, slots=True, eq=False)
class Invitation:
    """A session as its guests see it. ``version`` grows with each change of the row."""

    session: AgendaSession
    version: int
    changed_at: datetime


def invitations_of(addresses: Collection[str], forum_id: int, agenda: Agenda) -> list[Invitation]:
    """Return the sessions to which ``addresses`` (in lower case) are invited, in order of time.

    As many queries for many sessions as for one.
    """
    if not addresses:
        return []
    guest = SessionGuest.objects.annotate(address=Lower("email")).filter(
        session=OuterRef("pk"), address__in=addresses
    )
    return _invitations(_sessions(forum_id).filter(Exists(guest)), agenda)


def invitation_to(slug: str, addresses: Collection[str], forum_id: int, agenda: Agenda) -> Invitation | None:
    """Return one session as a guest sees it, or None for whoever is none."""
    return next(
        (found for found in invitations_of(addresses, forum_id, agenda) if found.session.slug == slug), None
    )


def session_for_organizer(
    slug: str, user: User | AnonymousUser, forum_id: int, agenda: Agenda
) -> Invitation | None:
    """Return a confidential session as its guests see it, for an organizer who may see it."""
    secret = _sessions(forum_id).filter(slug=slug, visibility=Session.Visibility.CONFIDENTIAL)
    return next(iter(_invitations(secret.visible_to(user), agenda)), None)


def _sessions(forum_id: int) -> SessionQuerySet:
    return (
        Session.objects.filter(forum=forum_id, period__isnull=False, visibility__in=_NOT_FOR_EVERYBODY)
        .select_related("room", "track")
        .prefetch_related(
            "topics",
            Prefetch("session_speakers", SessionSpeaker.objects.select_related("speaker")),
            Prefetch("materials", Material.objects.filter(is_public=True)),
        )
    )


def _invitations(rows: Iterable[Session], agenda: Agenda) -> list[Invitation]:
    by_uid = {str(row.uid): row for row in rows}
    announced = {session.uid: session for session in agenda.sessions}
    found = []
    for session in read_sessions(document_in_full(by_uid.values())):
        row = by_uid[session.uid]
        shown = _shown(session, announced.get(session.uid))
        if shown is not None:
            found.append(Invitation(shown, row.version, row.changed_at))
    return found


def _shown(row: AgendaSession, announced: AgendaSession | None) -> AgendaSession | None:
    """Return what a guest sees, or None while a session that will be announced is not announced yet."""
    if row.visibility == Session.Visibility.CONFIDENTIAL:
        return row
    if announced is None:
        return None
    if (announced.start, announced.end) != (row.start, row.end):
        return announced
    return replace(announced, room=row.room, note=row.note, materials=row.materials, recording=row.recording)
