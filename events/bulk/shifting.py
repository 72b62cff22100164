"""Moving everything of an afternoon, or of any part of a day, some minutes earlier or later."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core import dates
from core.i18n import current_language
from events.bulk.plan import Line, Plan, draft_sessions, new_clashes, place_in_words
from events.clashes.reading import span_of
from events.models import Forum, Session
from events.services.steps import SessionMove


@dataclass(frozen=True, slots=True)
class Shift:
    """What is to be moved: sessions that begin on ``day`` at ``since`` or later, by ``minutes``.

    ``rooms`` and ``tracks`` are primary keys; when one is empty, all are meant.
    """

    day: date
    since: time
    minutes: int
    rooms: frozenset[int] = frozenset()
    tracks: frozenset[int] = frozenset()


def plan_shift(forum: Forum, shift: Shift, *, by: User) -> Plan:
    """Return what the shift would do."""
    distance = timedelta(minutes=shift.minutes)
    lines, moves = [], []
    for session in draft_sessions(forum, by):
        span = span_of(session.period)
        if span is None or not _is_meant(session, span[0].astimezone(forum.zone), shift):
            continue
        period = DateTimeTZRange(span[0] + distance, span[1] + distance, "[)")
        moves.append(SessionMove(session, session.version, {"period": period}))
        lines.append(
            Line(
                session.display_title,
                place_in_words(forum, session.period, session.room),
                place_in_words(forum, period, session.room),
                session,
                errors=_errors(forum, (span[0] + distance).astimezone(forum.zone).date()),
            )
        )
    return Plan(
        forum,
        _label(shift),
        tuple(lines),
        tuple(moves),
        new_clashes(forum, moves, seen_by=by) if moves else (),
    )


def _is_meant(session: Session, begins: datetime, shift: Shift) -> bool:
    return (
        begins.date() == shift.day
        and begins.time() >= shift.since
        and _among(session.room_id, shift.rooms)
        and _among(session.track_id, shift.tracks)
    )


def _among(key: int | None, chosen: Collection[int]) -> bool:
    return not chosen or key in chosen


def _errors(forum: Forum, day: date) -> tuple[str, ...]:
    """A session begins on a day of the forum."""
    if forum.first_day <= day <= forum.last_day:
        return ()
    days = dates.day_range(forum.first_day, forum.last_day, current_language())
    return (_("It would begin outside the days of the forum (%(days)s).") % {"days": days},)


def _label(shift: Shift) -> str:
    n = abs(shift.minutes)
    if shift.minutes > 0:
        words = ngettext(
            "%(day)s from %(time)s: %(n)s minute later", "%(day)s from %(time)s: %(n)s minutes later", n
        )
    else:
        words = ngettext(
            "%(day)s from %(time)s: %(n)s minute earlier", "%(day)s from %(time)s: %(n)s minutes earlier", n
        )
    day = dates.day(shift.day, current_language())
    return words % {"day": day, "time": f"{shift.since:%H:%M}", "n": n}
