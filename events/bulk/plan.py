"""What an edit of many sessions would do, line by line, with the clashes it would make."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Conflict, DomainError
from core.i18n import Localized
from events.clashes import Clash, DraftSession, accepted_in, clashes_in, moved, read_draft
from events.clashes.reading import span_of
from events.models import EditStep, Forum, Room, Session
from events.services.steps import SessionAddition, SessionMove, take_step
from events.session_history import shown_period


class PlanChanged(Conflict):
    """The draft is no longer the one whose preview the organizer has seen."""

    def __init__(self) -> None:
        super().__init__(
            _("The draft was changed after you looked. This is what would happen now; please look again.")
        )


class NotPossible(DomainError):
    """The plan has lines that cannot be done, so none of it is."""

    status = 422


@dataclass(frozen=True, slots=True)
class Line:
    """One session of a plan: how it is and how it would be, in words.

    ``before`` is empty for a new session, ``after`` for one that stays as it is. ``notes`` say what else
    changes or what an organizer may not expect, ``errors`` why it cannot be done. ``number`` is the row of
    a sheet that it comes from.
    """

    title: Localized
    before: str
    after: str
    session: Session | None = None
    notes: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """An edit that has not happened yet. ``label`` is what the step will be called.

    ``clashes`` are those that would be new; ``remarks`` are about the whole.
    """

    forum: Forum
    label: str
    lines: tuple[Line, ...]
    changes: tuple[SessionMove | SessionAddition, ...]
    clashes: tuple[Clash, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def blocking(self) -> list[Clash]:
        """The clashes that the database would refuse."""
        return [clash for clash in self.clashes if clash.severity == "blocking"]

    @property
    def warnings(self) -> list[Clash]:
        """The clashes that would be warned of."""
        return [clash for clash in self.clashes if clash.severity == "warning"]

    @property
    def errors(self) -> int:
        """How many lines cannot be done."""
        return sum(1 for line in self.lines if line.errors)

    @property
    def can_be_taken(self) -> bool:
        """True when there is something to do and nothing stands in the way."""
        return bool(self.changes) and not self.blocking and not self.errors

    @property
    def digest(self) -> str:
        """Names exactly this plan: another version, place or title of any session is another plan."""
        parts: list[Any] = [self.label]
        parts += [
            [line.title.text, line.before, line.after, *line.notes, *line.errors] for line in self.lines
        ]
        parts += [
            [move.session.pk, move.expected_version] for move in self.changes if isinstance(move, SessionMove)
        ]
        parts += [clash.key for clash in self.clashes]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def take(plan: Plan, *, by: User, seen: str) -> EditStep | None:
    """Do what ``plan`` says, as one step.

    ``seen`` is the digest of the plan that the organizer looked at. Raises PlanChanged when it is
    another one, NotPossible when something stands in the way, and what ``take_step`` raises.
    """
    if plan.digest != seen:
        raise PlanChanged
    if not plan.can_be_taken:
        raise NotPossible(_("This cannot be done. Nothing was changed."))
    return take_step(forum=plan.forum, by=by, label=plan.label, changes=plan.changes)


def new_clashes(
    forum: Forum, changes: Iterable[SessionMove | SessionAddition], *, seen_by: User
) -> tuple[Clash, ...]:
    """Return the clashes that the draft would have after ``changes`` and does not have now."""
    draft = read_draft(forum, seen_by=seen_by)
    placements, added, gone = {}, [], set()
    for number, change in enumerate(changes, start=1):
        if isinstance(change, SessionAddition):
            added.append(_drafted(change, number))
            continue
        session, fields = change.session, change.fields
        room = fields.get("room", session.room)
        placements[session.pk] = (fields.get("period", session.period), room.pk if room else None)
        if change.state == Session.State.CANCELLED:
            gone.add(session.pk)
    after = moved(draft, placements, added)
    known = {clash.key for clash in clashes_in(draft)}
    return tuple(clash for clash in clashes_in(after, accepted_in(forum)) if clash.key not in known)


def _drafted(addition: SessionAddition, number: int) -> DraftSession:
    """Return a session that is not there yet, under a name that no other has."""
    fields = addition.fields
    room: Room | None = fields.get("room")
    probe = Session(**{name: value for name, value in fields.items() if name.startswith("title_")})
    return DraftSession(
        pk=-number,
        uid=f"new-{number}",
        title=str(probe.display_title),
        span=span_of(fields.get("period")),
        room=room.pk if room else None,
        people=tuple(dict.fromkeys(part.speaker.pk for part in addition.people)),
        languages=len(set(fields.get("interpretation") or ())),
        seat_limit=fields.get("seat_limit"),
    )


def place_in_words(forum: Forum, period: DateTimeTZRange | None, room: Room | None) -> str:
    """``Wednesday 23 December, 10:15–11:00, Main hall``, or that there is no time."""
    when = shown_period(Session(forum=forum, period=period)) or _("unscheduled")
    return f"{when}, {room}" if room else when


def draft_sessions(forum: Forum, user: User) -> Sequence[Session]:
    """Return the sessions that are to take place and that ``user`` may see, in order of time and room."""
    return list(
        Session.objects.filter(forum=forum)
        .exclude(state=Session.State.CANCELLED)
        .visible_to(user)
        .select_related("forum", "room", "track")
        .order_by("period__startswith", "room__position", "id")
    )
