"""How many are inside and how many come, as the doors and the organizers see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q
from django.utils import timezone

from registrations.check_in.reading import capacity_of
from registrations.enrolled_devices import AWAY, in_use
from registrations.models import CheckInDevice, Door, Registration, Scan, Visit

MINUTE = timedelta(minutes=1)
SHOWN_MINUTES = 30


@dataclass(frozen=True, slots=True)
class DoorState:
    """One door now. ``capacity`` is None without limit; ``last_minute`` counts people who came in."""

    inside: int
    capacity: int | None
    last_minute: int

    @property
    def is_full(self) -> bool:
        """True when nobody more may enter."""
        return self.capacity is not None and self.inside >= self.capacity


def state_of(door: Door) -> DoorState:
    """Return the numbers of one door, read afresh. Two queries."""
    row = Door.objects.select_related("room").get(pk=door.pk)
    since = timezone.now() - MINUTE
    arrivals = Visit.objects.filter(door=door, entered_at__gt=since).count()
    return DoorState(row.inside, capacity_of(row), arrivals)


@dataclass(frozen=True, slots=True)
class DoorNumbers:
    """A door on the page of live numbers. ``minutes`` are arrivals, oldest first, ``entered`` those today."""

    door: Door
    state: DoorState
    minutes: tuple[int, ...]
    entered: int
    conflicts: int
    devices: tuple[CheckInDevice, ...]

    @property
    def bars(self) -> list[tuple[str, str]]:
        """Left and top of the bar of each minute with arrivals, in a picture 30 wide and 10 high."""
        most = max(1, *self.minutes)
        return [
            (f"{place + 0.1:.1f}", f"{10 - 10 * number / most:.1f}")
            for place, number in enumerate(self.minutes)
            if number
        ]


def numbers_of(forum_id: int, *, since: datetime) -> list[DoorNumbers]:
    """Return each door in use with its numbers; ``since`` is the beginning of the day. Five queries."""
    now = timezone.now()
    doors = list(Door.objects.filter(forum=forum_id, is_active=True).select_related("room"))
    shown = now - SHOWN_MINUTES * MINUTE
    arrivals: dict[int, Counter[int]] = {door.pk: Counter() for door in doors}
    recent = Visit.objects.filter(door__in=doors, entered_at__gt=shown, entered_at__lte=now)
    for pk, entered_at in recent.values_list("door_id", "entered_at"):
        arrivals[pk][int((now - entered_at) / MINUTE)] += 1
    today = Visit.objects.filter(door__in=doors, entered_at__gte=since)
    entered = dict(today.order_by().values_list("door_id").annotate(n=Count("pk")))
    differing = Scan.objects.filter(forum=forum_id, at__gte=since, withdrawn_at=None).filter(is_conflict())
    conflicts = dict(differing.order_by().values_list("door_id").annotate(n=Count("pk")))
    devices: dict[int, list[CheckInDevice]] = {}
    for device in CheckInDevice.objects.filter(in_use(), forum=forum_id).order_by("name"):
        devices.setdefault(device.door_id, []).append(device)
    return [
        DoorNumbers(
            door=door,
            state=DoorState(door.inside, capacity_of(door), arrivals[door.pk][0]),
            minutes=tuple(arrivals[door.pk][ago] for ago in reversed(range(SHOWN_MINUTES))),
            entered=entered.get(door.pk, 0),
            conflicts=conflicts.get(door.pk, 0),
            devices=tuple(devices.get(door.pk, ())),
        )
        for door in doors
    ]


def arrived_of(forum_id: int) -> tuple[int, int]:
    """Return how many people have arrived, and how many have a ticket."""
    confirmed = Registration.objects.confirmed().filter(forum=forum_id)
    counted = confirmed.aggregate(
        arrived=Count("pk", filter=Q(arrived_at__isnull=False)), expected=Count("pk")
    )
    return counted["arrived"], counted["expected"]


def is_conflict() -> Q:
    """Return the condition for scans whose person was told something else than what holds now."""
    return ~Q(told="") & ~Q(told=F("result"))


def is_away(device: CheckInDevice, now: datetime) -> bool:
    """Say whether nothing was heard of a device for longer than it usually is silent."""
    return device.last_seen_at is None or device.last_seen_at < now - AWAY


def waiting_of(devices: Sequence[CheckInDevice]) -> int:
    """Return how many scans the devices said they have not sent."""
    return sum(device.scans_waiting for device in devices)
