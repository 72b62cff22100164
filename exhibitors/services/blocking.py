"""Booths that organizers keep free, and booths that stay as they are while somebody has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.audit import record
from exhibitors.errors import BoothInUse, BoothKept
from exhibitors.models import BookedBooth, Booth
from exhibitors.services.claims import claiming, lock_claims, looking_again
from exhibitors.services.line import serve_line
from exhibitors.services.statuses import Actor, said

if TYPE_CHECKING:
    from accounts.models import User

LONGEST = 200


@looking_again
def block_booth(booth: Booth, *, by: User, reason: str) -> Booth:
    """Keep a booth free, and say why. Raises BoothInUse while anybody has it, for whatever time."""
    words = said(reason)[:LONGEST]
    with claiming():
        row = lock_claims(forum_id=booth.forum_id, booths=[booth.pk]).booths[booth.pk]
        if row.is_blocked:
            return row
        if BookedBooth.objects.filter(booth=row, is_live=True).exists():
            raise BoothInUse(row)
        keep_free(row, actor=Actor(by), reason=words)
    return row


def keep_free(row: Booth, *, actor: Actor, reason: str) -> None:
    """Block a locked booth that nobody has."""
    _write(row, is_blocked=True, reason=reason)
    record("booth.blocked", row, **actor.recorded, reason=reason)


def keep_as_agreed(booth: Booth) -> None:
    """Raise BoothKept when ``booth``, about to be written, has another type or hall and somebody has it.

    Call it in the transaction that writes the booth. The race: somebody takes it at this moment; so it is
    locked first, as whoever takes it does.
    """
    stored = Booth.objects.locked([booth.pk]).first()
    if stored is None:
        return
    for field in ("type", "hall"):
        is_other = getattr(stored, f"{field}_id") != getattr(booth, f"{field}_id")
        if is_other and BookedBooth.objects.filter(booth=stored, is_live=True).exists():
            raise BoothKept(stored, field=field)


@looking_again
def unblock_booth(booth: Booth, *, by: User) -> Booth:
    """Let a booth be had again; who waits for one like it comes first."""
    with claiming():
        claims = lock_claims(forum_id=booth.forum_id, booths=[booth.pk])
        row = claims.booths[booth.pk]
        if row.is_blocked:
            _write(row, is_blocked=False, reason="")
            record("booth.unblocked", row, **Actor(by).recorded)
            serve_line(claims)
    return row


def _write(row: Booth, *, is_blocked: bool, reason: str) -> None:
    row.is_blocked, row.block_reason = is_blocked, reason
    row.save(update_fields=["is_blocked", "block_reason"])
