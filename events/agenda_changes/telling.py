"""The differences of two agenda documents in the reader's words, so that she can decide what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core import dates
from core.countries import country_name
from core.i18n import Localized, choose, current_language
from events.agenda_changes.difference import (
    FRAMES,
    AgendaChanges,
    ChangeKind,
    FieldChange,
    SessionChange,
    ThingChange,
    has_moved,
    is_text,
)
from events.agenda_changes.labels import kind_of, label_of, name_of, order_of
from events.agenda_changes.words import Pieces, marked
from events.agenda_document import Document, upgraded
from events.models import Session, SessionSpeaker, Track

VERBS: Mapping[str, str | Promise] = {
    ChangeKind.ADDED: pgettext_lazy("a session in a release", "new"),
    ChangeKind.REMOVED: gettext_lazy("taken out"),
    ChangeKind.CANCELLED: gettext_lazy("cancelled"),
    ChangeKind.REINSTATED: gettext_lazy("takes place again"),
    ChangeKind.MOVED: gettext_lazy("moved"),
    ChangeKind.CHANGED: gettext_lazy("changed"),
}
IN_ORDER = (
    ChangeKind.MOVED,
    ChangeKind.CANCELLED,
    ChangeKind.REMOVED,
    ChangeKind.REINSTATED,
    ChangeKind.ADDED,
    ChangeKind.CHANGED,
)
# Told together, as one line of when and where.
PLACE = ("start", "end", "room")


@dataclass(frozen=True, slots=True)
class ToldField:
    """A field before and after, with the differing words marked. ``language`` is that of a text."""

    name: str
    label: str
    language: str | None
    old: Pieces
    new: Pieces

    @property
    def new_text(self) -> str:
        """What stands there now; nothing is an en dash."""
        return "".join(piece.text for piece in self.new) or "–"


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One session or thing that differs. ``place`` is when and where a session is, or last was."""

    kind: str
    verb: str
    where: str
    what: str
    key: str
    title: Localized
    place: str
    fields: tuple[ToldField, ...]


@dataclass(frozen=True, slots=True)
class ToldGroup:
    """The sessions to which the same happened."""

    kind: str
    verb: str
    changes: tuple[ToldChange, ...]


@dataclass(frozen=True, slots=True)
class ToldChanges:
    """All that differs."""

    sessions: tuple[ToldChange, ...]
    things: tuple[ToldChange, ...]

    def __len__(self) -> int:
        return len(self.sessions) + len(self.things)

    @property
    def groups(self) -> list[ToldGroup]:
        """The sessions by what happened to them, what people would miss first."""
        found = [(kind, tuple(one for one in self.sessions if one.kind == kind)) for kind in IN_ORDER]
        return [ToldGroup(kind.value, str(VERBS[kind]), those) for kind, those in found if those]


def told(changes: AgendaChanges, old: Document | None, new: Document) -> ToldChanges:
    """Tell ``changes`` from ``old`` to ``new`` in the active language."""
    new = upgraded(new)
    teller = Teller(upgraded(old) if old else new, new)
    return ToldChanges(
        tuple(teller.session(change) for change in changes.sessions), tuple(teller.around(changes))
    )


class Teller:
    """Tells what two documents say; each names its own rooms, tracks and people."""

    def __init__(self, old: Document, new: Document) -> None:
        self.old, self.new = _Names(old), _Names(new)

    def session(self, change: SessionChange) -> ToldChange:
        """Tell of one session."""
        before, after = change.before, change.after
        names = self.old if after is None else self.new
        return ToldChange(
            kind=change.kind.value,
            verb=str(VERBS[change.kind]),
            where="sessions",
            what=kind_of("sessions"),
            key=change.uid,
            title=choose(change.session["title"]),
            place=names.place(change.session, with_year=names.is_another_year(change.session)),
            fields=tuple(self.fields(before, after, change.fields)) if before and after else (),
        )

    def around(self, changes: AgendaChanges) -> Iterator[ToldChange]:
        """Tell of what stands around the sessions."""
        here = current_language()
        for where in FRAMES:
            if where in changes.frames:
                fields = tuple(self._field(where, change) for change in changes.frames[where])
                name = choose(self.new.document[where]["name"])
                yield _around(ChangeKind.CHANGED, where, where, name, fields)
        for change in changes.things:
            yield self._thing(change)
        for where in changes.reordered:
            name = Localized(order_of(where), here, here)
            yield _around(ChangeKind.CHANGED, "", where, name, ())

    def fields(
        self, before: Document, after: Document, changes: tuple[FieldChange, ...]
    ) -> Iterator[ToldField]:
        """Tell the fields of a session that differ, when and where it is first."""
        if any(change.field in PLACE for change in changes):
            yield self.place(before, after)
        for change in changes:
            if change.field not in PLACE and not _is_told_by_its_kind(change):
                yield self._field("sessions", change)

    def place(self, before: Document, after: Document) -> ToldField:
        """Tell when and where a session was and is; the year where the two differ in it."""
        years = {_local(names, session).year for names, session in ((self.old, before), (self.new, after))}
        with_year = len(years) > 1
        pieces = marked(
            self.old.place(before, with_year=with_year), self.new.place(after, with_year=with_year)
        )
        label = label_of("sessions", "place" if has_moved(before, after) else "room")
        return ToldField("place", capfirst(label), None, *pieces)

    def full_place(self, session: Document, *, is_new: bool) -> str:
        """Tell when and where a session of the new document is, or of the old one, with the year."""
        return (self.new if is_new else self.old).place(session, with_year=True)

    def _thing(self, change: ThingChange) -> ToldChange:
        thing = change.after or change.before or {}
        here = current_language()
        name = choose(thing["name"]) if is_text(thing["name"]) else Localized(name_of(thing), here, here)
        fields = tuple(self._field(change.where, field) for field in change.fields)
        return _around(change.kind, change.where, change.slug, name, fields)

    def _field(self, where: str, change: FieldChange) -> ToldField:
        if change.language:
            pieces = marked(change.old, change.new)
        else:
            pieces = marked(
                self.old.value(change.field, change.old), self.new.value(change.field, change.new)
            )
        return ToldField(change.field, capfirst(label_of(where, change.field)), change.language, *pieces)


