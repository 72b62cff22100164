"""Moves the demonstration forum so that it is about to happen again."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F

from core import audit
from events.clashes import Clash, Code, clashes_of
from events.models import AcceptedClash, Forum, OpeningHours, Session
from events.services import change_session
from exhibitors.models import BookingPeriod, BoothBooking, Exhibition, ExhibitorTask
from pages.demo_loading.forum import ACTOR, forum_day_for
from speakers.models import Unavailability


@transaction.atomic
def move_forum(forum: Forum, *, today: date) -> int:
    """
    Move the forum and all its sessions so that it is as far ahead as a fresh one; return by how many days.

    What organizers have changed stays changed, only later or earlier. The agenda is not published.
    """
    distance = forum_day_for(today) - forum.main_day
    if distance:
        accepted = {_named(clash): clash.accepted for clash in clashes_of(forum) if clash.accepted}
        _move_days(forum, distance)
        _move_sessions(forum, distance)
        _move_hours(forum, distance)
        _move_absences(forum, distance)
        _move_exhibition(forum, distance)
        _keep_accepted(forum, accepted)
    return distance.days


def _move_days(forum: Forum, distance: timedelta) -> None:
    before = forum.main_day
    forum.first_day += distance
    forum.main_day += distance
    forum.last_day += distance
    if forum.materials_deadline:
        forum.materials_deadline += distance
    forum.save(update_fields=["first_day", "main_day", "last_day", "materials_deadline", "changed_at"])
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


def _move_hours(forum: Forum, distance: timedelta) -> None:
    order = "-day" if distance > timedelta(0) else "day"  # a day has its hours once
    for hours in OpeningHours.objects.filter(forum=forum).order_by(order):
        hours.day += distance
        hours.save(update_fields=["day"])


def _move_absences(forum: Forum, distance: timedelta) -> None:
    """Move when the forum's invented speakers are away; of real people nobody knows that."""
    of_these = Unavailability.objects.filter(
        speaker__is_demo=True, speaker__session_speakers__session__forum=forum
    )
    for absence in of_these.distinct():
        period: DateTimeTZRange = absence.period
        absence.period = DateTimeTZRange(period.lower + distance, period.upper + distance, "[)")
        absence.save(update_fields=["period"])


def _move_exhibition(forum: Forum, distance: timedelta) -> None:
    """Move the times of the exhibition, of the periods and of the claims on booths."""
    exhibition = Exhibition.objects.filter(forum=forum).first()
    if exhibition is None:
        return
    exhibition.starts_at += distance
    exhibition.ends_at += distance
    exhibition.save(update_fields=["starts_at", "ends_at"])
    ExhibitorTask.objects.filter(forum=forum).update(due_at=F("due_at") + distance)
    # Those in front move first: a claim must not arrive at its booth's next day before that is free.
    order = "-span__startswith" if distance > timedelta(0) else "span__startswith"
    claims = BoothBooking.objects.filter(exhibitor__forum=forum)
    rows: list[BookingPeriod | BoothBooking] = [*exhibition.periods.order_by(order), *claims.order_by(order)]
    for row in rows:
        span: DateTimeTZRange = row.span
        row.span = DateTimeTZRange(span.lower + distance, span.upper + distance, "[)")
        row.save(update_fields=["span"])


def _named(clash: Clash) -> tuple[Code, tuple[str, ...], str]:
    """Name a clash without its times."""
    return clash.code, clash.session_uids, clash.subject


def _keep_accepted(forum: Forum, accepted: Mapping[tuple[Code, tuple[str, ...], str], AcceptedClash]) -> None:
    """Let what was accepted stay so: nothing but the date is different."""
    for clash in clashes_of(forum):
        decision = accepted.get(_named(clash))
        if decision and clash.is_open:
            decision.key = clash.key
            decision.save(update_fields=["key"])
