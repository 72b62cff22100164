"""The way back from an agenda to its document."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from events.agenda import Agenda, AgendaForum, AgendaSession
from events.agenda_document import FORMAT, VERSION, Document, instant


def document_of(agenda: Agenda) -> Document:
    """Return the document that ``events.agenda.read_document`` made ``agenda`` of, in the present shape."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "forum": _forum(agenda.forum),
        "venue": _fields(agenda.venue),
        "rooms": [_fields(room) for room in agenda.rooms],
        "tracks": [_fields(track) for track in agenda.tracks],
        "topics": [_fields(topic) for topic in agenda.topics],
        "sessions": [_session(session) for session in agenda.sessions],
        "speakers": [_fields(speaker) for speaker in agenda.speakers],
    }


def _fields(thing: Any) -> Document:
    """Return a dataclass as a dictionary; texts are dictionaries already."""
    return {field.name: getattr(thing, field.name) for field in fields(thing)}


def _forum(forum: AgendaForum) -> Document:
    raw = _fields(forum)
    zone, second_zone = raw.pop("zone"), raw.pop("second_zone")
    days = {name: raw[name].isoformat() for name in ("first_day", "main_day", "last_day")}
    return {**raw, **days, "time_zone": zone.key, "second_time_zone": second_zone.key}


def _session(session: AgendaSession) -> Document:
    return {
        **_fields(session),
        "room": session.room.slug if session.room else None,
        "track": session.track.slug if session.track else None,
        "topics": [topic.slug for topic in session.topics],
        "start": instant(session.start),
        "end": instant(session.end),
        "spoken": list(session.spoken),
        "interpretation": list(session.interpretation),
        "people": [{"speaker": part.speaker.slug, "role": part.role} for part in session.people],
        "materials": [_fields(material) for material in session.materials],
        "cme_credits": None if session.cme_credits is None else f"{session.cme_credits:.2f}",
    }
