"""What was held to the scanner, and why a ticket does not open a door."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from registrations import ticket
from registrations.models import Door, Registration, Scan

Result = Scan.Result
Direction = Scan.Direction
# Longer than any QR of ours; what is longer is none.
LONGEST_TEXT = 300


@dataclass(frozen=True, slots=True)
class Claim:
    """A code, and the issue of the ticket when a genuine QR said it; ``fault`` says why there is no code."""

    code: str = ""
    issue: int | None = None
    fault: Result | None = None


def read_claim(text: str, *, forum_id: int) -> Claim:
    """Return what ``text`` claims: a QR of a ticket, or a code as people type it.

    A code alone proves nothing about the ticket; whoever types it has looked at the paper.
    """
    text = text.strip()
    if ticket.code_in(text) is not None:
        genuine = ticket.read_payload(text, forum_id=forum_id)
        return Claim(genuine.code, genuine.issue) if genuine else Claim(fault=Result.FORGED)
    code = typed_code(text)
    if code:
        return Claim(code)
    return Claim(fault=Result.FORGED if text.startswith("FORUM") else Result.UNKNOWN)


def typed_code(text: str) -> str | None:
    """Return the ticket code in what a person typed: ``vk 7h2k94`` is ``VK-7H2K-94``."""
    signs = re.sub(r"[\s\-–.]+", "", text).upper()
    match = re.fullmatch(r"([A-Z0-9]{0,4})([A-Z0-9]{4})([A-Z0-9]{2})", signs)
    return "-".join(match.groups()) if match else None


@dataclass(frozen=True, slots=True)
class DoorFacts:
    """What decides about a ticket at one door at one moment.

    ``days`` are the first and last day of the forum; ``seats`` the sessions of which one seat is needed, None
    when none is; ``types`` the kinds of attendance that may come in, empty for all.
    """

    at: datetime
    day: date
    days: tuple[date, date]
    types: Collection[int]
    seats: Collection[str] | None


def refusal(
    registration: Registration, claim: Claim, facts: DoorFacts, held_seats: Collection[str]
) -> Result | None:
    """Return why this ticket does not open the door, apart from who went through it before; None if it does.

    A registration that ended after ``facts.at`` was good then: its scan only arrived late.
    """
    if claim.issue is not None and claim.issue != registration.link_version:
        return Result.REPLACED
    if registration.is_cancelled:
        ended = registration.cancelled_at
        if ended is None or ended <= facts.at:
            return Result.CANCELLED
    elif not registration.is_confirmed:
        return Result.NOT_CONFIRMED
    first, last = admission_days(registration, facts.days)
    if not first <= facts.day <= last:
        return Result.WRONG_DAY
    if facts.types and registration.type_id not in facts.types:
        return Result.WRONG_DOOR
    if facts.seats is not None and not set(facts.seats) & set(held_seats):
        return Result.NO_SEAT
    return None


def admission_days(registration: Registration, days: tuple[date, date]) -> tuple[date, date]:
    """Return the days on which the kind of attendance is admitted, those of the forum unless it says."""
    kind = registration.type
    return kind.valid_from or days[0], kind.valid_until or days[1]


def capacity_of(door: Door) -> int | None:
    """Return how many people fit in: what the door says, or else its room."""
    if door.capacity is not None:
        return door.capacity
    return door.room.capacity if door.room is not None else None
