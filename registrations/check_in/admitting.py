"""A ticket is held to a door. Each function is one short transaction and may be called twice.

Order of locks: the registration, then the door, as everywhere in this app.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from core.audit import record
from core.errors import Conflict
from core.locking import lock_by_name, short_transaction
from registrations.check_in.reading import (
    Claim,
    DoorFacts,
    capacity_of,
    read_claim,
    refusal,
)
from registrations.check_in.room_use import RoomSession, asked_seats, counted_out_at, sessions_at
from registrations.check_in.stays import BY_HISTORY, DoorRules, Event, Stay, replay
from registrations.models import CheckInDevice, Door, Registration, Scan, SeatBooking, Visit

if TYPE_CHECKING:
    from accounts.models import User

Result = Scan.Result
# A device whose battery was empty for a week may still send; what is older has a wrong clock.
OLDEST = timedelta(days=7)
# A scan that waits for our answer and is not older than this happens now, whatever its device's clock says:
# an answer given a moment ago must not be overturned by two clocks that differ by a second.
PRESENT = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Held:
    """What was held to a door. ``id`` is the scanner's own name for the scan.

    ``at`` is the instant by the server's clock; ``device_at`` what the device's clock said. ``told`` is the
    answer that a device without network gave by itself, empty when it waits for ours.
    """

    id: UUID
    text: str
    direction: str
    method: str
    at: datetime
    device_at: datetime | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class By:
    """Who scans: an enrolled device, or somebody who is signed in."""

    device: CheckInDevice | None = None
    user: User | None = None


def admit(held: Held, *, door: Door, by: By) -> Scan:
    """Write down one scan and return it with its answer; the same scan again returns the first answer.

    ``door`` should have its forum loaded. The answers to earlier scans of the ticket at this door may change
    when this one was made before them: see ``stays``. Raises Conflict for an id that another scanner used,
    and Busy.
    """
    # Read before the transaction: nobody waits for the agenda.
    sessions = sessions_at(door)
    claim = read_claim(held.text, forum_id=door.forum_id)
    with short_transaction():
        # The race: a device sends a scan again while its first sending is still at work.
        lock_by_name(f"registrations.scan:{held.id}")
        known = Scan.objects.filter(pk=held.id).select_related("registration__type").first()
        if known is not None:
            return _told_meanwhile(known, held, door=door, by=by, sessions=sessions)
        return _decide(held, claim, door=door, by=by, sessions=sessions)


def _decide(held: Held, claim: Claim, *, door: Door, by: By, sessions: Sequence[RoomSession]) -> Scan:
    # The race: one ticket at two doors, or handed on while it is scanned. Whoever comes second waits here
    # and sees what the first did.
    found = Registration.objects.filter(forum=door.forum_id, code=claim.code, erased_at=None)
    registration = (
        found.select_related("type").select_for_update(of=("self",), no_key=True).first()
        if claim.code
        else None
    )
    # After the lock, so that of two scans at once the second is the later one.
    now = timezone.now()
    at = _moment(held, now)
    scan = Scan(
        pk=held.id,
        forum_id=door.forum_id,
        device=by.device,
        user=by.user,
        direction=held.direction,
        method=held.method,
        told=held.told,
        is_offline=bool(held.told),
        at=at,
        device_at=held.device_at,
        received_at=now,
    )
    if registration is None:
        scan.door, scan.result = door, claim.fault or Result.UNKNOWN
        scan.save(force_insert=True)
        return scan
    # The race: two people at the last place behind one door. Each waits for the row that counts them.
    locked = _locked(door)
    scan.door, scan.registration, scan.code = locked, registration, registration.code
    refused = _refusal(registration, claim, locked, at, sessions)
    # Whoever is inside may always leave, also with a ticket that would not open the door any more.
    if refused is not None and (held.direction == Scan.Direction.IN or not _is_inside(registration, locked)):
        scan.result = refused
        scan.save(force_insert=True)
        return scan
    scan.result = Result.ADMITTED
    scan.save(force_insert=True)
    _settle(registration, locked, sessions, newest=scan)
    return scan


def _moment(held: Held, now: datetime) -> datetime:
    """Return when the scan was made, as far as clocks can be believed."""
    if not held.told and abs(now - held.at) <= PRESENT:
        return now
    return min(max(held.at, now - OLDEST), now)


def _told_meanwhile(known: Scan, held: Held, *, door: Door, by: By, sessions: Sequence[RoomSession]) -> Scan:
    """Return a scan that is known; note what the device said by itself because our answer came too late."""
    theirs = (known.device_id, known.user_id)
    if theirs != (by.device.pk if by.device else None, by.user.pk if by.user else None):
        raise Conflict(_("Another device used this name for a scan."))
    if not held.told or known.told:
        return known
    known.told, known.is_offline = held.told, True
    known.save(update_fields=["told", "is_offline"])
    registration = known.registration
    was_let_in = known.result == Result.FULL and held.told == Result.ADMITTED
    if was_let_in and registration is not None and known.withdrawn_at is None:
        # She was let in and is inside, whatever we would have said.
        Registration.objects.select_for_update(no_key=True).get(pk=registration.pk)
        known.result = Result.ADMITTED
        known.save(update_fields=["result"])
        _settle(registration, _locked(door), sessions, newest=known)
    return known


def withdraw_scan(scan: Scan, *, by: User) -> Scan:
    """Take a mistaken scan back, as if it had never been made; a second call changes nothing. Raises Busy."""
    sessions = sessions_at(scan.door)
    with short_transaction():
        # The race: withdrawn while the same ticket is scanned again. The locks of admit, in the same order.
        known = Registration.objects.filter(scans=scan.pk).select_related("type")
        registration = known.select_for_update(of=("self",), no_key=True).first()
        door = _locked(scan.door)
        row = Scan.objects.select_related("forum").get(pk=scan.pk)
        if row.withdrawn_at is not None:
            return row
        row.withdrawn_at, row.withdrawn_by = timezone.now(), by
        row.save(update_fields=["withdrawn_at", "withdrawn_by"])
        if registration is not None:
            _settle(registration, door, sessions)
        record("scan.withdrawn", row, actor=by, changes={"result": (row.result, "")})
    return row


def count_out(door: Door) -> int:
    """End the stays of those who left without being scanned; return how many. Raises Busy."""
    sessions = sessions_at(door)
    with short_transaction():
        return _count_out(_locked(door), sessions)


def _locked(door: Door) -> Door:
    rows = Door.objects.select_related("room", "forum__venue").prefetch_related("types")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=door.pk)


def _refusal(
    registration: Registration, claim: Claim, door: Door, at: datetime, sessions: Sequence[RoomSession]
) -> Result | None:
    forum = door.forum
    seats = asked_seats(sessions, at)
    facts = DoorFacts(
        at=at,
        day=at.astimezone(forum.zone).date(),
        days=(forum.first_day, forum.last_day),
        types=[kind.pk for kind in door.types.all()],
        seats=seats,
    )
    held = SeatBooking.objects.live().filter(registration=registration, offer_until=None) if seats else None
    uids = [str(uid) for uid in held.values_list("session__uid", flat=True)] if held is not None else []
    return refusal(registration, claim, facts, uids)


def _is_inside(registration: Registration, door: Door) -> bool:
    return Visit.objects.filter(registration=registration, door=door, left_at=None).exists()


def rules_of(door: Door, sessions: Sequence[RoomSession]) -> DoorRules:
    """Return what the door says about coming back and counting out."""
    zone = door.forum.zone
    return DoorRules(
        allows_re_entry=door.allows_re_entry,
        day_of=lambda at: at.astimezone(zone).date(),
        counted_out_at=lambda entered: counted_out_at(sessions, entered, zone),
    )


def _settle(
    registration: Registration, door: Door, sessions: Sequence[RoomSession], *, newest: Scan | None = None
) -> None:
    """Go through the ticket's scans at the door again and write what differs: answers, stays, arrival.

    ``newest`` was just written and asks whether there is room. Both rows are locked by the caller.
    """
    made = Scan.objects.filter(registration=registration, door=door, withdrawn_at=None)
    scans = {scan.pk: scan for scan in made.filter(result__in=BY_HISTORY)}
    if newest is not None:
        scans[newest.pk] = newest
    now, rules = timezone.now(), rules_of(door, sessions)
    answers, stays = _replayed(scans, rules, now)
    if newest is not None and answers[newest.pk] == Result.ADMITTED and _is_full(door, newest, sessions):
        del scans[newest.pk]
        newest.result = Result.FULL
        newest.save(update_fields=["result"])
        answers, stays = _replayed(scans, rules, now)
    for pk, answer in answers.items():
        _answer(scans[pk], answer, is_newest=newest is not None and pk == newest.pk)
    _write_stays(registration, door, stays)
    arrived = registration.visits.aggregate(first=Min("entered_at"))["first"]
    if arrived != registration.arrived_at:
        registration.arrived_at = arrived
        Registration.objects.filter(pk=registration.pk).update(arrived_at=arrived)


def _replayed(
    scans: dict[UUID, Scan], rules: DoorRules, now: datetime
) -> tuple[dict[UUID, Result], list[Stay]]:
    events = [Event(scan.pk, scan.at, scan.direction) for scan in scans.values()]
    answers, stays = replay(events, rules, now=now)
    return dict(answers), stays


def _is_full(door: Door, scan: Scan, sessions: Sequence[RoomSession]) -> bool:
    """Say whether nobody more may enter now. Whom a device without network let in is in already."""
    most = capacity_of(door)
    if most is None or scan.is_offline or door.inside < most:
        return False
    left = _count_out(door, sessions)
    return door.inside - left >= most


def _answer(scan: Scan, answer: Result, *, is_newest: bool) -> None:
    """Write an answer that changed, and keep what the person was told at the door before."""
    if scan.result == answer:
        return
    if not is_newest and not scan.told:
        scan.told = scan.result
    scan.result = answer
    scan.save(update_fields=["result", "told"])


def _write_stays(registration: Registration, door: Door, stays: list[Stay]) -> None:
    """Make the rows what the stays are. Ended ones first: nobody is inside the same door twice."""
    rows = {row.entry_id: row for row in registration.visits.filter(door=door, entry__isnull=False)}
    wanted = {stay.entry: stay for stay in stays}
    gone = [row.pk for entry, row in rows.items() if entry not in wanted]
    if gone:
        Visit.objects.filter(pk__in=gone).delete()
        # So that the lists of devices, which only hear of rows that exist, are told of this one.
        Registration.objects.filter(pk=registration.pk).update(code=F("code"))
    moved = [row.pk for entry, row in rows.items() if entry in wanted and row.exit_id != wanted[entry].exit]
    if len(moved) > 1:
        # A scan ends one stay: no row may keep it while another takes it over.
        Visit.objects.filter(pk__in=moved).update(exit=None)
        for pk in moved:
            next(row for row in rows.values() if row.pk == pk).exit_id = None
    for stay in sorted(stays, key=lambda stay: stay.left_at is None):
        values = {
            "entered_at": stay.entered_at,
            "left_at": stay.left_at,
            "left_by_itself": stay.by_itself,
            "exit_id": stay.exit,
        }
        row = rows.get(stay.entry)
        if row is None:
            Visit.objects.create(registration=registration, door=door, entry_id=stay.entry, **values)
        elif any(getattr(row, name) != value for name, value in values.items()):
            Visit.objects.filter(pk=row.pk).update(**values)


def _count_out(door: Door, sessions: Sequence[RoomSession]) -> int:
    """End stays whose day or session is over, behind a door whose row is locked."""
    now, rules = timezone.now(), rules_of(door, sessions)
    inside = Visit.objects.filter(door=door, left_at=None)
    over: dict[datetime, list[int]] = {}
    for pk, entered_at in inside.values_list("pk", "entered_at"):
        gone = rules.counted_out_at(entered_at)
        if gone <= now:
            over.setdefault(gone, []).append(pk)
    for gone, pks in over.items():
        Visit.objects.filter(pk__in=pks).update(left_at=gone, left_by_itself=True)
    return sum(map(len, over.values()))
