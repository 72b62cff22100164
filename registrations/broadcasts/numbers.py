"""What became of a mail to a group, counted in the outbox."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from outbox.models import Message
from registrations.broadcasts.sending import messages_of
from registrations.models import Broadcast

Status = Message.Status


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many mails are where. ``to_write`` are people for whom nothing lies in the outbox yet."""

    people: int
    to_write: int
    waiting: int
    sent: int
    failed: int
    withdrawn: int

    @property
    def is_moving(self) -> bool:
        """True as long as a number changes by itself."""
        return bool(self.to_write or self.waiting)

    @property
    def settled(self) -> int:
        """How many have come to an end, for a bar that grows."""
        return self.people - self.to_write - self.waiting


def numbers_of(broadcast: Broadcast) -> Numbers:
    """Return the numbers as they are now. One query."""
    counted = messages_of(broadcast).order_by().values_list("status").annotate(Count("pk"))
    by_status = dict(counted)
    is_filling = broadcast.status == Broadcast.Status.SENDING
    to_write = max(0, broadcast.total - broadcast.written) if is_filling else 0
    return Numbers(
        people=sum(by_status.values()) + to_write,
        to_write=to_write,
        waiting=by_status.get(Status.QUEUED, 0) + by_status.get(Status.SENDING, 0),
        sent=by_status.get(Status.SENT, 0),
        failed=by_status.get(Status.FAILED, 0),
        withdrawn=by_status.get(Status.WITHDRAWN, 0),
    )
