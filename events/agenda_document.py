"""The agenda as one document: what a release stores and everything public is made from.

Shape, version 3. ``T`` is a text ``{"vi": str, "ko": str, "en": str}``, an empty string where there is no
translation; instants are ISO 8601 in UTC (``"2026-12-23T02:00:00Z"``); days are ISO dates in the forum's
zone; rooms, tracks, topics and speakers are referred to by their slugs::

    {"format": "forum-agenda", "version": 3,
     "forum": {"slug", "name": T, "short_name": T, "subtitle": T, "time_zone", "second_time_zone",
               "first_day", "main_day", "last_day", "is_demo": bool},
     "venue": {"slug", "name": T, "city": T, "address": T, "country",
               "latitude": str | None, "longitude": str | None},
     "rooms":    [{"slug", "name": T, "floor": T, "capacity": int | None}],
     "tracks":   [{"slug", "name": T, "description": T, "weave"}],
     "topics":   [{"slug", "name": T}],
     "sessions": [{"uid", "slug", "kind", "state", "visibility", "title": T, "abstract": T, "note": T,
                   "room": slug | None, "start", "end", "track": slug | None, "topics": [slug],
                   "spoken": [code], "interpretation": [code], "seat_limit": int | None,
                   "people": [{"speaker": slug, "role"}], "recording": url | "",
                   "materials": [{"title", "kind", "url", "content_type", "size": int}],
                   "cme_credits": "1.50" | None, "cme_minimum_percent": int | None,
                   "is_demo": bool}],
     "speakers": [{"slug", "name", "latin_name", "hangul_name", "country", "position": T,
                   "affiliation": T, "biography": T, "portrait": url | None, "is_demo": bool}]}

What is not announced is not in it, so nothing made from it can leak it:

* A confidential session is left out, and with it each person, room, track and topic that nothing else
  in the agenda mentions.
* A session by invitation is announced without where and how to get in: no room, note or seat limit;
  nor what was shown there: no recording or materials.
* Materials are those that an organizer has released to the public.
* A session without a time is not announced. A cancelled one is, as cancelled.

Releases of version 1, which knew no recordings and materials, and of version 2, which knew no credits of
continuing medical education, are read by way of :func:`upgraded`.

Two drafts that would be read alike give the same document byte for byte (:func:`canonical`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from django.db.models import Prefetch
from django.urls import reverse

from core.i18n import texts_of
from events.models import Forum, Material, Room, Session, SessionSpeaker, Topic, Track, Venue
from speakers.models import Speaker

Document = dict[str, Any]

FORMAT: Final = "forum-agenda"
VERSION: Final = 3
# What sessions of each earlier version did not say.
_ADDED: Final[Mapping[int, Document]] = {
    1: {"recording": "", "materials": []},
    2: {"cme_credits": None, "cme_minimum_percent": None},
}

_Placed = TypeVar("_Placed", Room, Track)


def build_document(forum: Forum) -> Document:
    """Return the document of the forum's draft as it is now. Five queries, whatever its size.

    Rows are read by several statements; call it under the forum's lock (``events.services``) when the
    result must be one moment's picture.
    """
    # Read anew: the caller's object may be older than the rows.
    forum = Forum.objects.select_related("venue").get(pk=forum.pk)
    sessions = sorted(
        Session.objects.filter(forum=forum)
        .announced()
        .select_related("room", "track")
        .prefetch_related(
            "topics",
            Prefetch("session_speakers", SessionSpeaker.objects.select_related("speaker")),
            Prefetch("materials", Material.objects.filter(is_public=True)),
        ),
        key=_order,
    )
    return {
        "format": FORMAT,
        "version": VERSION,
        "forum": _forum(forum),
        "venue": _venue(forum.venue),
        **_contents(sessions, in_full=False),
    }


def document_in_full(sessions: Iterable[Session]) -> Document:
    """Return rooms, tracks, topics, sessions and speakers as in a document, with nothing left out.

    For the eyes of those who were invited. The sessions have a time; topics, people, speakers and
    materials should be prefetched.
    """
    in_order = sorted(sessions, key=lambda session: (instant(session.starts_at), str(session.uid)))
    return _contents(in_order, in_full=True)


def _contents(sessions: Sequence[Session], *, in_full: bool) -> Document:
    speakers = {
        part.speaker.slug: part.speaker for session in sessions for part in session.session_speakers.all()
    }
    rooms = {s.room.pk: s.room for s in sessions if s.room and (in_full or not _is_by_invitation(s))}
    tracks = {s.track.pk: s.track for s in sessions if s.track}
    topics = {topic.slug: topic for session in sessions for topic in session.topics.all()}
    return {
        "rooms": [_room(room) for room in _in_order(rooms.values())],
        "tracks": [_track(track) for track in _in_order(tracks.values())],
        "topics": [_topic(topics[slug]) for slug in sorted(topics)],
        "sessions": [_session(session, in_full=in_full) for session in sessions],
        "speakers": [_speaker(speakers[slug]) for slug in sorted(speakers)],
    }


def canonical(document: Document) -> bytes:
    """Return the one spelling of a document: keys sorted, no spaces, UTF-8."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest(document: Document) -> str:
    """Return the SHA-256 of the canonical spelling, in hexadecimal."""
    return hashlib.sha256(canonical(document)).hexdigest()


