"""What restoring a release would do to the draft: worked out first, shown, and then written as planned.

* Each session of the release takes the values of its document again; one that was deleted comes again,
  with its uid and its address.
* A session that the draft announces and the release does not keeps everything but its time. One that
  has taken an address of the release gets another.
* Confidential sessions stay as they are, also one that the release still announced. Of a session by
  invitation the document knows neither room nor note, seat limit, recording or materials: they stay.
* Rooms, tracks, topics and speakers come again where a session needs one that is gone. What is there
  keeps its present texts: a corrected biography or a renamed room is no part of the programme's plan.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import Conflict
from events.agenda_changes import AgendaChanges, ChangeKind, changes_between
from events.agenda_document import Document, upgraded
from events.models import AgendaRelease, Forum, Room, Session, Topic, Track
from events.services.clashes import RoomTaken
from speakers.models import Speaker

LONGEST_SLUG: Final = 100
# Where the entries of a document's list live.
AROUND: Final = {"rooms": Room, "tracks": Track, "topics": Topic, "speakers": Speaker}


class OtherVenue(Conflict):
    """The release was held in another house, whose rooms this one does not have."""

    def __init__(self) -> None:
        super().__init__(
            _("This release was held at another venue; its rooms are not where the forum is now.")
        )


@dataclass(frozen=True, slots=True)
class Restoration:
    """A plan. ``draft`` and ``document`` are the draft's document now and the release's.

    ``sessions`` are those that differ: their entries in the release's document. ``unscheduled`` are the
    sessions that lose their time, ``slugs`` new addresses by uid, ``confidential`` counts sessions of the
    release that stay hidden.
    ``missing`` are entries to be made again, by list. ``changes`` tells it all, from the draft's side,
    and ``kept`` what differs around the sessions and stays as it is now.
    """

    release: AgendaRelease
    forum: Forum
    draft: Document
    document: Document
    sessions: tuple[Document, ...]
    rows: dict[str, Session]
    unscheduled: tuple[Session, ...]
    slugs: dict[str, str]
    confidential: int
    missing: dict[str, list[Document]]
    changes: AgendaChanges
    kept: AgendaChanges
    obstacles: tuple[RoomTaken, ...] = ()

    @property
    def again(self) -> list[Document]:
        """The sessions that were deleted and are made again."""
        return [entry for entry in self.sessions if entry["uid"] not in self.rows]

    @property
    def is_empty(self) -> bool:
        """True when the draft announces what the release did."""
        return not self.touched

    @property
    def touched(self) -> list[str]:
        """The uids of all sessions that are written."""
        left = [str(row.uid) for row in self.unscheduled]
        return list(dict.fromkeys([*(entry["uid"] for entry in self.sessions), *left, *self.slugs]))


def plan_restoration(release: AgendaRelease, *, draft: Document, by: User | None) -> Restoration:
    """Return what restoring ``release`` would do to the draft whose document is ``draft``. Writes nothing.

    Raises OtherVenue. ``by`` is who would be told what stands in the way. Nine queries at most.
    """
    document, forum = upgraded(release.document), release.forum
    if document["venue"]["slug"] != draft["venue"]["slug"]:
        raise OtherVenue
    found = Session.objects.filter(forum=forum, uid__in=[one["uid"] for one in document["sessions"]])
    rows = {str(row.uid): row for row in found.select_related("room", "track")}
    hidden = {uid for uid, row in rows.items() if row.visibility == Session.Visibility.CONFIDENTIAL}
    wanted = {**document, "sessions": [one for one in document["sessions"] if one["uid"] not in hidden]}
    changes = changes_between(draft, wanted)
    differing = {change.uid: change for change in changes.sessions}
    gone = [uid for uid, change in differing.items() if change.kind == ChangeKind.REMOVED]
    sessions = tuple(one for one in wanted["sessions"] if one["uid"] in differing)
    plan = Restoration(
        release=release,
        forum=forum,
        draft=draft,
        document=wanted,
        sessions=sessions,
        rows=rows,
        unscheduled=tuple(Session.objects.filter(forum=forum, uid__in=gone).select_related("room", "track")),
        slugs=_new_slugs(forum, wanted["sessions"]) if sessions else {},
        confidential=len(hidden),
        missing={where: _missing(where, wanted, forum) for where in AROUND},
        changes=AgendaChanges(changes.sessions, (), {}, {}),
        kept=_kept(changes),
    )
    return replace(plan, obstacles=_obstacles(plan, by))


def _kept(changes: AgendaChanges) -> AgendaChanges:
    """Return what differs around the sessions and is not restored."""
    things = tuple(change for change in changes.things if change.kind == ChangeKind.CHANGED)
    orders = {name: changes.orders[name] for name in changes.reordered}
    return AgendaChanges((), things, changes.frames, orders)


def _new_slugs(forum: Forum, wanted: list[Document]) -> dict[str, str]:
    """Return other addresses for sessions outside of the release that have one of its. One query.

    A confidential session keeps its address: then the release's session cannot have it, and the
    database says so.
    """
    rows = Session.objects.filter(forum=forum).values_list("uid", "slug", "visibility")
    inside, needed = {entry["uid"] for entry in wanted}, {entry["slug"] for entry in wanted}
    taken = needed | {slug for _uid, slug, _visibility in rows}
    found = {}
    for uid, slug, visibility in rows:
        if slug in needed and str(uid) not in inside and visibility != Session.Visibility.CONFIDENTIAL:
            numbered = (f"{slug[: LONGEST_SLUG - 5]}-{number}" for number in itertools.count(2))
            found[str(uid)] = next(one for one in numbered if one not in taken)
            taken.add(found[str(uid)])
    return found


def _missing(where: str, document: Document, forum: Forum) -> list[Document]:
    """Return the entries of a list that stand for nothing in the database any more."""
    slugs = {entry["slug"] for entry in document[where]}
    if not slugs:
        return []
    model: Any = AROUND[where]
    found = model.objects.filter(slug__in=slugs, **scope_of(where, forum))
    known = set(found.values_list("slug", flat=True))
    return [entry for entry in document[where] if entry["slug"] not in known]


def scope_of(where: str, forum: Forum) -> dict[str, Any]:
    """Return to what an entry of a list belongs: a room to the venue, a track to the forum."""
    if where == "rooms":
        return {"venue_id": forum.venue_id}
    return {"forum_id": forum.pk} if where == "tracks" else {}


# --- What stands in the way -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """A room at a time, as it will be. ``row`` is whose it is, for what the release cannot move."""

    room: str
    period: DateTimeTZRange
    uid: str
    row: Session | None = None


def _obstacles(plan: Restoration, by: User | None) -> tuple[RoomTaken, ...]:
    """Return the sessions that hold a room when the release needs it, each one once.

    The release's own sessions shared its rooms in peace. In the way are those whose room it does not
    know, and all that it does not touch: confidential ones, or another forum's in the same house.
    """
    places = list(_places(plan))
    fixed: dict[str, list[_Place]] = {}
    for place in [*_untouched(plan, {place.room for place in places}), *places]:
        if place.row is not None:
            fixed.setdefault(place.room, []).append(place)
    found = {
        other.uid: other.row
        for place in places
        for other in fixed.get(place.room, ())
        if other.uid != place.uid and _overlap(place.period, other.period)
    }
    return tuple(RoomTaken(row, by=by) for row in found.values() if row is not None)


def _places(plan: Restoration) -> Iterator[_Place]:
    """Yield the rooms that the sessions of the release take."""
    for entry in plan.sessions:
        if entry["state"] == Session.State.CANCELLED:
            continue
        row, period = plan.rows.get(entry["uid"]), period_of(entry)
        if not is_closed(entry):
            if entry["room"]:
                yield _Place(entry["room"], period, entry["uid"])
        elif row is not None and row.room is not None:
            moved = copy(row)
            moved.period = period
            yield _Place(row.room.slug, period, entry["uid"], moved)


def _untouched(plan: Restoration, rooms: Iterable[str]) -> Iterator[_Place]:
    """Yield what else stands in ``rooms`` of the venue and stays there. One query."""
    touched = {row.pk for row in plan.unscheduled}
    touched |= {plan.rows[entry["uid"]].pk for entry in plan.sessions if entry["uid"] in plan.rows}
    standing = Session.objects.scheduled().filter(room__venue=plan.forum.venue_id, room__slug__in=rooms)
    for row in standing.exclude(pk__in=touched).select_related("room", "forum"):
        yield _Place(row.room.slug, row.period, str(row.uid), row)


def _overlap(one: DateTimeTZRange, other: DateTimeTZRange) -> bool:
    return bool(one.lower < other.upper and other.lower < one.upper)


def is_closed(entry: Document) -> bool:
    """Tell a session by invitation, of which the document does not say where it is."""
    return bool(entry["visibility"] == Session.Visibility.INVITATION)


def period_of(entry: Document) -> DateTimeTZRange:
    """Return the time of a document's session."""
    return DateTimeTZRange(*(datetime.fromisoformat(entry[edge]) for edge in ("start", "end")))
