"""Sessions of a release, made without a database."""

from datetime import UTC, datetime
from typing import Any

from events.agenda import AgendaSession

NO_TEXT = {"vi": "", "ko": "", "en": ""}


def agenda_session(slug: str, start: datetime, end: datetime, /, **fields: Any) -> AgendaSession:
    """Return a public talk of a release, in no room, with nobody in it and nothing said of it."""
    values: dict[str, Any] = {
        "uid": slug,
        "slug": slug,
        "kind": "talk",
        "state": "confirmed",
        "visibility": "public",
        "title": NO_TEXT,
        "abstract": NO_TEXT,
        "note": NO_TEXT,
        "room": None,
        "start": start.astimezone(UTC),
        "end": end.astimezone(UTC),
        "track": None,
        "topics": (),
        "spoken": (),
        "interpretation": (),
        "seat_limit": None,
        "people": (),
        "recording": "",
        "materials": (),
        "cme_credits": None,
        "cme_minimum_percent": None,
        "is_demo": False,
    }
    return AgendaSession(**values | fields)
