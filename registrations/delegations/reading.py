"""A delegation as its lead and the organizers see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q
from django.utils import timezone

from registrations.models import Delegation, Invitation, Registration


@dataclass(frozen=True, slots=True)
class Overview:
    """Everybody of a delegation in the order of precedence; ``replacing`` maps members to who follows."""

    delegation: Delegation
    members: Sequence[Registration]
    former: Sequence[Registration]
    places: Sequence[Invitation]
    replacing: dict[str, Invitation]

    @property
    def counted(self) -> int:
        """How many of ``max_members`` are used: live members and places that are kept."""
        return len(self.members) + len(self.places)

    @property
    def left(self) -> int:
        """How many may still be added."""
        return max(0, self.delegation.max_members - self.counted)


def overview_of(delegation: Delegation) -> Overview:
    """Return the delegation with its members and places. Two queries."""
    people = list(
        Registration.objects.filter(delegation=delegation)
        .select_related("type", "forum__venue")
        .by_precedence()
    )
    now = timezone.now()
    invitations = list(
        Invitation.objects.filter(Q(delegation=delegation) | Q(replaces__delegation=delegation), uses=0)
        .select_related("type")
        .order_by(F("precedence").asc(nulls_last=True), "created_at", "pk")
    )
    usable = [invitation for invitation in invitations if invitation.is_usable_at(now)]
    return Overview(
        delegation,
        [person for person in people if person.is_live],
        [person for person in people if not person.is_live],
        [place for place in usable if place.replaces_id is None],
        {str(place.replaces_id): place for place in usable if place.replaces_id},
    )


def may_replace_at(delegation: Delegation, now: datetime) -> bool:
    """Say whether members may still be replaced: until the deadline, else until the forum begins."""
    if delegation.replacements_until:
        return now < delegation.replacements_until
    return delegation.forum.day_at(now) < delegation.forum.first_day
