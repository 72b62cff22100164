"""Moves the demonstration forum so that it is about to happen again."""

from datetime import date, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from core import audit
from events.models import Forum, Session
from events.services import change_session
from pages.demo_loading.forum import ACTOR, forum_day_for


@transaction.atomic
def move_forum(forum: Forum, *, today: date) -> int:
    """
    Move the forum and all its sessions so that it is as far ahead as a fresh one; return by how many days.

    What organizers have changed stays changed, only later or earlier. The agenda is not published.
    """
    distance = forum_day_for(today) - forum.main_day
    if distance:
        _move_days(forum, distance)
        _move_sessions(forum, distance)
    return distance.days


def _move_days(forum: Forum, distance: timedelta) -> None:
    before = forum.main_day
    forum.first_day += distance
    forum.main_day += distance
    forum.last_day += distance
    forum.save(update_fields=["first_day", "main_day", "last_day", "changed_at"])
    audit.record(
        "forum.moved",
        forum,
        actor=None,
        actor_label=ACTOR,
        changes={"main_day": (before, forum.main_day)},
    )


def _move_sessions(forum: Forum, distance: timedelta) -> None:
    # Those in front move first: a session must not arrive in its room before the next one has left.
    order = "-period__startswith" if distance > timedelta(0) else "period__startswith"
    for session in Session.objects.filter(forum=forum, period__isnull=False).order_by(order):
        period: DateTimeTZRange = session.period
        change_session(
            session,
            by=None,
            actor_label=ACTOR,
            expected_version=session.version,
            fields={"period": DateTimeTZRange(period.lower + distance, period.upper + distance, "[)")},
        )