def upgraded(document: Document) -> Document:
    """Return a release's document in the present shape. Raises ValueError for what is no such document."""
    if document.get("format") != FORMAT or document.get("version") not in (*_ADDED, VERSION):
        raise ValueError(f"Not a {FORMAT} document of version 1 to {VERSION}.")
    if document["version"] == VERSION:
        return document
    added: Document = {}
    for version in range(document["version"], VERSION):
        added |= _ADDED[version]
    sessions = [{**added, **session} for session in document["sessions"]]
    return {**document, "version": VERSION, "sessions": sessions}


def _is_by_invitation(session: Session) -> bool:
    return session.visibility == Session.Visibility.INVITATION


def _order(session: Session) -> tuple[datetime, bool, int, str, str]:
    """By time and room, without a room last; where a session by invitation is, its place does not tell."""
    if session.starts_at is None:
        raise ValueError("Only a session with a time is announced.")
    room = None if _is_by_invitation(session) else session.room
    place = (room.position, room.slug) if room else (0, "")
    return session.starts_at, room is None, *place, str(session.uid)


def _in_order(things: Iterable[_Placed]) -> list[_Placed]:
    return sorted(things, key=lambda thing: (thing.position, thing.slug))


def _forum(forum: Forum) -> Document:
    return {
        "slug": forum.slug,
        "name": texts_of(forum, "name"),
        "short_name": texts_of(forum, "short_name"),
        "subtitle": texts_of(forum, "subtitle"),
        "time_zone": forum.time_zone,
        "second_time_zone": forum.second_time_zone,
        "first_day": forum.first_day.isoformat(),
        "main_day": forum.main_day.isoformat(),
        "last_day": forum.last_day.isoformat(),
        "is_demo": forum.is_demo,
    }


def _venue(venue: Venue) -> Document:
    return {
        "slug": venue.slug,
        "name": texts_of(venue, "name"),
        "city": texts_of(venue, "city"),
        "address": texts_of(venue, "address"),
        "country": venue.country,
        "latitude": None if venue.latitude is None else str(venue.latitude),
        "longitude": None if venue.longitude is None else str(venue.longitude),
    }


def _room(room: Room) -> Document:
    return {
        "slug": room.slug,
        "name": texts_of(room, "name"),
        "floor": texts_of(room, "floor"),
        "capacity": room.capacity,
    }


def _track(track: Track) -> Document:
    return {
        "slug": track.slug,
        "name": texts_of(track, "name"),
        "description": texts_of(track, "description"),
        "weave": track.weave,
    }


def _topic(topic: Topic) -> Document:
    return {"slug": topic.slug, "name": texts_of(topic, "name")}


def _session(session: Session, *, in_full: bool) -> Document:
    closed = _is_by_invitation(session) and not in_full
    return {
        "uid": str(session.uid),
        "slug": session.slug,
        "kind": session.kind,
        "state": session.state,
        "visibility": session.visibility,
        "title": texts_of(session, "title"),
        "abstract": texts_of(session, "abstract"),
        "note": dict.fromkeys(texts_of(session, "note"), "") if closed else texts_of(session, "note"),
        "room": session.room.slug if session.room and not closed else None,
        "start": instant(session.starts_at),
        "end": instant(session.ends_at),
        "track": session.track.slug if session.track else None,
        "topics": sorted(topic.slug for topic in session.topics.all()),
        "spoken": list(session.spoken_languages),
        "interpretation": list(session.interpretation),
        "seat_limit": None if closed else session.seat_limit,
        "people": [
            {"speaker": part.speaker.slug, "role": part.role} for part in session.session_speakers.all()
        ],
        "recording": "" if closed else session.recording_url,
        "materials": [] if closed else [_material(material) for material in session.materials.all()],
        "cme_credits": f"{session.cme_credits:.2f}" if session.cme_credits else None,
        "cme_minimum_percent": session.cme_minimum_percent if session.cme_credits else None,
        "is_demo": session.is_demo,
    }


def _material(material: Material) -> Document:
    return {
        "title": material.title,
        "kind": material.kind,
        "url": material_url(material),
        "content_type": material.content_type,
        "size": material.size,
    }


def material_url(material: Material) -> str:
    """Return where a material is read. Not the storage's: the site asks each time whether it still may be."""
    return reverse("material", args=[material.uid])


def _speaker(speaker: Speaker) -> Document:
    return {
        "slug": speaker.slug,
        "name": speaker.name,
        "latin_name": speaker.latin_name,
        "hangul_name": speaker.hangul_name,
        "country": speaker.country,
        "position": texts_of(speaker, "position"),
        "affiliation": texts_of(speaker, "affiliation"),
        "biography": texts_of(speaker, "biography"),
        "portrait": speaker.portrait.url if speaker.portrait else None,
        "is_demo": speaker.is_demo,
    }


def instant(value: datetime | None) -> str:
    """Return an instant as the document spells it. Raises ValueError for None."""
    if value is None:
        raise ValueError("Only a session with a time is announced.")
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
