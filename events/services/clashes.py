"""Two sessions in one room at once: found before the database refuses it, said in one sentence."""

from __future__ import annotations

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import can
from core import dates
from core.errors import Conflict
from core.i18n import current_language
from events.models import Session

TAKEN = _("%(room)s is taken on %(day)s from %(start)s to %(end)s.")
TAKEN_BY = _("%(room)s is taken: “%(title)s” is there on %(day)s from %(start)s to %(end)s.")


class RoomTaken(Conflict):
    """The room holds another session at that time. ``other`` is that session."""

    def __init__(self, other: Session, *, by: User | None) -> None:
        self.other = other
        super().__init__(_sentence(other, by), field="room")


def session_in_the_way(session: Session) -> Session | None:
    """Return the first session that holds the room of ``session`` during its time, or None.

    The condition is that of the constraint ``session_one_per_room``.
    """
    if session.room_id is None or session.period is None or session.state == Session.State.CANCELLED:
        return None
    return (
        Session.objects.scheduled()
        .filter(room_id=session.room_id, period__overlap=session.period)
        .exclude(pk=session.pk)
        .select_related("room", "forum")
        .first()
    )


def _sentence(other: Session, by: User | None) -> str:
    """Name the other session, its room and its time; its title only to somebody who may know it.

    A venue is shared, so the other session may belong to a forum in which ``by`` has no part.
    """
    period: DateTimeTZRange = other.period
    language, zone = current_language(), other.forum.zone
    facts = {
        "room": other.room,
        "title": other.display_title,
        "day": dates.day(period.lower.astimezone(zone).date(), language),
        "start": dates.clock(period.lower, zone),
        "end": dates.clock(period.upper, zone),
    }
    is_confidential = other.visibility == Session.Visibility.CONFIDENTIAL
    right = "events.view_confidential_session" if is_confidential else "events.view_session"
    if not can(by, right, other.forum) if by else is_confidential:
        return str(TAKEN) % facts
    return str(TAKEN_BY) % facts
