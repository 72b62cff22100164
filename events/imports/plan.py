"""What an import would do: read by a person, then written exactly so or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from django.utils.translation import override

from core import dates
from core.i18n import choose, current_language
from events.imports.draft import SessionState
from events.imports.rows import Refused, Sentence, Texts

# What is looked at when a session is compared with its row; the slug, once given, stays.
COMPARED = tuple(
    part.name for part in fields(SessionState) if part.name not in {"uid", "slug", "version", "is_demo"}
)


@dataclass(frozen=True, slots=True)
class NewThing:
    """A room, track, topic or person that has to be there first. ``columns`` are those of its model."""

    slug: str
    columns: Mapping[str, Any]

    @property
    def label(self) -> str:
        """The name, in the active language where it has one."""
        if "name" in self.columns:
            return str(self.columns["name"])
        texts = {code: str(self.columns.get(f"name_{code}", "")) for code in ("vi", "ko", "en")}
        return str(choose(texts)) or self.slug


@dataclass(frozen=True, slots=True)
class Planned:
    """A session to be written: ``after`` is all of it; ``before`` is None for a new one."""

    line: int
    after: SessionState
    before: SessionState | None = None

    @property
    def label(self) -> str:
        """The title in the active language, or in the one there is."""
        return str(choose(self.after.title))

    @property
    def moves(self) -> bool:
        """True when it wants a place that it does not have yet."""
        old, new = self.before, self.after
        if old is None or not old.holds_a_room:
            return True
        return (old.room, old.start, old.end) != (new.room, new.start, new.end)

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of what differs."""
        before = self.before
        if before is None:
            return ()
        return tuple(name for name in COMPARED if getattr(before, name) != getattr(self.after, name))


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that an import would do to one draft, and what it would not and why."""

    additions: tuple[Planned, ...] = ()
    changes: tuple[Planned, ...] = ()
    unchanged: int = 0
    refused: tuple[Refused, ...] = ()
    # Sessions of the draft that the file does not name; they stay.
    untouched: int = 0
    rooms: tuple[NewThing, ...] = ()
    tracks: tuple[NewThing, ...] = ()
    topics: tuple[NewThing, ...] = ()
    people: tuple[NewThing, ...] = ()
    notices: tuple[Sentence, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True when there is nothing to write."""
        return not (self.additions or self.changes)

    @property
    def digest(self) -> str:
        """SHA-256 of what the plan does: two plans with one digest write the same and refuse the same."""
        with override("en"):
            written = json.dumps(asdict(self), default=str, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(written.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ShownDay:
    """A day that is written in the language of whoever reads it."""

    day: date

    def __str__(self) -> str:
        return dates.day(self.day, current_language())


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text in three languages, in the one of whoever reads it."""

    texts: Texts

    def __str__(self) -> str:
        return str(choose(self.texts))