def _around(
    kind: ChangeKind, where: str, key: str, name: Localized, fields: tuple[ToldField, ...]
) -> ToldChange:
    what = kind_of(where) if where else ""
    return ToldChange(kind.value, str(VERBS[kind]), where, what, key, name, "", fields)


def _is_told_by_its_kind(change: FieldChange) -> bool:
    """Tell a cancellation, or one taken back: the verb says it."""
    return change.field == "state" and Session.State.CANCELLED in (change.old, change.new)


class _Names:
    """What the slugs of one document stand for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.zone = ZoneInfo(document["forum"]["time_zone"])
        self.things = {
            where: {thing["slug"]: thing for thing in document[where]}
            for where in ("rooms", "tracks", "topics", "speakers")
        }

    def place(self, session: Document, *, with_year: bool) -> str:
        """``Wednesday 23 December, 10:15–11:00, Main hall``; both days when it lasts past midnight."""
        language = current_language()
        day = dates.full_day if with_year else dates.day
        start, end = _local(self, session), _local(self, session, "end")
        first, last = dates.clock(start, self.zone), dates.clock(end, self.zone)
        when = f"{day(start.date(), language)}, {first}–{last}"
        if start.date() != end.date():
            when = f"{day(start.date(), language)}, {first} – {day(end.date(), language)}, {last}"
        room = self.named("rooms", session["room"])
        return f"{when}, {room}" if room else when

    def is_another_year(self, session: Document) -> bool:
        """Tell whether a session is in another year than the forum."""
        return str(_local(self, session).year) != self.document["forum"]["main_day"][:4]

    def named(self, where: str, slug: str | None) -> str:
        """Return the name behind a slug, ``""`` for none."""
        thing = self.things[where].get(slug or "")
        return name_of(thing) if thing else ""

    def value(self, field: str, value: Any) -> str:
        """Return a field's value as an organizer reads it; nothing is ``""``."""
        if value is None or value in ("", []):
            return ""
        if field in _WORDS:
            return str(_WORDS[field](value).label)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list):
            return ", ".join(self._entry(field, entry) for entry in value)
        if field == "track":
            return self.named("tracks", value)
        if field == "country":
            return country_name(value, current_language())
        # Of a portrait's address a reader needs to know that it is another one.
        return str(value).rsplit("/", 1)[-1] if field == "portrait" else str(value)

    def _entry(self, field: str, entry: Any) -> str:
        """Return one of several values: a topic, a language, a person, a file."""
        if field == "topics":
            return self.named("topics", entry)
        if field == "people":
            return self.part(entry)
        return str(entry["title"] if field == "materials" else dict(settings.LANGUAGES)[entry])

    def part(self, part: Document) -> str:
        """``Kim Ha-na (chair)``."""
        return f"{self.named('speakers', part['speaker'])} ({SessionSpeaker.Role(part['role']).label})"


_WORDS: Mapping[str, Any] = {
    "kind": Session.Kind,
    "state": Session.State,
    "visibility": Session.Visibility,
    "weave": Track.Weave,
}


def _local(names: _Names, session: Document, edge: str = "start") -> datetime:
    return datetime.fromisoformat(session[edge]).astimezone(names.zone)
