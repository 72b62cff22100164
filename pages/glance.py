"""The days at a glance: the published agenda, laid sideways on one ruler of hours.

Pure functions from the sessions of a release (``events.agenda``) to what the template draws; no
database. Breaks and very short items are left out, the opening and the addresses that follow it are one
block, and sessions at the same time stand in lanes below each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.stylesheet import LONGEST_SLOT, MOST_LANES
from events.agenda import AgendaSession
from events.models import Session

QUARTER = timedelta(minutes=15)
# What is shorter is not worth a glance, and its block would hold no word.
SHORTEST = timedelta(minutes=40)
CEREMONIAL = {Session.Kind.OPENING, Session.Kind.KEYNOTE}


@dataclass(frozen=True, slots=True)
class Block:
    """One session, or the opening with its addresses. ``offset`` and ``length`` count quarter hours."""

    session: AgendaSession
    starts_at: datetime
    ends_at: datetime
    offset: int
    length: int
    lane: int


@dataclass(frozen=True, slots=True)
class Strip:
    """One day."""

    day: date
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Glance:
    """All days on one ruler; ``hours`` are the whole hours it shows, in the forum's zone."""

    strips: tuple[Strip, ...]
    hours: tuple[datetime, ...]


@dataclass(slots=True)
class _Draft:
    session: AgendaSession
    starts_at: datetime
    ends_at: datetime


def glance(sessions: Iterable[AgendaSession], zone: ZoneInfo) -> Glance:
    """Lay out the sessions of an agenda; times are read in ``zone``."""
    drafts = [
        draft
        for draft in _merge_opening(_drafts(sessions, zone))
        if draft.ends_at - draft.starts_at >= SHORTEST
    ]
    if not drafts:
        return Glance((), ())
    first = min(draft.starts_at.hour for draft in drafts)
    last = max(_hour_after(_end_of_strip(draft)) for draft in drafts)
    days: dict[date, list[_Draft]] = {}
    for draft in drafts:
        days.setdefault(draft.starts_at.date(), []).append(draft)
    strips = tuple(Strip(day, tuple(_blocks(days[day], first))) for day in sorted(days))
    origin = drafts[0].starts_at.replace(hour=0, minute=0)
    return Glance(strips, tuple(origin + timedelta(hours=hour) for hour in range(first, last)))


def _drafts(sessions: Iterable[AgendaSession], zone: ZoneInfo) -> list[_Draft]:
    """Return the sessions that are no break, in order of time."""
    drafts = [
        _Draft(session, session.start.astimezone(zone), session.end.astimezone(zone))
        for session in sessions
        if not session.is_break and not session.is_cancelled
    ]
    return sorted(drafts, key=lambda draft: (draft.starts_at, draft.ends_at))


def _merge_opening(drafts: list[_Draft]) -> list[_Draft]:
    """Let an address that begins where the opening ends lengthen the opening's block."""
    merged: list[_Draft] = []
    opening: _Draft | None = None
    for draft in drafts:
        ceremonial = draft.session.kind in CEREMONIAL
        if ceremonial and opening is not None and opening.ends_at == draft.starts_at:
            opening.ends_at = draft.ends_at
            continue
        if ceremonial:
            opening = draft
        merged.append(draft)
    return merged


def _blocks(drafts: list[_Draft], first_hour: int) -> Iterable[Block]:
    """Yield a day's blocks, each in the first lane that is free at its start."""
    lanes: list[datetime] = []
    for draft in drafts:
        lane = next((n for n, free in enumerate(lanes) if free <= draft.starts_at), len(lanes))
        lanes[lane : lane + 1] = [draft.ends_at]
        origin = draft.starts_at.replace(hour=first_hour, minute=0, second=0, microsecond=0)
        yield Block(
            session=draft.session,
            starts_at=draft.starts_at,
            ends_at=draft.ends_at,
            offset=(draft.starts_at - origin) // QUARTER,
            length=min(max(1, round((_end_of_strip(draft) - draft.starts_at) / QUARTER)), LONGEST_SLOT),
            lane=min(lane + 1, MOST_LANES),
        )


def _end_of_strip(draft: _Draft) -> datetime:
    """Return where a session ends on its day's ruler: at midnight if it goes on into the next day."""
    midnight = datetime.combine(draft.starts_at.date() + timedelta(days=1), time.min, draft.starts_at.tzinfo)
    return min(draft.ends_at, midnight)


def _hour_after(moment: datetime) -> int:
    """Return the first whole hour that is not before ``moment``; 24 when it is midnight."""
    if moment.hour == moment.minute == 0:
        return 24
    return moment.hour + (1 if moment.minute else 0)
