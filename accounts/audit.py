"""Writes the audit trail: listens to ``core.audit.recorded``, and tells what differs between two states.

The receiver runs in the transaction of the caller, so that a change and its entry are one: both are
committed or neither.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone, translation

from accounts.models import AuditEntry, User
from accounts.permissions import forum_id_of

# One state of a thing: column or relation → its value as text.
State = dict[str, str]
Changes = dict[str, tuple[str, str]]

# What these hold is nobody's business, also not that of people who read the trail.
SECRET_FIELDS = frozenset({"password"})
HIDDEN = "•••"
# Columns that say when or how often a row was written, and nothing about the thing.
HOUSEKEEPING = frozenset({"changed_at", "last_login", "version"})


def write_entry(
    sender: type[models.Model],
    *,
    action: str,
    target: models.Model,
    actor: User | None,
    actor_label: str,
    changes: Mapping[str, tuple[Any, Any]],
    reason: str,
    **kwargs: Any,
) -> None:
    """Receive ``core.audit.recorded`` and add one row to the trail."""
    # A label is read years later by somebody else: it is not written in the actor's language of today.
    with translation.override("en"):
        AuditEntry.objects.create(
            actor=actor,
            actor_label=(actor_label or _actor_label(actor))[:250],
            action=action,
            target_type=target._meta.label_lower,
            target_id=str(target.pk),
            target_label=str(target)[:250],
            forum_id=forum_id_of(target),
            changes={name: [as_text(before), as_text(after)] for name, (before, after) in changes.items()},
            reason=reason,
        )


def _actor_label(actor: User | None) -> str:
    if actor is None:
        return "the site itself"
    return f"{actor.name} <{actor.email}>" if actor.name else actor.email


def as_text(value: Any) -> str:
    """Return ``value`` as the trail stores it: nothing as ``""``, no NUL, which PostgreSQL refuses."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date | time):
        if isinstance(value, datetime) and timezone.is_aware(value):
            value = value.astimezone(UTC)  # one instant, one spelling
        return value.isoformat()
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(as_text(item) for item in value)
    if isinstance(value, models.Model):
        return f"{value} ({value.pk})"
    if isinstance(value, (str, int, float, Decimal, uuid.UUID)):
        return str(value).replace("\x00", "")
    if hasattr(value, "lower") and hasattr(value, "upper"):  # a range of PostgreSQL
        return f"{as_text(value.lower)} – {as_text(value.upper)}"
    return str(value).replace("\x00", "")


def state_of(obj: models.Model) -> State:
    """Return every stored column of ``obj`` as text: three per translated text, related things by name.

    Reads the relations of ``obj``, one query each that is not loaded yet.
    """
    state: State = {}
    with translation.override("en"):
        for field in obj._meta.concrete_fields:
            if field.name in HOUSEKEEPING or field.primary_key or _is_written_per_language(obj, field.name):
                continue
            if field.name in SECRET_FIELDS:
                state[field.name] = str(hash(getattr(obj, field.attname)))
            elif field.is_relation:
                state[field.name] = as_text(getattr(obj, field.name))
            else:
                state[field.name] = as_text(field.value_from_object(obj))
        for relation in obj._meta.many_to_many:
            names = sorted(as_text(other) for other in getattr(obj, relation.name).all())
            state[relation.name] = ", ".join(names)
    return state


def _is_written_per_language(obj: models.Model, name: str) -> bool:
    """True for ``title`` where ``title_vi``, ``title_ko`` and ``title_en`` are the real columns."""
    return any(field.name == f"{name}_en" for field in obj._meta.concrete_fields)


def difference(before: State, after: State) -> Changes:
    """Return what differs between two states as ``{name: (before, after)}``, without what a secret was."""
    changes = {
        name: (before.get(name, ""), after.get(name, ""))
        for name in [*after, *(name for name in before if name not in after)]
        if before.get(name, "") != after.get(name, "")
    }
    return {
        name: (HIDDEN, HIDDEN) if name.rsplit(" ", 1)[-1] in SECRET_FIELDS else pair
        for name, pair in changes.items()
    }
