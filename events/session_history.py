"""What others did to a session after an editor had opened it, told so that she can decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.audit_reading import actor_of, label_of
from accounts.models import AuditEntry
from core import dates
from core.i18n import current_language
from events.models import Session


@dataclass(frozen=True, slots=True)
class FieldNow:
    """A field that others changed: what people call it, and what stands there now."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ChangeSince:
    """One saved change: by whom, when, and the names of the fields."""

    actor: str
    at: datetime
    fields: tuple[str, ...]


def changes_since(session: Session, version: int) -> Sequence[ChangeSince]:
    """Return what was saved to ``session`` after ``version``, the oldest first."""
    entries = AuditEntry.objects.filter(
        target_type=Session._meta.label_lower, target_id=str(session.pk)
    ).order_by("at", "id")
    return [
        ChangeSince(actor_of(entry), entry.at, tuple(name for name in entry.changes if name != "version"))
        for entry in entries
        if int(entry.changes.get("version", [0, 0])[1]) > version
    ]


def fields_now(session: Session, changes: Sequence[ChangeSince]) -> Sequence[FieldNow]:
    """Return each field that ``changes`` name once, with what stands in it now."""
    names = dict.fromkeys(name for change in changes for name in change.fields)
    return [FieldNow(name, field_label(name), shown(session, name)) for name in names]


def field_label(name: str) -> str:
    """Return what people call a field of a session: its verbose name, or ours for what is no column."""
    if name in {"people", "guests"}:
        return capfirst(_("people") if name == "people" else _("guests"))
    return label_of(Session, name)


def shown(session: Session, name: str) -> str:
    """Return the value of a session's field as an organizer reads it; nothing is an en dash."""
    if name == "people":
        parts = session.session_speakers.select_related("speaker")
        text = ", ".join(f"{part.speaker} ({part.get_role_display()})" for part in parts)
    elif name == "guests":
        text = ", ".join(str(guest) for guest in session.guests.all())
    elif name == "topics":
        text = ", ".join(str(topic) for topic in session.topics.all())
    elif name == "period":
        text = shown_period(session)
    elif name in {"spoken_languages", "interpretation"}:
        words = dict(Session._meta.get_field(name).base_field.choices)  # type: ignore[union-attr]
        text = ", ".join(str(words[code]) for code in getattr(session, name))
    elif hasattr(session, f"get_{name}_display"):
        text = str(getattr(session, f"get_{name}_display")())
    else:
        value = getattr(session, name)
        text = "" if value is None else str(value)
    return text or "–"


def shown_period(session: Session) -> str:
    """``Thứ Tư 23.12, 10:15–11:00`` in the forum's zone; nothing while unscheduled."""
    start, end = session.starts_at, session.ends_at
    if start is None or end is None:
        return ""
    zone = session.forum.zone
    day = dates.day(start.astimezone(zone).date(), current_language())
    return f"{day}, {dates.clock(start, zone)}–{dates.clock(end, zone)}"
