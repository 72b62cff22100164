"""How long people were in sessions, by the doors of the rooms, and which credits they earned.

The rules: the credits of a session are earned whole by whoever was in its room for its
``cme_minimum_percent`` of the time between its beginning and its end, and not at all by others. Stays that
overlap, at two doors of a room, count once. A stay that nobody scanned out of, or that was ended because
the day or the session was over, ends with the session in which it began: presence must be shown, so that
whoever stays for the next session is scanned once more. Sessions are those of the draft as it is now,
cancelled ones left out: after the forum the organizers' table says what took place.

The delay that a hall screen tells (events.RoomBulletin) is not counted: it is one number for a room and a
day, as it was when somebody wrote it last, and says of no session when it began. A session that began so
late that presence suffers is moved in the table, to when it took place; credits follow at once.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from core.i18n import texts_of
from events.models import Forum, Session
from registrations.models import Registration, Visit

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Presence:
    """How long somebody was in one session. ``minutes`` and ``percent`` are rounded down."""

    uid: str
    title: dict[str, str]
    start: datetime
    end: datetime
    minutes: int
    percent: int
    needed_percent: int
    credits: Decimal
    is_earned: bool


@dataclass(frozen=True, slots=True)
class Record:
    """What one person has to show: the days on which she came, and how long she was where credits are."""

    days: tuple[date, ...]
    sessions: tuple[Presence, ...]

    @property
    def credits(self) -> Decimal:
        """The sum of what was earned."""
        return sum((session.credits for session in self.sessions if session.is_earned), _NONE)

    @property
    def earned(self) -> tuple[Presence, ...]:
        """The sessions whose credits were earned."""
        return tuple(session for session in self.sessions if session.is_earned)


@dataclass(frozen=True, slots=True)
class _Stay:
    room_id: int | None
    entered_at: datetime
    left_at: datetime


@dataclass(frozen=True, slots=True)
class _Slot:
    session: Session
    room_id: int | None
    start: datetime
    end: datetime


def records_of(forum: Forum, registrations: Collection[UUID]) -> dict[UUID, Record]:
    """Return the record of each of ``registrations``, which are of ``forum``. Three queries, however many."""
    slots = list(_in_rooms(forum))
    ends: dict[int | None, list[datetime]] = defaultdict(list)
    for slot in sorted(slots, key=lambda slot: slot.end):
        ends[slot.room_id].append(slot.end)
    with_credits = [slot for slot in slots if slot.session.cme_credits]
    stays: dict[UUID, list[_Stay]] = defaultdict(list)
    days: dict[UUID, set[date]] = defaultdict(set)
    for key, stay in _stays(registrations, ends):
        stays[key].append(stay)
        days[key].add(forum.day_at(stay.entered_at))
    arrivals = Registration.objects.filter(pk__in=registrations).values_list("pk", "arrived_at")
    for key, arrived_at in arrivals:
        if arrived_at:
            days[key].add(forum.day_at(arrived_at))
    return {
        key: Record(
            days=tuple(sorted(days[key])),
            sessions=tuple(_presence(slot, stays[key]) for slot in with_credits),
        )
        for key in registrations
    }


def _in_rooms(forum: Forum) -> Iterable[_Slot]:
    placed = Session.objects.filter(forum=forum, room__isnull=False, period__isnull=False)
    for session in placed.exclude(state=Session.State.CANCELLED).order_by("period__startswith", "pk"):
        if session.starts_at and session.ends_at:
            yield _Slot(session, session.room_id, session.starts_at, session.ends_at)


def _stays(
    registrations: Collection[UUID], ends: dict[int | None, list[datetime]]
) -> Iterable[tuple[UUID, _Stay]]:
    rows = Visit.objects.filter(registration__in=registrations).values_list(
        "registration_id", "door__room_id", "entered_at", "left_at", "left_by_itself"
    )
    for key, room_id, entered_at, left_at, by_itself in rows:
        if left_at and not by_itself:
            yield key, _Stay(room_id, entered_at, left_at)
            continue
        # Without a session after it nothing could be counted anyhow.
        shown_until = next((end for end in ends[room_id] if end > entered_at), entered_at)
        yield key, _Stay(room_id, entered_at, min(shown_until, left_at or shown_until))


def _presence(slot: _Slot, stays: Sequence[_Stay]) -> Presence:
    session, start, end = slot.session, slot.start, slot.end
    there = _within(start, end, (stay for stay in stays if stay.room_id == slot.room_id))
    percent = math.floor(100 * (there / (end - start)))
    return Presence(
        uid=str(session.uid),
        title=texts_of(session, "title"),
        start=start,
        end=end,
        minutes=there // timedelta(minutes=1),
        percent=percent,
        needed_percent=session.cme_minimum_percent,
        credits=session.cme_credits or _NONE,
        is_earned=percent >= session.cme_minimum_percent,
    )


def _within(start: datetime, end: datetime, stays: Iterable[_Stay]) -> timedelta:
    """Return how much of the time from ``start`` to ``end`` the stays cover, each moment counted once."""
    covered, counted_to = timedelta(), start
    for stay in sorted(stays, key=lambda stay: stay.entered_at):
        begin, finish = max(stay.entered_at, counted_to), min(stay.left_at, end)
        if finish > begin:
            covered += finish - begin
            counted_to = finish
    return covered
