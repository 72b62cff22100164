"""Opening hours, absences and the accepted warning of the demonstration."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from accounts.models import User
from events.clashes import Code, clashes_of
from events.models import Forum
from events.services import accept_clash
from pages.demo.planning import ABSENCES, ACCEPTED_REASON, ACCEPTED_SESSION, HOURS
from speakers.models import Speaker


def write_planning(forum: Forum, speakers: Mapping[str, Speaker]) -> None:
    """Write when the house is open and when somebody is away, for a forum that is new."""
    for hours in HOURS:
        forum.opening_hours.create(
            day=_day(forum, hours.day),
            opens=time.fromisoformat(hours.opens),
            closes=time.fromisoformat(hours.closes),
        )
    for absence in ABSENCES:
        period = local_period(forum, absence.day, absence.start, absence.end)
        speaker = speakers[absence.speaker]
        speaker.unavailabilities.get_or_create(period=period, defaults={"note": absence.note})


def accept_warning(forum: Forum, *, by: User) -> None:
    """Accept the warning about the reception, as ``by`` would on the page."""
    uid = str(forum.sessions.get(slug=ACCEPTED_SESSION).uid)
    for clash in clashes_of(forum):
        if clash.code is Code.HOURS and uid in clash.session_uids:
            accept_clash(forum=forum, key=clash.key, reason=ACCEPTED_REASON, by=by)


def local_period(forum: Forum, day: int, start: str, end: str) -> DateTimeTZRange:
    """Return a time on a day of the forum, which counts from that of the opening; HH:MM on its clock."""
    moments = (
        timezone.make_aware(datetime.combine(_day(forum, day), time.fromisoformat(clock)), forum.zone)
        for clock in (start, end)
    )
    return DateTimeTZRange(*moments, "[)")


def _day(forum: Forum, day: int) -> date:
    return forum.main_day + timedelta(days=day)
