"""What else somebody who is registered may attend as, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from registrations.availability import Availability, availability_of, with_queues
from registrations.models import Registration, RegistrationType

Status = Registration.Status
# An offer is accepted or declined first.
_MAY_CHANGE = (Status.CONFIRMED, Status.PENDING, Status.WAITING)


@dataclass(frozen=True, slots=True)
class OtherKinds:
    """The kinds that are offered now besides one's own, each in one of the three lists.

    ``choosable`` can be chosen. ``full`` have no place, and ``decided`` are those about which organizers
    decide: nobody gives up a place, or a place in line, for an application. ``places`` are by key.
    """

    choosable: Sequence[RegistrationType]
    full: Sequence[RegistrationType]
    decided: Sequence[RegistrationType]
    places: Mapping[int, Availability]

    @property
    def full_places(self) -> list[tuple[RegistrationType, Availability]]:
        """The full kinds, each with what is known of its places and its line."""
        return [(kind, self.places[kind.pk]) for kind in self.full]


def other_kinds(registration: Registration) -> OtherKinds:
    """Return what ``registration`` may be changed to. One query, one more with shared quotas."""
    if registration.status not in _MAY_CHANGE:
        return OtherKinds([], [], [], {})
    offered = with_queues(RegistrationType.objects.offered(registration.forum))
    kinds = [kind for kind in offered if kind.pk != registration.type_id]
    found = availability_of(kinds)
    places = {kind.pk: _for_holder(registration, kind, found[kind.pk]) for kind in kinds}
    applies = registration.status == Status.PENDING
    decided = [kind for kind in kinds if kind.needs_approval and not applies]
    others = [kind for kind in kinds if not kind.needs_approval]
    full = [kind for kind in others if places[kind.pk].is_full]
    shut = {kind.pk for kind in (*decided, *full)}
    return OtherKinds([kind for kind in kinds if kind.pk not in shut], full, decided, places)


def _for_holder(registration: Registration, kind: RegistrationType, place: Availability) -> Availability:
    """Return what there is for somebody who gives back a place that two kinds share."""
    if kind.needs_approval:
        sentence = _("The organizers decide on each application and write to you.")
        return replace(place, reasons=[sentence])
    shares = registration.is_confirmed and kind.quota_id is not None
    if not shares or kind.quota_id != registration.type.quota_id or not place.is_full or place.waiting:
        return place
    own_left = kind.capacity is None or kind.capacity > kind.taken + kind.held
    return (
        replace(place, left=1, reasons=[_("Your place serves for this kind as well.")]) if own_left else place
    )
