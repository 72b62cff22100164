"""What a device needs to answer at its door without network: nothing about other doors, no addresses.

A row is ``[code, issue, state, type, is inside, last entry in ms or null, seats, name, organization]``, where
``seats`` are positions in ``sessions``. Whoever would not be let in here has no name in the list.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from core.i18n import texts_of
from registrations import ticket
from registrations.check_in.reading import capacity_of
from registrations.check_in.room_use import RoomSession, sessions_at
from registrations.models import Door, Registration, SeatBooking, Visit
from registrations.models.registration import ENDED

# States of a row.
GOOD, ENDED_STATE, NOT_CONFIRMED = 0, 1, 2
Row = list[Any]


def list_for(door: Door, *, since: int | None = None, layout: str = "") -> dict[str, Any]:
    """Return the list of ``door``: whole, or the rows that changed after the list of version ``since``.

    A device puts rows in the place of those with the same code. It says the ``layout`` of its list: when
    sessions came or went, or the door is open to others, every row says something else than before, and the
    list comes whole. ``door`` should have its forum, room and types loaded.
    """
    # First, so that what is written while we read comes again with the next list.
    version = _oldest_running()
    sessions = sessions_at(door)
    layout_now = _layout(door, sessions)
    if since is not None and (layout != layout_now or not 0 < since <= version):
        since = None
    rows = _rows(door, sessions, since)
    return {
        # Without news the version stays: the same answer is not sent twice.
        "version": since if since is not None and not rows else version,
        "full": since is None,
        "layout": layout_now,
        "forum": {
            "zone": door.forum.zone.key,
            "days": [door.forum.first_day.isoformat(), door.forum.last_day.isoformat()],
            "keys": [ticket.text_key(key) for key in ticket.public_keys(door.forum_id)],
        },
        "door": {
            "slug": door.slug,
            "name": dict(texts_of(door, "name")),
            "allowsReEntry": door.allows_re_entry,
            "capacity": capacity_of(door),
            "types": sorted(kind.pk for kind in door.types.all()),
        },
        "types": {
            kind.pk: {
                "name": dict(texts_of(kind, "name")),
                "from": kind.valid_from.isoformat() if kind.valid_from else None,
                "until": kind.valid_until.isoformat() if kind.valid_until else None,
                "colour": kind.colour,
            }
            for kind in door.forum.registration_types.all()
        },
        "sessions": [
            {"start": _ms(session.start), "end": _ms(session.end), "asksSeat": session.asks_seat}
            for session in sessions
        ],
        "rows": rows,
    }


def _layout(door: Door, sessions: list[RoomSession]) -> str:
    """Return a name for what the rows are made with: the places of sessions, and who has a name."""
    types = sorted(kind.pk for kind in door.types.all())
    made_with = json.dumps([types, [[session.uid, session.asks_seat] for session in sessions]])
    return hashlib.sha256(made_with.encode()).hexdigest()[:16]


def _oldest_running() -> int:
    """Return the number below which every transaction has ended: whoever reads after this sees its rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        (number,) = cursor.fetchone()
    return int(number)


def _rows(door: Door, sessions: list[RoomSession], since: int | None) -> list[Row]:
    people = Registration.objects.filter(forum=door.forum_id).order_by("code")
    changed = None if since is None else _changed(door, sessions, since)
    if changed is not None:
        people = people.filter(pk__in=changed)
    entries = _entries(door, changed)
    seats = _seats(sessions, changed)
    open_to = {kind.pk for kind in door.types.all()}
    return [
        _row(person, open_to, entries.get(person["pk"]), seats.get(person["pk"], []))
        for person in people.values(
            "pk", "code", "link_version", "status", "type_id", "name", "organization_name", "erased_at"
        ).iterator(chunk_size=5000)
    ]


def _row(
    person: Mapping[str, Any], open_to: Collection[int], entry: tuple[bool, int] | None, seats: list[int]
) -> Row:
    status = person["status"]
    state = GOOD if status == Registration.Status.CONFIRMED else NOT_CONFIRMED
    if status in ENDED or person["erased_at"] is not None:
        state = ENDED_STATE
    comes_in = state == GOOD and (not open_to or person["type_id"] in open_to)
    is_inside, last = entry or (False, None)
    named = [person["name"], person["organization_name"]] if comes_in else ["", ""]
    return [
        person["code"],
        person["link_version"],
        state,
        person["type_id"],
        int(is_inside),
        last,
        seats,
        *named,
    ]


def _changed(door: Door, sessions: list[RoomSession], since: int) -> set[Any]:
    """Return the registrations of which something in the list may have changed."""
    people = Registration.objects.filter(forum=door.forum_id, revision__gte=since)
    found = set(people.values_list("pk", flat=True))
    found |= _people(Visit.objects.filter(door=door, revision__gte=since))
    if any(session.asks_seat for session in sessions):
        uids = [session.uid for session in sessions]
        found |= _people(SeatBooking.objects.filter(session__uid__in=uids, revision__gte=since))
    return found


def _people(rows: QuerySet[Any]) -> set[Any]:
    return set(rows.order_by().values_list("registration_id", flat=True))


def _entries(door: Door, changed: Collection[Any] | None) -> dict[Any, tuple[bool, int]]:
    """Return, by registration, whether she is inside and when she last came in."""
    visits = Visit.objects.filter(door=door)
    if changed is not None:
        visits = visits.filter(registration__in=changed)
    last = visits.order_by("registration_id", "-entered_at").distinct("registration_id")
    columns = last.values_list("registration_id", "entered_at", "left_at")
    return {pk: (left_at is None, _ms(entered_at)) for pk, entered_at, left_at in columns}


def _seats(sessions: list[RoomSession], changed: Collection[Any] | None) -> dict[Any, list[int]]:
    positions = {session.uid: place for place, session in enumerate(sessions) if session.asks_seat}
    held: dict[Any, list[int]] = defaultdict(list)
    if not positions:
        return held
    live = SeatBooking.objects.live().filter(session__uid__in=positions, offer_until=None)
    if changed is not None:
        live = live.filter(registration__in=changed)
    for pk, uid in live.order_by("pk").values_list("registration_id", "session__uid"):
        held[pk].append(positions[str(uid)])
    return held


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
