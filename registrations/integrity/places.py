"""Places of types, shared quotas and invitations, and the lines for them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from registrations.models import Invitation, Quota, Registration, RegistrationType
from registrations.models.registration import LIVE, TAKING_PLACE

Status = Registration.Status


def places() -> Iterator[str]:
    """Places counted are places taken, by tickets and open offers, and never more than there are."""
    live = Count("registrations", filter=Q(registrations__status__in=TAKING_PLACE))
    kept = Invitation.objects.filter(type=OuterRef("pk"), is_active=True, reserves_places=True)
    sums = kept.order_by().values("type").annotate(n=Sum(F("max_uses") - F("places"))).values("n")
    rows = RegistrationType.objects.annotate(
        live=live, kept=Coalesce(Subquery(sums, output_field=IntegerField()), 0)
    )
    for kind in rows.order_by("pk"):
        found, held = getattr(kind, "live", 0), getattr(kind, "kept", 0)
        if found != kind.taken:
            yield f"{_kind(kind)}: {kind.taken} places are counted, {found} registrations hold one."
        if kind.capacity is not None and found > kind.capacity:
            yield f"{_kind(kind)}: {found} registrations hold {kind.capacity} places."
        if held != kind.held:
            yield f"{_kind(kind)}: {kind.held} places count as held, invitations hold {held}."


def _kind(kind: RegistrationType) -> str:
    return f"Registration type {kind.pk} ({kind.slug})"


def quotas() -> Iterator[str]:
    """What types share is the sum of what each of them counts."""
    sums = {
        "taken_there": Coalesce(Sum("types__taken"), 0),
        "held_there": Coalesce(Sum("types__held"), 0),
    }
    for quota in Quota.objects.annotate(**sums).order_by("pk"):
        taken, held = getattr(quota, "taken_there", 0), getattr(quota, "held_there", 0)
        if (quota.taken, quota.held) != (taken, held):
            yield (
                f"Quota {quota.pk} ({quota.name}): {quota.taken} taken and {quota.held} held are counted, "
                f"its types have {taken} and {held}."
            )
        if taken + held > quota.capacity:
            yield f"Quota {quota.pk} ({quota.name}): {taken + held} of {quota.capacity} places are gone."


def invitations() -> Iterator[str]:
    """Uses counted are live registrations made with the code, and nobody uses that of another forum."""
    used = Count("registrations", filter=Q(registrations__status__in=LIVE))
    placed = Count("registrations", filter=Q(registrations__status__in=TAKING_PLACE))
    for invitation in Invitation.objects.annotate(used=used, placed=placed).order_by("pk"):
        found = (getattr(invitation, "used", 0), getattr(invitation, "placed", 0))
        if (invitation.uses, invitation.places) != found:
            yield (
                f"Invitation {invitation.pk}: {invitation.uses} uses and {invitation.places} places are "
                f"counted, there are {found[0]} and {found[1]}."
            )
    strangers = Registration.objects.filter(invitation__isnull=False)
    for registration in strangers.exclude(forum=F("invitation__forum")).only("code"):
        yield f"Registration {registration.code}: it was made with an invitation of another forum."


def lines() -> Iterator[str]:
    """Nobody waits while a place that could serve her is free and still of use.

    While hundreds of new places are given on, this is true again only with the last of them.
    """
    now = timezone.now()
    waiting = Count("registrations", filter=Q(registrations__status=Status.WAITING) & _not_erased())
    left = Case(When(capacity=None, then=Value(None)), default=F("capacity") - F("taken") - F("held"))
    rows = RegistrationType.objects.annotate(in_line=waiting, left=left).filter(in_line__gt=0)
    for kind in rows.select_related("quota", "forum").order_by("pk"):
        quota, own = kind.quota, getattr(kind, "left", None)
        shared = quota.capacity - quota.taken - quota.held if quota else None
        free = min((number for number in (own, shared) if number is not None), default=1)
        is_over = min(kind.valid_until or kind.forum.last_day, kind.forum.last_day) < kind.forum.day_at(now)
        if free > 0 and not is_over:
            yield f"{_kind(kind)}: {getattr(kind, 'in_line', 0)} people wait although places are left."


def _not_erased() -> Q:
    return Q(registrations__erased_at=None)
