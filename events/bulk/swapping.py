"""Two sessions take each other's place."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from accounts.models import User
from events.bulk.plan import Line, Plan, new_clashes, place_in_words
from events.clashes.reading import span_of
from events.models import Forum, Session
from events.services.steps import SessionMove


def plan_swap(
    forum: Forum, first: Session, second: Session, *, keep_lengths: bool, keep_rooms: bool, by: User
) -> Plan:
    """Return what it would do when the two change places.

    With ``keep_lengths`` each lasts as long as before and only begins when the other did; with
    ``keep_rooms`` only the times are exchanged.
    """
    moves, lines = [], []
    for session, other in ((first, second), (second, first)):
        period = _period(session, other, keep_lengths=keep_lengths)
        room = session.room if keep_rooms else other.room
        fields: dict[str, Any] = {"period": period, "room": room}
        moves.append(SessionMove(session, session.version, fields))
        lines.append(
            Line(
                session.display_title,
                place_in_words(forum, session.period, session.room),
                place_in_words(forum, period, room),
                session,
            )
        )
    label = _("“%(first)s” and “%(second)s” change places") % {
        "first": first.display_title,
        "second": second.display_title,
    }
    is_same = all(line.before == line.after for line in lines)
    changes = () if is_same else tuple(moves)
    return Plan(forum, label, tuple(lines), changes, new_clashes(forum, changes, seen_by=by))


def _period(session: Session, other: Session, *, keep_lengths: bool) -> DateTimeTZRange | None:
    """Return when ``session`` is after it took the time of ``other``."""
    mine, theirs = span_of(session.period), span_of(other.period)
    if theirs is None or mine is None or not keep_lengths:
        return other.period
    return DateTimeTZRange(theirs[0], theirs[0] + (mine[1] - mine[0]), "[)")
