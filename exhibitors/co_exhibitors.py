"""Organizations that stand at another exhibitor's booth: invited by it, looked after by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.audit import record
from core.errors import DomainError
from core.locking import short_transaction
from exhibitors import mails_managers
from exhibitors.joining import SignUp, found_exhibitor, one_at_a_time, same_organizations
from exhibitors.models import Exhibitor, ExhibitorManager

if TYPE_CHECKING:
    from accounts.models import User

MOST_GUESTS = 20


class NoBooth(DomainError):
    """Nobody invites to a booth that is not hers."""

    def __init__(self) -> None:
        super().__init__(_("You can invite co-exhibitors as soon as you have applied for a booth."))


class GuestExhibitsAlready(DomainError):
    """The organization has a booth of its own, or stands at another one."""

    def __init__(self) -> None:
        super().__init__(
            _("This organization exhibits already. The organizers can bring both to one booth."),
            field="organization",
        )


class TooManyGuests(DomainError):
    """A limit against nonsense."""

    def __init__(self) -> None:
        super().__init__(_("At most %(number)s co-exhibitors stand at a booth.") % {"number": MOST_GUESTS})


def may_invite(exhibitor: Exhibitor) -> bool:
    """Say whether an exhibitor has a booth, or has applied for one; guests invite nobody. One query."""
    live = exhibitor.bookings.live().exclude(status="held")
    return exhibitor.host_id is None and live.exists()


def invite_guest(
    host: Exhibitor,
    *,
    names: Mapping[str, str],
    country: str,
    name: str,
    email: str,
    language: str,
    by: User | None,
) -> Exhibitor:
    """Make an organization an exhibitor at the booth of ``host`` and invite the person who looks after it.

    Visitors do not see it before she has accepted. Raises NoBooth, TooManyGuests and GuestExhibitsAlready.
    """
    with one_at_a_time(host.forum):
        if not may_invite(host):
            raise NoBooth
        if host.guests.count() >= MOST_GUESTS:
            raise TooManyGuests
        known = same_organizations(names, country)
        if Exhibitor.objects.filter(forum=host.forum_id, organization__in=known).exists():
            raise GuestExhibitsAlready
        sign_up = SignUp(names, country, name, email, "", language)
        guest = found_exhibitor(host.forum, sign_up, known, by=by, host=host)
        manager = ExhibitorManager.objects.create(
            exhibitor=guest, email=email, name=name, language=language, invited_by=by
        )
        record("exhibitormanager.invited", manager, actor=by, changes={"email": ("", email)})
        mails_managers.post_invitation(manager)
    return guest


def remove_guest(host: Exhibitor, guest: Exhibitor, *, by: User | None) -> None:
    """Let an exhibitor no longer stand at the booth of ``host``; visitors no longer see it.

    One that nobody has accepted for is deleted. A second call changes nothing.
    """
    with short_transaction():
        # The race: its manager accepts just now, and what was to be deleted is hers.
        row = Exhibitor.objects.select_for_update(of=("self",)).filter(pk=guest.pk, host=host).first()
        if row is None:
            return
        if not row.managers.accepted().exists() and not row.bookings.exists():
            record("exhibitor.deleted", row, actor=by, changes={"host": (str(host), "")})
            row.delete()
            return
        row.host, was_shown = None, row.is_published
        row.is_published = row.bookings.filter(status="confirmed").exists() and was_shown
        row.save(update_fields=["host", "is_published"])
        changes = {"host": (str(host), ""), "is_published": (was_shown, row.is_published)}
        record("exhibitor.changed", row, actor=by, changes=changes)
