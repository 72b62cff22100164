"""Places: who may take one now, and who is next when one becomes free.

Order of locks in every transaction: quotas, types, invitations, delegations, registrations, sessions,
doors; several of a kind in the order of their keys. Whoever frees a place also gives it on, in the same
transaction: there is no moment in which a free place and somebody who waits for it stand side by side.
Only when an organizer adds places by the hundred are they given on in several transactions, so that
nobody else waits long; until then the line stands before every newcomer, and goes on from its head.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from core.audit import record
from core.locking import Busy, short_transaction
from events.models import Forum
from outbox.wake import call_on_commit
from registrations import mails_places
from registrations.models import Invitation, Quota, Registration, RegistrationType
from registrations.occasion import Occasion, occasion_of
from registrations.seat_wishes import leave_lines
from registrations.services.statuses import Actor, move

Status = Registration.Status
# Who acted, in the words of the audit trail, when nobody did: time passed or a place became free.
WAITING_LIST = "waiting list"
# How many places one transaction offers at most: a second's work, for which everybody else waits.
MOST_AT_ONCE = 100
SETTLE = "registrations.tasks.settle_places"

# Asked in every transaction that takes or frees a place; Django would take ten times as long to write it
# as PostgreSQL to answer it.
_QUEUES = """
SELECT kind.id,
       EXISTS (SELECT FROM registrations_registration r
               WHERE r.type_id = kind.id AND r.status = 'waiting'),
       EXISTS (SELECT FROM registrations_registration r
               WHERE r.type_id = kind.id AND r.status = 'offered' AND r.offer_until <= %(now)s),
       EXISTS (SELECT FROM registrations_invitation i
               WHERE i.type_id = kind.id AND i.is_active AND i.reserves_places AND i.expires_at <= %(now)s)
