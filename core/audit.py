"""Say that something was changed, by whom; the accounts app writes it down.

A signal stands between, so that every app, also the lowest, can report without importing the app that
keeps the trail. The receiver runs in the caller's transaction: a change and its audit row are one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.dispatch import Signal

recorded = Signal()


def record(
    action: str,
    target: models.Model,
    *,
    actor: models.Model | None,
    actor_label: str = "",
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    reason: str = "",
) -> None:
    """Record that ``actor`` did ``action`` (``"session.moved"``) to ``target``.

    ``actor`` is a user, or None with an ``actor_label`` such as ``"ticket holder"`` or ``"load_demo"``.
    ``changes`` maps field names to ``(before, after)``; the values are stored as text.
    Raises LookupError when nobody keeps the trail: a silent loss is worse than a failed change.
    """
    if not recorded.receivers:
        raise LookupError("No app listens to core.audit.recorded; the audit trail would be lost.")
    recorded.send(
        sender=type(target),
        action=action,
        target=target,
        actor=actor,
        actor_label=actor_label,
        changes=dict(changes or {}),
        reason=reason,
    )
