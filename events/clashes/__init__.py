"""Clashes of the draft: what cannot be, and what an organizer should know of before it is published.

``finding`` is the engine, over the facts of ``draft``; ``reading`` brings those from the database, and
``wording`` makes sentences. This is what the rest of the site calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from accounts.models import User
from events.clashes.bookings import count_with
from events.clashes.draft import Draft, DraftSession
from events.clashes.finding import Code, find
from events.clashes.reading import read_draft, span_of
from events.clashes.wording import KINDS, sentence, subject
from events.models import AcceptedClash, Forum

__all__ = [
    "Clash",
    "Code",
    "DraftSession",
    "accepted_in",
    "clashes_if",
    "clashes_in",
    "clashes_of",
    "count_with",
    "moved",
    "read_draft",
]

# Where a session would be: its time and its room's key, each None when it has none.
Placement = tuple[DateTimeTZRange | None, int | None]


@dataclass(frozen=True, slots=True)
class Clash:
    """Something in the draft that cannot be (``"blocking"``) or should be looked at (``"warning"``).

    ``key`` names it with its circumstances; ``accepted`` is the organizer's decision to leave it so.
    ``session_uids`` has one or two, in order of time. ``subject`` (a person, a room or a title) and
    ``sentence`` are in the language that was active.
    """

    code: Code
    severity: Literal["blocking", "warning"]
    key: str
    session_uids: tuple[str, ...]
    subject: str
    sentence: str
    accepted: AcceptedClash | None = None

    @property
    def kind(self) -> str:
        """What kind of clash it is, in a few words of the active language."""
        return str(KINDS[self.code])

    @property
    def is_open(self) -> bool:
        """True while nobody has accepted it."""
        return self.accepted is None


def clashes_of(forum: Forum, *, seen_by: User | None = None) -> list[Clash]:
    """Return the clashes of the forum's draft in order of time, the accepted ones among them.

    With ``seen_by``, only those among sessions that this person may see. A constant number of queries.
    """
    return clashes_in(read_draft(forum, seen_by=seen_by), accepted_in(forum))


def clashes_if(
    forum: Forum,
    session_pk: int,
    period: DateTimeTZRange | None,
    room_id: int | None,
    *,
    seen_by: User | None = None,
) -> list[Clash]:
    """Return the clashes of one session as they would be if it stood at that time in that room."""
    draft = moved(read_draft(forum, seen_by=seen_by), {session_pk: (period, room_id)})
    uids = {session.uid for session in draft.sessions if session.pk == session_pk}
    return [clash for clash in clashes_in(draft, accepted_in(forum)) if uids & {*clash.session_uids}]


def clashes_in(draft: Draft, accepted: Iterable[AcceptedClash] = ()) -> list[Clash]:
    """Return the clashes of ``draft`` with their words."""
    decisions = {decision.key: decision for decision in accepted}
    return [
        Clash(
            code=found.code,
            severity="blocking" if found.code is Code.ROOM else "warning",
            key=found.key,
            session_uids=tuple(session.uid for session in found.sessions),
            subject=subject(found, draft),
            sentence=sentence(found, draft),
            accepted=decisions.get(found.key),
        )
        for found in find(draft)
    ]


def accepted_in(forum: Forum) -> Sequence[AcceptedClash]:
    """Return the forum's decisions to leave a warning as it is, also those that nothing matches now."""
    return list(AcceptedClash.objects.filter(forum=forum).select_related("accepted_by"))


def moved(draft: Draft, placements: Mapping[int, Placement], added: Iterable[DraftSession] = ()) -> Draft:
    """Return ``draft`` as it would be with sessions, by primary key, placed elsewhere, and some more."""

    def placed(session: DraftSession) -> DraftSession:
        if session.pk not in placements:
            return session
        period, room = placements[session.pk]
        return replace(session, span=span_of(period), room=room)

    return replace(draft, sessions=(*map(placed, draft.sessions), *added))
