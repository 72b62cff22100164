"""The states of a booking and the steps between them. Nobody else writes ``BoothBooking.status``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.audit import record
from exhibitors.booking_signals import booking_changed
from exhibitors.errors import NotPossibleNow, ReasonMissing
from exhibitors.models import BoothBooking

if TYPE_CHECKING:
    from accounts.models import User

Status = BoothBooking.Status
# Who acted, in the words of the audit trail, when it was nobody with an account.
EXHIBITOR = "exhibitor"
TIME = "time limit"
WAITING_LIST = "waiting list"

NEXT: Mapping[str, frozenset[str]] = {
    Status.HELD: frozenset({Status.REQUESTED, Status.RELEASED, Status.EXPIRED}),
    Status.REQUESTED: frozenset({Status.ASKED, Status.OFFERED, Status.DECLINED, Status.RELEASED}),
    Status.ASKED: frozenset({Status.REQUESTED, Status.OFFERED, Status.DECLINED, Status.RELEASED}),
    Status.OFFERED: frozenset(
        {Status.ASKED, Status.ACCEPTED, Status.DECLINED, Status.RELEASED, Status.EXPIRED}
    ),
    Status.ACCEPTED: frozenset({Status.CONFIRMED, Status.RELEASED}),
    Status.CONFIRMED: frozenset({Status.RELEASED}),
}
# With an offer, the price is fixed.
PRICED = frozenset({Status.OFFERED, Status.ACCEPTED, Status.CONFIRMED})
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: somebody with an account, or whom ``label`` names in the audit trail."""

    user: User | None
    label: str = EXHIBITOR

    @property
    def recorded(self) -> dict[str, Any]:
        """The actor as core.audit.record wants it."""
        return {"actor": self.user, "actor_label": "" if self.user else self.label}


def said(reason: str) -> str:
    """Return what somebody gives as a reason, without blanks around it; raises ReasonMissing."""
    words = reason.strip()[:LONGEST_REASON]
    if not words:
        raise ReasonMissing
    return words


def step(row: BoothBooking, status: str, *, actor: Actor, reason: str = "", **fields: Any) -> None:
    """Bring a locked booking into ``status``, write it and record who did it and why.

    ``fields`` are written with it. Triggers free its booths and extras when it ends. Raises NotPossibleNow
    for a step that :data:`NEXT` does not know.
    """
    before = row.status
    if status not in NEXT.get(before, ()):
        raise NotPossibleNow
    change(row, status=status, reason=reason, **({"expires_at": None} | fields))
    changes = {"status": (before, str(status))}
    record(f"boothbooking.{status}", row, **actor.recorded, changes=changes, reason=reason)


def change(row: BoothBooking, **fields: Any) -> None:
    """Write fields of a locked booking, and count its revision up."""
    for name, value in fields.items():
        setattr(row, name, value)
    row.revision += 1
    row.save(update_fields=[*fields, "revision", "changed_at"])
    booking_changed.send(sender=BoothBooking, booking=row, fields=fields)