FROM unnest(%(types)s::bigint[]) AS kind (id)
"""


class Places:
    """Types whose places change hands, and everything that shares a quota with them, locked.

    ``waiting``, ``lapsed`` and ``stale`` are the keys of types with people in line, with offers that
    nobody accepted in time, and with expired invitations that still hold places.
    """

    def __init__(
        self, types: Mapping[int, RegistrationType], quotas: Mapping[int, Quota], now: datetime
    ) -> None:
        self.types = types
        self.quotas = quotas
        self.now = now
        self.waiting: set[int] = set()
        self.lapsed: set[int] = set()
        self.stale: set[int] = set()
        self._look_at_queues()

    def __getitem__(self, type_id: int) -> RegistrationType:
        return self.types[type_id]

    def _look_at_queues(self) -> None:
        # After the locks, in a statement of its own: only so it sees what those before us wrote.
        with connection.cursor() as cursor:
            cursor.execute(_QUEUES, {"types": list(self.types), "now": self.now})
            for pk, *states in cursor.fetchall():
                for found, keys in zip(states, (self.waiting, self.lapsed, self.stale), strict=True):
                    if found:
                        keys.add(pk)

    def left(self, type_id: int, *, given_back: RegistrationType | None = None) -> int | None:
        """Return how many places the type and its quota leave; None without limit.

        A place of the type ``given_back`` counts as free already.
        """
        kind = self.types[type_id]
        left = []
        if kind.capacity is not None:
            own = given_back is not None and given_back.pk == type_id
            left.append(kind.capacity - kind.taken - kind.held + own)
        if kind.quota_id is not None:
            quota = self.quotas[kind.quota_id]
            shared = given_back is not None and given_back.quota_id == kind.quota_id
            left.append(quota.capacity - quota.taken - quota.held + shared)
        return max(0, min(left)) if left else None

    def is_full(self, type_id: int) -> bool:
        """True when nobody may take a place that is not held for her."""
        return self.left(type_id) == 0

    def has_room(self, type_id: int) -> bool:
        """True when a newcomer may take a place: one is left, and nobody waits for it."""
        return not self.is_full(type_id) and type_id not in self.waiting

    def count_taken(self, type_id: int, change: int) -> None:
        """Follow what the database counted after a place was taken (1) or freed (-1)."""
        kind = self.types[type_id]
        kind.taken += change
        if kind.quota_id is not None:
            self.quotas[kind.quota_id].taken += change

    def count_held(self, type_id: int, change: int) -> None:
        """Follow what the database counted after an invitation began or ceased to hold places."""
        kind = self.types[type_id]
        kind.held += change
        if kind.quota_id is not None:
            self.quotas[kind.quota_id].held += change

    def follow(self, row: Registration, change: int) -> None:
        """Follow what the database counted after ``row`` took a place (1) or gave it back (-1)."""
        self.count_taken(row.type_id, change)
        invitation = row.invitation
        if invitation and invitation.reserves_places and invitation.is_active:
            invitation.places += change
            if invitation.type_id in self.types:
                self.count_held(invitation.type_id, -change)


def lock_places(type_ids: Iterable[int], *, may_share: bool = True) -> Places:
    """Lock the types, their quotas and whatever shares those, until the transaction ends.

    The race: many people see the last place at once, and somebody waits for it longer than any of them.
    Each comes here first, so each reads counts and queues that nobody else can change until she is done.
    Call it inside :func:`core.locking.short_transaction`. Three queries; two when the caller has read that
    none of the types shares a quota (``may_share``), which is looked at again under the lock.
    """
    wanted = list(type_ids)
    quotas = {quota.pk: quota for quota in Quota.objects.locked_of(wanted)} if may_share else {}
    types = {kind.pk: kind for kind in RegistrationType.objects.locked(wanted, quotas)}
    if any(kind.quota_id is not None and kind.quota_id not in quotas for kind in types.values()):
        # An organizer put a type under a quota between the two statements.
        raise Busy
    return Places(types, quotas, timezone.now())


def settle(places: Places, occasion: Occasion) -> list[Registration]:
    """Do what is due: end offers whose time is over, free what expired codes hold, offer what is free.

    Every transaction that takes or frees a place begins with it. Nothing is asked of the database when
    nothing is due. Returns whom a place was offered.
    """
    if places.lapsed:
        _end_lapsed_offers(places, occasion)
    if places.stale:
        _release_expired_invitations(places)
    return promote(places, occasion)


def _end_lapsed_offers(places: Places, occasion: Occasion) -> None:
    lapsed = Registration.objects.filter(
        type__in=places.lapsed, status=Status.OFFERED, offer_until__lte=places.now
    )
    for row in _to_change(lapsed).order_by("pk"):
        row.type = places[row.type_id]
        move(row, Status.EXPIRED, actor=Actor(None, WAITING_LIST))
        places.follow(row, -1)
        leave_lines(row)
        mails_places.post_expired(row, occasion)
    places.lapsed.clear()


def _release_expired_invitations(places: Places) -> None:
    expired = Invitation.objects.filter(
        type__in=places.stale, is_active=True, reserves_places=True, expires_at__lte=places.now
    )
    for invitation in expired.select_for_update().order_by("pk"):
        invitation.is_active = False
        invitation.save(update_fields=["is_active"])
        places.count_held(invitation.type_id, invitation.places - invitation.max_uses)
        record(
            "invitation.expired",
            invitation,
            actor=None,
            actor_label=WAITING_LIST,
            changes={"is_active": (True, False)},
        )
    places.stale.clear()


def promote(places: Places, occasion: Occasion) -> list[Registration]:
    """Offer the free places to those who are next, over all types that a place can serve.

    Nobody is passed over: of all who wait for a type with room, the one with the smallest rank, then the
    longest wait, is next. Returns whom a place was offered, at most :data:`MOST_AT_ONCE`; whoever waits
    beside a free place then is still counted in ``places.waiting``.
    """
    offered: list[Registration] = []
    while len(offered) < MOST_AT_ONCE:
        room = {
            pk: MOST_AT_ONCE if left is None else left
            for pk, left in ((pk, places.left(pk)) for pk in places.waiting)
            if left != 0 and offered_until(places[pk], occasion, places.now)
        }
        if not room:
            break
        line = Registration.objects.waiting_in_order().filter(type__in=room, erased_at=None)
        most = min(MOST_AT_ONCE - len(offered), sum(room.values()))
        rows = _locked_in_line(line[:most])
        if not rows:
            places.waiting.difference_update(room)
        for row in rows:
            if not places.is_full(row.type_id):
                offer(row, places, occasion)
                offered.append(row)
    return offered


def _locked_in_line(line: QuerySet[Registration]) -> list[Registration]:
    """Return a stretch of the line in its order, locked in the order of the keys as everywhere.

    Nobody leaves it between the two: that takes the lock of the type.
    """
    rows = _to_change(Registration.objects.filter(pk__in=line.values("pk"))).order_by("pk")
    return sorted(rows, key=lambda row: (row.waiting_rank, row.waiting_since or row.created_at, row.pk))


def _to_change(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """Lock registrations, but not their keys: whoever offers one of them a seat refers to it meanwhile."""
    locked = rows.select_for_update(of=("self",), no_key=True)
    return locked.select_related("delegation", "invitation")


def offer(row: Registration, places: Places, occasion: Occasion) -> None:
    """Offer a place to somebody who waits. The caller saw that one is left, and that it is not too late."""
    row.type = kind = places[row.type_id]
    until = offered_until(kind, occasion, places.now)
    move(row, Status.OFFERED, actor=Actor(None, WAITING_LIST), offer_until=until)
    places.follow(row, 1)
    mails_places.post_offered(row, occasion)


def offered_until(kind: RegistrationType, occasion: Occasion, now: datetime) -> datetime | None:
    """Return until when a place offered now may be accepted; None when it would be worth nothing any more.

    As long as its kind says, but at most half of the time in which anybody is still admitted with it: so
    an offer never outlives the forum, and the next in line may still get what nobody accepts. Closing
    registration shortens nothing: it turns newcomers away, not those who came in time.
    """
    last = min(kind.valid_until or occasion.last_day, occasion.last_day)
    left = datetime.combine(last + timedelta(days=1), time(), tzinfo=occasion.zone) - now
    if left <= timedelta():
        return None
    return now + min(timedelta(hours=kind.offer_hours), left / 2)


def promote_after_change(forum: Forum) -> int:
    """Offer what an organizer's change made free: more places, fewer held, another quota. Raises Busy.

    Call it in the transaction of the change, best inside :func:`changing_places`. Returns how many places
    were offered; of more than :data:`MOST_AT_ONCE` a worker offers the others once this is committed.
    """
    occasion = occasion_of(forum)
    with short_transaction():
        offered = len(settle(lock_places(_types_of(forum)), occasion))
        if offered >= MOST_AT_ONCE:
            call_on_commit(SETTLE)
    return offered


@dataclass(slots=True)
class Freed:
    """How many people were offered what a change made free; known once the change is over."""

    offered: int = 0


@contextmanager
def changing_places(forum: Forum) -> Iterator[Freed]:
    """Let an organizer change types, quotas or invitations of ``forum``; then offer what became free.

    Locks before the change, in the order that everybody keeps, so that nobody who registers meanwhile
    and the organizer wait for each other. Raises Busy.
    """
    freed = Freed()
    with short_transaction():
        lock_all_places(forum)
        yield freed
        freed.offered = promote_after_change(forum)


def lock_all_places(forum: Forum) -> None:
    """Lock the places of every kind of attendance of ``forum`` until the caller's transaction ends."""
    with short_transaction():
        lock_places(_types_of(forum))


