"""What differs between two agenda documents, told so that an organizer can read it before publishing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import dates
from core.i18n import LANGUAGE_CODES, choose, current_language
from events.agenda_document import Document
from events.models import Session


class ChangeKind(StrEnum):
    """What happened to a session."""

    ADDED = "added"
    REMOVED = "removed"
    CANCELLED = "cancelled"
    REINSTATED = "reinstated"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class SessionChange:
    """One session that differs. ``details`` are sentences or words in the active language."""

    kind: ChangeKind
    uid: str
    title: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgendaChanges:
    """All that differs. ``frame`` names what changed around the sessions: the forum, rooms, speakers …"""

    sessions: tuple[SessionChange, ...]
    frame: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.sessions) + len(self.frame)


def changes_between(old: Document | None, new: Document) -> AgendaChanges:
    """Return what ``new`` changes; everything is added when there is no ``old``."""
    before = {session["uid"]: session for session in old["sessions"]} if old else {}
    after = {session["uid"]: session for session in new["sessions"]}
    reader = _Reader(old or new, new)
    found = [
        change
        for uid in [*after, *(uid for uid in before if uid not in after)]
        if (change := reader.change(before.get(uid), after.get(uid)))
    ]
    return AgendaChanges(tuple(found), tuple(_frame(old, new)) if old else ())


class _Reader:
    """Tells sessions of two documents in words; each document names its own rooms and people."""

    def __init__(self, old: Document, new: Document) -> None:
        self.old, self.new = old, new

    def change(self, before: Document | None, after: Document | None) -> SessionChange | None:
        if before == after:
            return None
        if before is None and after is not None:
            return self._told(ChangeKind.ADDED, after, [self._place(self.new, after)])
        if after is None and before is not None:
            return self._told(ChangeKind.REMOVED, before, [self._place(self.old, before)])
        if before is None or after is None:
            return None
        if before["state"] != after["state"]:
            cancelled = after["state"] == Session.State.CANCELLED
            if cancelled or before["state"] == Session.State.CANCELLED:
                kind = ChangeKind.CANCELLED if cancelled else ChangeKind.REINSTATED
                return self._told(kind, after, [self._place(self.new, after)])
        moved = any(before[name] != after[name] for name in ("start", "end", "room"))
        details = [f"{self._place(self.old, before)} → {self._place(self.new, after)}"] if moved else []
        details += _differing(before, after)
        return self._told(ChangeKind.MOVED if moved else ChangeKind.CHANGED, after, details)

    def _told(self, kind: ChangeKind, session: Document, details: list[str]) -> SessionChange:
        return SessionChange(kind, session["uid"], str(choose(session["title"])), tuple(details))

    def _place(self, document: Document, session: Document) -> str:
        """``Wednesday 23 December, 10:15–11:00, Main hall``."""
        zone, language = ZoneInfo(document["forum"]["time_zone"]), current_language()
        start, end = datetime.fromisoformat(session["start"]), datetime.fromisoformat(session["end"])
        day = dates.day(start.astimezone(zone).date(), language)
        words = [day, f"{dates.clock(start, zone)}–{dates.clock(end, zone)}"]
        room = next((room for room in document["rooms"] if room["slug"] == session["room"]), None)
        if room:
            words.append(str(choose(room["name"])))
        return ", ".join(words)


_TEXTS = {
    "title": gettext_lazy("title"),
    "abstract": gettext_lazy("abstract"),
    "note": gettext_lazy("note"),
}
_PARTS = {
    "slug": gettext_lazy("short name in addresses"),
    "kind": gettext_lazy("kind"),
    "visibility": gettext_lazy("visibility"),
    "track": gettext_lazy("track"),
    "topics": gettext_lazy("topics"),
    "spoken": gettext_lazy("spoken languages"),
    "interpretation": gettext_lazy("interpretation into"),
    "seat_limit": gettext_lazy("seat limit"),
    "people": gettext_lazy("people"),
    "is_demo": gettext_lazy("demonstration data"),
}


def _differing(before: Document, after: Document) -> Iterator[str]:
    """Yield the names of the fields that differ, a text's with the languages in question."""
    for name, label in _TEXTS.items():
        codes = [code.upper() for code in LANGUAGE_CODES if before[name][code] != after[name][code]]
        if codes:
            yield f"{label} ({', '.join(codes)})"
    for name, label in _PARTS.items():
        if before[name] != after[name]:
            yield str(label)


def _frame(old: Document, new: Document) -> Iterator[str]:
    for name, label in (
        ("forum", _("The forum’s own texts or days")),
        ("venue", _("The venue")),
    ):
        if old[name] != new[name]:
            yield label
    for name, label in (
        ("rooms", _("Room")),
        ("tracks", _("Track")),
        ("topics", _("Topic")),
    ):
        yield from (f"{label}: {thing}" for thing in _things(old[name], new[name], _named))
    yield from (
        _("Speaker: %(name)s") % {"name": name} for name in _things(old["speakers"], new["speakers"], _person)
    )


def _things(old: list[Document], new: list[Document], name: Any) -> Iterator[str]:
    """Yield the names of things that were added, changed or taken out."""
    before: Mapping[str, Document] = {thing["slug"]: thing for thing in old}
    after: Mapping[str, Document] = {thing["slug"]: thing for thing in new}
    for slug in dict.fromkeys([*after, *before]):
        if before.get(slug) != after.get(slug):
            yield name(after.get(slug) or before[slug])


def _named(thing: Document) -> str:
    return str(choose(thing["name"]))


def _person(speaker: Document) -> str:
    return str(speaker["name"])


def missing_translations_in(document: Document) -> list[tuple[str, list[str]]]:
    """Return the texts that a language lacks: ``(whose, ["title (KO)", …])``, sessions first."""
    found = []
    for session in document["sessions"]:
        gaps = _gaps(session, _TEXTS)
        if gaps:
            found.append((str(choose(session["title"])), gaps))
    labels = {
        "position": gettext_lazy("position"),
        "affiliation": gettext_lazy("affiliation"),
        "biography": gettext_lazy("biography"),
    }
    for speaker in document["speakers"]:
        gaps = _gaps(speaker, labels)
        if gaps:
            found.append((speaker["name"], gaps))
    return found


def _gaps(thing: Document, labels: Mapping[str, Any]) -> list[str]:
    gaps = []
    for name, label in labels.items():
        texts = thing[name]
        codes = [code.upper() for code in LANGUAGE_CODES if not texts[code]]
        if any(texts.values()) and codes:
            gaps.append(f"{label} ({', '.join(codes)})")
    return gaps
