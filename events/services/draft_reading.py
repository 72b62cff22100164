"""The draft as plain values, for planning an import against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.db.models import Prefetch

from accounts.models import User
from accounts.permissions import can
from core.i18n import texts_of
from events.imports.draft import Draft, KnownPerson, KnownPlace, Occupied, SessionState
from events.imports.rows import Texts
from events.models import Forum, Room, Session, SessionSpeaker, Topic, Track
from speakers.models import Speaker


def draft_of(forum: Forum, *, by: User | None, uids: Iterable[str] = ()) -> Draft:
    """Return the draft as ``by`` may see it; None stands for a program, which sees everything.

    ``uids`` are those of the file, to find out which of them are taken by other sessions. A constant
    number of queries. Call it under the forum's lock when the result must be one moment's picture.
    """
    every = Session.objects.filter(forum=forum)
    seen = every if by is None else every.visible_to(by)
    sessions = {
        session.pk: session for session in seen.select_related("room", "track").prefetch_related(*_PARTS)
    }
    hidden = [session for session in every.only("uid", "slug") if session.pk not in sessions]
    others = Session.objects.exclude(forum=forum).filter(uid__in=list(uids)).values_list("uid", flat=True)
    return Draft(
        forum=forum.slug,
        zone=forum.zone,
        first_day=forum.first_day,
        last_day=forum.last_day,
        rooms=_places(Room.objects.filter(venue_id=forum.venue_id)),
        tracks=_places(Track.objects.filter(forum=forum)),
        topics=_places(Topic.objects.all()),
        people=tuple(_people()),
        sessions=tuple(_state(session) for session in sessions.values()),
        occupied=tuple(_occupied(forum, by, set(sessions))),
        taken_uids=frozenset(str(uid) for uid in (*others, *(session.uid for session in hidden))),
        taken_slugs=frozenset(session.slug for session in hidden),
    )


_PARTS = (
    "topics",
    Prefetch("session_speakers", SessionSpeaker.objects.select_related("speaker").order_by("position", "id")),
)


def _places(things: Iterable[Any]) -> tuple[KnownPlace, ...]:
    return tuple(KnownPlace(thing.slug, _texts(thing, "name")) for thing in things)


def _people() -> Iterator[KnownPerson]:
    for slug, *names, email in Speaker.objects.values_list(
        "slug", "name", "latin_name", "hangul_name", "email"
    ):
        yield KnownPerson(slug, tuple(name for name in names if name), email)


def _state(session: Session) -> SessionState:
    return SessionState(
        uid=str(session.uid),
        slug=session.slug,
        version=session.version,
        kind=session.kind,
        visibility=session.visibility,
        state=session.state,
        title=_texts(session, "title"),
        abstract=_texts(session, "abstract"),
        note=_texts(session, "note"),
        room=session.room.slug if session.room else "",
        start=_instant(session.starts_at),
        end=_instant(session.ends_at),
        track=session.track.slug if session.track else "",
        topics=tuple(sorted(topic.slug for topic in session.topics.all())),
        spoken=tuple(session.spoken_languages),
        interpretation=tuple(session.interpretation),
        seat_limit=session.seat_limit,
        recording=session.recording_url,
        people=tuple((part.speaker.slug, part.role) for part in session.session_speakers.all()),
        is_demo=session.is_demo,
    )


def _occupied(forum: Forum, by: User | None, seen: set[int]) -> Iterator[Occupied]:
    """Yield what else stands in the venue's rooms: other forums' sessions, and those not to be seen."""
    found = Session.objects.scheduled().filter(room__venue_id=forum.venue_id).exclude(pk__in=seen)
    for session in found.select_related("room", "forum"):
        start, end = _instant(session.starts_at), _instant(session.ends_at)
        if session.room and start and end:
            is_told = by is None or (
                session.visibility != Session.Visibility.CONFIDENTIAL
                and can(by, "events.view_session", session.forum)
            )
            yield Occupied(session.room.slug, start, end, _texts(session, "title") if is_told else {})


def _texts(thing: Any, field: str) -> Texts:
    return {code: text for code, text in texts_of(thing, field).items() if text}


def _instant(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None
