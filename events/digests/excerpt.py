"""The part of an agenda document that speaks of some sessions: small enough to go with each mail."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from core.i18n import LANGUAGE_CODES
from events.agenda_document import Document, upgraded

_NOTHING = dict.fromkeys(LANGUAGE_CODES, "")
# What a withdrawn session that is confidential by now says: that there was one, and when.
_SECRET: dict[str, Any] = {
    **dict.fromkeys(("title", "abstract", "note"), _NOTHING),
    **dict.fromkeys(("room", "track", "seat_limit", "cme_credits", "cme_minimum_percent")),
    **{name: [] for name in ("topics", "spoken", "interpretation", "people", "materials")},
    **dict.fromkeys(("slug", "recording"), ""),
}


class Excerpts:
    """Cuts excerpts out of one document. Each is an agenda document of its own, of some sessions alone.

    Biographies and portraits stay behind, and so does what ``secret`` sessions were about.
    """

    def __init__(self, document: Document, *, secret: Collection[str] = ()) -> None:
        self.document = upgraded(document)
        self.sessions = {
            session["uid"]: {**session, **_SECRET} if session["uid"] in secret else session
            for session in self.document["sessions"]
        }
        self.speakers = [
            {**speaker, "biography": _NOTHING, "portrait": None} for speaker in self.document["speakers"]
        ]

    def of(self, uids: Iterable[str]) -> Document:
        """Return the excerpt of the sessions named, in the order of ``uids``; unknown ones are left out."""
        sessions = [self.sessions[uid] for uid in uids if uid in self.sessions]
        people = {part["speaker"] for session in sessions for part in session["people"]}
        topics = {slug for session in sessions for slug in session["topics"]}
        return {
            **{name: self.document[name] for name in ("format", "version", "forum", "venue")},
            "rooms": _among(self.document["rooms"], {session["room"] for session in sessions}),
            "tracks": _among(self.document["tracks"], {session["track"] for session in sessions}),
            "topics": _among(self.document["topics"], topics),
            "sessions": sessions,
            "speakers": _among(self.speakers, people),
        }


def _among(things: list[Document], slugs: Collection[str]) -> list[Document]:
    return [thing for thing in things if thing["slug"] in slugs]
