"""What differs between two agenda documents, as data. Pure: no words, no database.

For any two documents ``applied(changes_between(old, new), old)`` is ``new``: nothing that differs is left
out, so whoever has read the changes knows everything that publishing would do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from core.i18n import LANGUAGE_CODES
from events.agenda_document import Document, upgraded
from events.models import Session

# The document's lists, and by what their entries are known.
KEYS: Final[Mapping[str, str]] = {
    "sessions": "uid",
    "rooms": "slug",
    "tracks": "slug",
    "topics": "slug",
    "speakers": "slug",
}
# What frames the agenda: one object each.
FRAMES: Final = ("forum", "venue")
# Lists in the organizers' own order; that of the others follows from what is in them.
ORDERED: Final = ("rooms", "tracks")


class ChangeKind(StrEnum):
    """What happened to a session, or to what stands around the sessions."""

    ADDED = "added"
    REMOVED = "removed"
    CANCELLED = "cancelled"
    REINSTATED = "reinstated"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs; of a text one language (``language`` is None for everything else)."""

    field: str
    language: str | None
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class SessionChange:
    """One session that differs. ``before`` is None when it was added, ``after`` when it is gone."""

    kind: ChangeKind
    uid: str
    before: Document | None
    after: Document | None
    fields: tuple[FieldChange, ...]

    @property
    def session(self) -> Document:
        """The session as it is now, or as it last was."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - one of them is always there
        return found


@dataclass(frozen=True, slots=True)
class ThingChange:
    """A room, track, topic or speaker that differs; ``where`` names its list in the document."""

    kind: ChangeKind
    where: str
    slug: str
    before: Document | None
    after: Document | None
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class AgendaChanges:
    """All that differs.

    ``frames`` are the differing fields of the forum and the venue. ``orders`` gives the keys of each
    list whose order is not the old one with the new entries behind it.
    """

    sessions: tuple[SessionChange, ...]
    things: tuple[ThingChange, ...]
    frames: Mapping[str, tuple[FieldChange, ...]]
    orders: Mapping[str, tuple[str, ...]]

    @property
    def reordered(self) -> tuple[str, ...]:
        """The lists whose order is news by itself, and not only the outcome of other changes."""
        found = tuple(name for name in self.orders if name in ORDERED)
        anything_else = found or self.sessions or self.things or self.frames
        return found if anything_else else tuple(self.orders)

    def __len__(self) -> int:
        return len(self.sessions) + len(self.things) + len(self.frames) + len(self.reordered)


def changes_between(old: Document | None, new: Document) -> AgendaChanges:
    """Return what ``new`` changes. Without ``old`` each session is added, and nothing else is told."""
    new = upgraded(new)
    if old is None:
        return AgendaChanges(tuple(_sessions([], new["sessions"])), (), {}, {})
    old = upgraded(old)
    lists = [name for name in KEYS if name != "sessions"]
    frames = {name: _fields(old[name], new[name]) for name in FRAMES}
    orders = {name: _order(old[name], new[name], key) for name, key in KEYS.items()}
    return AgendaChanges(
        sessions=tuple(_sessions(old["sessions"], new["sessions"])),
        things=tuple(change for name in lists for change in _things(name, old[name], new[name])),
        frames={name: fields for name, fields in frames.items() if fields},
        orders={name: order for name, order in orders.items() if order is not None},
    )


def applied(changes: AgendaChanges, old: Document) -> Document:
    """Return the document that ``changes`` make of ``old``, which stays as it is."""
    new: Document = deepcopy(upgraded(old))
    for name, fields in changes.frames.items():
        _write(new[name], fields)
    for name, key in KEYS.items():
        entries = {entry[key]: entry for entry in new[name]}
        for change in changes.sessions if name == "sessions" else changes.things:
            known_as = change.uid if isinstance(change, SessionChange) else change.slug
            if isinstance(change, ThingChange) and change.where != name:
                continue
            if change.after is None:
                del entries[known_as]
            elif change.before is None:
                entries[known_as] = deepcopy(change.after)
            else:
                _write(entries[known_as], change.fields)
        new[name] = [entries[known_as] for known_as in changes.orders.get(name, entries)]
    return new


def has_moved(before: Document, after: Document) -> bool:
    """Tell whether time or room differ. A room that is merely no longer told has not changed."""
    closed = Session.Visibility.INVITATION in (before["visibility"], after["visibility"])
    names = ("start", "end") if closed else ("start", "end", "room")
    return any(before[name] != after[name] for name in names)


def _sessions(old: list[Document], new: list[Document]) -> Iterable[SessionChange]:
    """Yield the sessions that differ: those of ``new`` in their order, then those that are gone."""
    for uid, before, after in _pairs(old, new, "uid"):
        if before != after:
            fields = _fields(before, after) if before and after else ()
            yield SessionChange(_session_kind(before, after), uid, before, after, fields)


def _session_kind(before: Document | None, after: Document | None) -> ChangeKind:
    if before is None or after is None:
        return ChangeKind.ADDED if after else ChangeKind.REMOVED
    was, is_now = (session["state"] == Session.State.CANCELLED for session in (before, after))
    if was != is_now:
        return ChangeKind.CANCELLED if is_now else ChangeKind.REINSTATED
    return ChangeKind.MOVED if has_moved(before, after) else ChangeKind.CHANGED


def _things(name: str, old: list[Document], new: list[Document]) -> Iterable[ThingChange]:
    for slug, before, after in _pairs(old, new, KEYS[name]):
        if before == after:
            continue
        if before is None or after is None:
            kind = ChangeKind.ADDED if after else ChangeKind.REMOVED
            yield ThingChange(kind, name, slug, before, after, ())
        else:
            yield ThingChange(ChangeKind.CHANGED, name, slug, before, after, _fields(before, after))


def _pairs(
    old: list[Document], new: list[Document], key: str
) -> Iterable[tuple[str, Document | None, Document | None]]:
    before = {entry[key]: entry for entry in old}
    after = {entry[key]: entry for entry in new}
    for known_as in dict.fromkeys([*after, *before]):
        yield known_as, before.get(known_as), after.get(known_as)


def _fields(before: Document, after: Document) -> tuple[FieldChange, ...]:
    """Return the fields that differ, in the document's order; of a text each language by itself."""
    found: list[FieldChange] = []
    for name in after:
        old, new = before[name], after[name]
        if old == new:
            continue
        if is_text(new):
            found += [
                FieldChange(name, code, old[code], new[code])
                for code in LANGUAGE_CODES
                if old[code] != new[code]
            ]
        else:
            found.append(FieldChange(name, None, old, new))
    return tuple(found)


def is_text(value: Any) -> bool:
    """Tell a text in three languages from everything else in a document."""
    return isinstance(value, dict) and set(value) == set(LANGUAGE_CODES)


def _write(entry: Document, fields: Iterable[FieldChange]) -> None:
    for change in fields:
        if change.language is None:
            entry[change.field] = deepcopy(change.new)
        else:
            entry[change.field][change.language] = change.new


def _order(old: list[Document], new: list[Document], key: str) -> tuple[str, ...] | None:
    """Return the keys of ``new`` when they do not stand as the old ones did, followed by the added."""
    wanted = [entry[key] for entry in new]
    here = set(wanted)
    kept = [entry[key] for entry in old if entry[key] in here]
    known = set(kept)
    expected = [*kept, *(one for one in wanted if one not in known)]
    return None if wanted == expected else tuple(wanted)
