"""Two organizers changed one session: what each wants, side by side."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import translation

from accounts.audit import as_text
from accounts.models import AuditEntry
from events.models import Session
from events.session_history import changes_since, field_label, shown


@dataclass(frozen=True, slots=True)
class Row:
    """A field as it is now and as the editor wants it; who changed it, and when, if anybody did.

    ``is_own`` when the editor changed it too: what she left alone keeps what the other made of it.
    """

    name: str
    label: str
    theirs: str
    yours: str
    by: str = ""
    at: datetime | None = None
    is_own: bool = True

    @property
    def differs(self) -> bool:
        """True when the editor's value would replace the other's."""
        return self.theirs != self.yours


@dataclass(frozen=True, slots=True)
class Comparison:
    """What others did to a session since the editor saw it, and what she wants.

    ``merged`` is the session, not saved, with her values over theirs: a field that she had left as it
    was before they changed it keeps theirs.
    """

    session: Session
    merged: Session
    rows: Sequence[Row]
    names: tuple[str, ...]

    @property
    def has_own(self) -> bool:
        """True when saving would change anything."""
        return any(row.differs for row in self.rows)


def compare(session: Session, seen_version: int, wanted: Mapping[str, Any]) -> Comparison:
    """Compare ``wanted`` (values by field, the editor's whole form) with ``session`` as it is now."""
    changes = changes_since(session, seen_version)
    last = {name: change for change in changes for name in change.fields}
    before = _before(session, seen_version)
    with translation.override("en"):  # as the trail writes the names of rooms and tracks
        own = {
            name: value
            for name, value in wanted.items()
            if name not in before or as_text(value) != before[name]
        }
    merged = copy.copy(session)
    for name, value in own.items():
        setattr(merged, name, value)
    rows = []
    for name in dict.fromkeys([*last, *own]):
        change = last.get(name)
        theirs = shown(session, name)
        yours = shown(merged, name)
        if change or theirs != yours:
            who, when = (change.actor, change.at) if change else ("", None)
            rows.append(Row(name, field_label(name), theirs, yours, who, when, is_own=name in own))
    return Comparison(session, merged, rows, tuple(dict.fromkeys(change.actor for change in changes)))


def _before(session: Session, version: int) -> dict[str, str]:
    """Return, as the trail wrote it, what each field that was changed since ``version`` held at that time."""
    entries = AuditEntry.objects.filter(
        target_type=Session._meta.label_lower, target_id=str(session.pk)
    ).order_by("-at", "-id")
    held: dict[str, str] = {}
    for entry in entries:
        if int(entry.changes.get("version", [0, 0])[1]) > version:
            held |= {name: pair[0] for name, pair in entry.changes.items()}
    return held
