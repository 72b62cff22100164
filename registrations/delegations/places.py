"""Places that are kept for members who are still to say who they are."""

from __future__ import annotations

import zlib
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.audit import record
from core.constraints import violated_constraint
from core.errors import DomainError
from core.locking import short_transaction
from core.moment_field import in_zone
from registrations import mails_delegation
from registrations.delegations.mail_limit import PLACE_SENT, see_that_mails_may_go
from registrations.delegations.opening import LEAD, open_row
from registrations.models import Delegation, Invitation, Registration, RegistrationType
from registrations.models.invitations import new_invitation_code
from registrations.occasion import occasion_of
from registrations.services.capacity import lock_places, settle

if TYPE_CHECKING:
    from accounts.models import User

# A place that nobody takes is given to others after this time, at the latest when the forum begins.
KEPT_FOR = timedelta(days=30)


class TooManyMembers(DomainError):
    """The delegation has no room for so many."""

    def __init__(self, left: int) -> None:
        sentence = ngettext(
            "The delegation may have %(n)s more member. Please ask the organizers if you need more.",
            "The delegation may have %(n)s more members. Please ask the organizers if you need more.",
            left,
        )
        super().__init__(sentence % {"n": left}, field="count")


class NotKept(DomainError):
    """The place was taken, given up or given to somebody else meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This place is not kept any more."))


class PlacesShort(DomainError):
    """There are fewer places than are wanted."""

    def __init__(self, kind: RegistrationType) -> None:
        super().__init__(
            _("As “%(type)s” there are not so many places left.") % {"type": kind.display_name}, field="count"
        )


def members_left(row: Delegation) -> int:
    """Return how many more fit into a delegation whose row the caller has locked. Two queries."""
    members = Registration.objects.live().filter(delegation=row).count()
    return row.max_members - members - open_places(row).count()


def open_places(delegation: Delegation) -> models.QuerySet[Invitation]:
    """Return the places that are kept and not taken yet."""
    kept = Invitation.objects.filter(delegation=delegation, replaces=None, uses=0, is_active=True)
    return kept.exclude(expires_at__lte=timezone.now())


def keep_places(
    delegation: Delegation,
    *,
    type: RegistrationType,  # noqa: A002 # the word of the form, the admin and the model
    count: int,
    by: User | None = None,
) -> list[Invitation]:
    """Keep ``count`` places. Raises TooManyMembers, PlacesShort, DelegationClosed and Busy."""
    occasion = occasion_of(delegation.forum)
    try:
        with short_transaction():
            # The race: two leads at the last places. Whoever owns them is locked before they are counted.
            places = lock_places([type.pk])
            settle(places, occasion)
            row = open_row(delegation)
            left = members_left(row)
            if count > left:
                raise TooManyMembers(max(0, left))
            free = places.left(type.pk) if places.has_room(type.pk) else 0
            if free is not None and count > free:
                raise PlacesShort(type)
            until = kept_until(row, timezone.now())
            kept = [
                Invitation.objects.create(
                    forum=row.forum,
                    type=type,
                    delegation=row,
                    reserves_places=True,
                    expires_at=until,
                    language=row.language,
                )
                for _each in range(count)
            ]
            changes = {"places": ("", count), "type": ("", type.slug)}
            record("delegation.places_kept", row, actor=by, actor_label="" if by else LEAD, changes=changes)
    except IntegrityError as error:
        if violated_constraint(error) in {"registration_type_not_oversold", "quota_not_oversold"}:
            raise PlacesShort(type) from error
        raise
    return kept


def kept_until(row: Delegation, now: datetime) -> datetime:
    """Return until when a place is kept whose person has not answered."""
    begins = in_zone(datetime.combine(row.forum.first_day, time()), row.forum.zone)
    return max(min(now + KEPT_FOR, begins), now + timedelta(days=1))


def send_place(place: Invitation, *, name: str, email: str, language: str, by: User | None = None) -> None:
    """Write to a person how she takes the place; the one written to before can no longer.

    Raises DelegationClosed, NotKept and TooManyMails.
    """
    occasion = occasion_of(place.forum)
    with short_transaction():
        row = _kept(place)
        assert row.delegation  # noqa: S101 # _kept takes no other
        delegation = open_row(row.delegation)
        if by is None:
            see_that_mails_may_go(delegation, 1)
        if row.email and row.email != email:
            # A new code: the address written to before must not take the place.
            row.code = new_invitation_code()
        row.name, row.email, row.language, row.sent_at = name, email, language, timezone.now()
        row.save(update_fields=["name", "email", "language", "sent_at", "code"])
        # Two clicks within a minute are one mail; another address gets its own.
        occurrence = f"{row.sent_at:%Y%m%d%H%M}:{zlib.crc32(email.encode()):x}"
        mails_delegation.post_place(row, delegation, occasion, occurrence=occurrence)
        record(PLACE_SENT, delegation, actor=by, actor_label="" if by else LEAD)


def give_up_place(place: Invitation, *, by: User | None = None) -> None:
    """Give a kept place to whoever waits for one, or back to everybody.

    Raises DelegationClosed, NotKept and Busy.
    """
    occasion = occasion_of(place.forum)
    with short_transaction():
        places = lock_places([place.type_id])
        row = _kept(place)
        assert row.delegation  # noqa: S101 # _kept takes no other
        delegation = open_row(row.delegation)
        row.is_active = False
        row.save(update_fields=["is_active"])
        places.count_held(row.type_id, -1)
        settle(places, occasion)
        record("delegation.place_given_up", delegation, actor=by, actor_label="" if by else LEAD)


def _kept(place: Invitation) -> Invitation:
    """Return the place as it stands now, locked; raises NotKept for one that is no longer there."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("type", "delegation", "forum")
    row = rows.filter(pk=place.pk, delegation__isnull=False).first()
    if row is None or not row.is_usable_at(timezone.now()):
        raise NotKept
    return row
