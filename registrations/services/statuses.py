"""The states of a registration and the steps between them. Nobody else writes ``Registration.status``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from core.audit import record
from registrations.errors import NotLive, NotPossibleNow
from registrations.models import Registration

if TYPE_CHECKING:
    from accounts.models import User

Status = Registration.Status

# Who acted, in the words of the audit trail, when it was nobody with an account.
VISITOR = "visitor"
HOLDER = "ticket holder"

NEXT: Mapping[str, frozenset[str]] = {
    Status.PENDING: frozenset({Status.CONFIRMED, Status.WAITING, Status.DECLINED, Status.CANCELLED}),
    # Confirmed: as another kind of attendance that has a place.
    Status.WAITING: frozenset({Status.OFFERED, Status.CONFIRMED, Status.DECLINED, Status.CANCELLED}),
    Status.OFFERED: frozenset({Status.CONFIRMED, Status.EXPIRED, Status.CANCELLED}),
    Status.CONFIRMED: frozenset({Status.CANCELLED}),
}
ACTIONS: Mapping[str, str] = {
    Status.CONFIRMED: "registration.confirmed",
    Status.WAITING: "registration.put_on_waiting_list",
    Status.OFFERED: "registration.offered",
    Status.CANCELLED: "registration.cancelled",
    Status.DECLINED: "registration.declined",
    Status.EXPIRED: "registration.expired",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: somebody with an account, or whom ``label`` names in the audit trail."""

    user: User | None
    label: str = HOLDER

    @property
    def recorded(self) -> dict[str, Any]:
        """The actor as core.audit.record wants it."""
        return {"actor": self.user, "actor_label": "" if self.user else self.label}


def move(
    row: Registration, status: Registration.Status, *, actor: Actor, reason: str = "", **fields: Any
) -> None:
    """Bring a locked registration into ``status``, write it and record who did it and why.

    ``fields`` are written with it. A trigger in the database counts the place. Raises NotLive for a
    registration that has ended, and NotPossibleNow for a step that :data:`NEXT` does not know.
    """
    if row.is_cancelled or row.erased_at:
        raise NotLive
    before = Status(row.status)
    if status not in NEXT[before]:
        raise NotPossibleNow
    changed = {"status": status, "offer_until": None} | fields
    if status not in NEXT:  # it ends
        changed |= {
            "cancelled_at": timezone.now(),
            "cancel_reason": reason[:200],
            "calendar_sequence": row.calendar_sequence + 1,
        }
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    changes = {"status": (before.value, status.value)}
    record(ACTIONS[status], row, **actor.recorded, changes=changes, reason=reason)