def _types_of(forum: Forum) -> list[int]:
    return list(RegistrationType.objects.filter(forum=forum).order_by().values_list("pk", flat=True))


def locked_row(registration: Registration) -> Registration:
    """Return the registration as it stands now, locked, with its type, delegation and forum."""
    return _whole(Registration.objects.all()).get(pk=registration.pk)


def _whole(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    return _to_change(rows).select_related("type", "forum__venue")


def locked_with_places(
    registration: Registration, occasion: Occasion, *others: RegistrationType
) -> tuple[Places, Registration]:
    """Lock the places of a registration's type (and of ``others``), do what is due, lock the registration.

    The race: two decisions about one person at once. Whoever comes second sees what the first did.
    """
    places, rows = several_with_places([registration], occasion, *others)
    return places, rows[0]


def several_with_places(
    registrations: Sequence[Registration], occasion: Occasion, *others: RegistrationType
) -> tuple[Places, list[Registration]]:
    """Lock the places of several registrations of one forum, do what is due, lock the registrations.

    All places first, however many kinds of attendance there are: two organizers who each change many
    people would otherwise hold what the other one wants next.
    """
    places = lock_places({*(one.type_id for one in registrations), *(kind.pk for kind in others)})
    settle(places, occasion)
    chosen = Registration.objects.filter(pk__in=[one.pk for one in registrations])
    rows = list(_whole(chosen).order_by("pk"))
    for row in rows:
        if row.type_id not in places.types:
            # Her kind of attendance was changed between the two statements.
            raise Busy
        row.type = places[row.type_id]
    return places, rows


def has_held_place(invitation: Invitation | None, type_id: int) -> bool:
    """Say whether the invitation still holds a place of this type for one of those who use it."""
    return (
        invitation is not None
        and invitation.type_id == type_id
        and invitation.reserves_places
        and invitation.is_active
        and invitation.places < invitation.max_uses
    )
