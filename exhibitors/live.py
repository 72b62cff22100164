"""What changes on the plan while people look at it: which version it has, and what it says of each booth.

Browsers ask every two seconds, so an answer must cost next to nothing: no session, no account, and the
version is read once in a quarter of a second by each process, however many ask. Nothing counts it up in a
place of its own, for which all bookings would have to queue: it is summed from the rows themselves, and a
hold whose time is over changes it although nothing was written. More: docs/decisions/the-plan-is-polled.md.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone

from events.models import Forum
from exhibitors.catalogue import claims_on
from exhibitors.models import BookingPeriod, Booth, Exhibitor
from exhibitors.plan import Claim, mark_of

# So long a process says again what it was told.
SAID_AGAIN_SECONDS = 0.25

# Each step of a booking counts its revision up; whoever lapses is counted while nobody has ended it.
_VERSION = """
SELECT forum.id, concat_ws('/',
    (SELECT concat_ws(',', count(*), max(booking.id), sum(booking.revision), count(*) FILTER (
                WHERE booking.status IN ('held', 'offered') AND booking.expires_at <= %(now)s))
       FROM exhibitors_boothbooking booking
       JOIN exhibitors_exhibitor exhibitor ON exhibitor.id = booking.exhibitor_id
      WHERE exhibitor.forum_id = forum.id),
    (SELECT sum(hashtext(concat_ws(',', id, number, is_blocked, type_id, hall_id)))
       FROM exhibitors_booth WHERE forum_id = forum.id),
    (SELECT sum(hashtext(concat_ws(',', id, is_shared)))
       FROM exhibitors_boothtype WHERE forum_id = forum.id),
    (SELECT sum(hashtext(concat_ws(',', id, slug, is_published, host_id)))
       FROM exhibitors_exhibitor WHERE forum_id = forum.id),
    (SELECT sum(hashtext(concat_ws(',', id, kind, span)))
       FROM exhibitors_bookingperiod WHERE exhibition_id = forum.id))
FROM events_forum forum WHERE forum.is_current
"""


@dataclass(frozen=True, slots=True)
class Version:
    """The plan of a forum as it stands; ``tag`` is another one after each change."""

    forum_id: int
    tag: str


_lock = threading.Lock()
_read: dict[str, tuple[float, Version | None]] = {}
_written: dict[str, tuple[Version, bytes]] = {}


def current_version() -> Version | None:
    """Return the version of the current plan, at most a quarter of a second old. At most one query."""
    known = _read.get(connection.alias)
    if known is not None and time.monotonic() - known[0] < SAID_AGAIN_SECONDS:
        return known[1]
    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute(_VERSION, {"now": timezone.now()})
        row = cursor.fetchone()
    version = Version(row[0], _tag_of(f"{row[0]}/{row[1]}")) if row else None
    _read[connection.alias] = (began, version)
    return version


def forget() -> None:
    """Forget what this process was told: another database is behind the same connection."""
    _read.clear()
    _written.clear()


def _tag_of(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:20]


def states_of(version: Version) -> bytes:
    """Return what the plan of a version says of each booth, as JSON: number → mark (see ``plan.mark_of``).

    Each process writes it once for a version; who asks meanwhile waits for it.
    """
    with _lock:
        known = _written.get(connection.alias)
        if known is not None and known[0] == version:
            return known[1]
        marks = read_marks(Forum.objects.get(pk=version.forum_id), timezone.now())
        text = json.dumps({"booths": marks}, separators=(",", ":")).encode()
        _written[connection.alias] = version, text
        return text


def read_marks(forum: Forum, now: datetime) -> dict[str, str]:
    """Return the mark of each booth by its number. Five queries."""
    booths = list(Booth.objects.of_forum(forum))
    claims = claims_on(forum, now)
    periods = list(BookingPeriod.objects.filter(exhibition=forum.pk))
    known = _known_at(forum, claims)
    return {
        booth.number: mark_of(booth, claims.get(booth.pk, ()), periods, known.get(booth.pk, ()))
        for booth in booths
    }


def _known_at(forum: Forum, claims: Mapping[int, Sequence[Claim]]) -> dict[int, set[str]]:
    """Return whom everybody may know at each booth: its owners and their guests, by their short names."""
    slugs, with_host = {}, defaultdict(set)
    for pk, slug, host in Exhibitor.objects.public(forum).values_list("pk", "slug", "host"):
        slugs[pk] = slug
        with_host[host].add(slug)
    found: dict[int, set[str]] = {}
    for booth, here in claims.items():
        owners = {claim.exhibitor_id for claim in here if claim.is_confirmed}
        found[booth] = {slugs[pk] for pk in owners if pk in slugs}.union(*(with_host[pk] for pk in owners))
    return found
