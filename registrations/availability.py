"""How many places are left, and why: computed from the counts and the lines as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.models import Invitation, Registration, RegistrationType
from registrations.services.capacity import has_held_place

Status = Registration.Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """What whoever chooses a kind of attendance now may expect. ``left`` is None without any limit.

    ``left`` counts what a newcomer may take: places held for invitations and places that those who wait
    will be offered first are not hers. ``is_held`` says that her invitation keeps one for her, so that
    ``left`` are the uses it still has.
    """

    left: int | None
    capacity: int | None
    held: int
    waiting: int
    is_held: bool = False
    joins_waiting_list: bool = False
    needs_approval: bool = False
    reasons: list[str] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """True when there is no place for a newcomer now."""
        return self.left == 0

    @property
    def can_be_chosen(self) -> bool:
        """True when the form takes her: to a place, to the line or to the organizers' decision."""
        return not self.is_full or self.joins_waiting_list or self.needs_approval


@dataclass(slots=True)
class _Counts:
    """A type with what is due and not done yet: the next transaction does it before it looks."""

    kind: RegistrationType
    waiting: int
    freed: int  # by offers whose time is over and invitations that expired

    @property
    def own_left(self) -> int | None:
        kind = self.kind
        return None if kind.capacity is None else max(0, kind.capacity - kind.taken - kind.held + self.freed)

    @property
    def served(self) -> int:
        """How many in line the type itself has room for."""
        return self.waiting if self.own_left is None else min(self.waiting, self.own_left)


def availability_of(
    types: Iterable[RegistrationType], invitation: Invitation | None = None
) -> Mapping[int, Availability]:
    """Return, by primary key, what can be had of ``types`` by somebody with this ``invitation``. One query.

    The sentences are in the active language.
    """
    kinds = list(types)
    wanted = [kind.pk for kind in kinds]
    counts = {kind.pk: _counts(kind) for kind in _family(kinds)}
    families: dict[int, list[_Counts]] = {}
    for one in counts.values():
        if one.kind.quota_id is not None:
            families.setdefault(one.kind.quota_id, []).append(one)
    return {
        pk: _availability(counts[pk], families.get(counts[pk].kind.quota_id or 0, []), invitation)
        for pk in wanted
        if pk in counts
    }


def with_queues(types: QuerySet[RegistrationType]) -> QuerySet[RegistrationType]:
    """Read with each type who waits for it, and how many places are due to become free."""
    now = timezone.now()
    people = Registration.objects.filter(type=OuterRef("pk"), erased_at=None)
    stale = Invitation.objects.filter(
        type=OuterRef("pk"), is_active=True, reserves_places=True, expires_at__lte=now
    )
    return types.annotate(
        in_line=_number(people.filter(status=Status.WAITING), Count("pk")),
        lapsed=_number(people.filter(status=Status.OFFERED, offer_until__lte=now), Count("pk")),
        stale=_number(stale, Sum(F("max_uses") - F("places"))),
    )


def _family(kinds: Iterable[RegistrationType]) -> QuerySet[RegistrationType]:
    """Return the types as they stand now, with all that share a quota with them."""
    chosen = Q(pk__in=[kind.pk for kind in kinds])
    if quotas := {kind.quota_id for kind in kinds if kind.quota_id is not None}:
        chosen |= Q(quota__in=quotas)
    return with_queues(RegistrationType.objects.filter(chosen).select_related("quota"))


def _counts(kind: RegistrationType) -> _Counts:
    lapsed, stale = getattr(kind, "lapsed", 0), getattr(kind, "stale", 0)
    return _Counts(kind, waiting=getattr(kind, "in_line", 0), freed=lapsed + stale)


def _number(rows: QuerySet[Registration] | QuerySet[Invitation], figure: Count | Sum) -> Coalesce:
    grouped = rows.order_by().values("type").annotate(figure=figure).values("figure")
    return Coalesce(Subquery(grouped, output_field=IntegerField()), 0)


def _availability(one: _Counts, family: list[_Counts], invitation: Invitation | None) -> Availability:
    kind = one.kind
    if invitation is not None and has_held_place(invitation, kind.pk):
        return _held(one, invitation)
    limits: list[tuple[int, str]] = []
    own = one.own_left
    if own is not None:
        left = max(0, own - one.waiting)
        limits.append((left, _own_places(left, kind.capacity or 0)))
    if kind.quota is not None:
        quota = kind.quota
        free = quota.capacity - quota.taken - quota.held + sum(other.freed for other in family)
        left = max(0, free - sum(other.served for other in family))
        limits.append((left, _shared_places(left, quota.capacity)))
    left_now, sentence = min(limits, default=(None, ""))
    return Availability(
        left=left_now,
        capacity=kind.capacity,
        held=kind.held,
        waiting=one.waiting,
        joins_waiting_list=left_now == 0 and kind.has_waiting_list and not kind.needs_approval,
        needs_approval=kind.needs_approval,
        reasons=[text for text in (sentence, _held_for_others(kind.held), _in_line(one.waiting)) if text],
    )


def _held(one: _Counts, invitation: Invitation) -> Availability:
    """What somebody may expect whose invitation keeps places: nobody stands before her."""
    left = invitation.uses_left
    return Availability(
        left=left,
        capacity=one.kind.capacity,
        held=one.kind.held,
        waiting=one.waiting,
        is_held=left > 0,
        needs_approval=one.kind.needs_approval,
        reasons=[_("A place is held for you.")] if left else [],
    )


def _own_places(left: int, capacity: int) -> str:
    sentence = ngettext("%(left)d of %(all)d place left", "%(left)d of %(all)d places left", capacity)
    return sentence % {"left": left, "all": capacity}


def _shared_places(left: int, capacity: int) -> str:
    sentence = ngettext(
        "%(left)d of %(all)d place left that several kinds of attendance share",
        "%(left)d of %(all)d places left that several kinds of attendance share",
        capacity,
    )
    return sentence % {"left": left, "all": capacity}


def _held_for_others(held: int) -> str:
    sentence = ngettext("%(n)d place held for invitations", "%(n)d places held for invitations", held)
    return sentence % {"n": held} if held else ""


def _in_line(waiting: int) -> str:
    sentence = ngettext("%(n)d person is waiting", "%(n)d people are waiting", waiting)
    return sentence % {"n": waiting} if waiting else ""
