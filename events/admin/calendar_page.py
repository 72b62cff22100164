"""What the calendar editor's page shows: days, rooms, tracks, a day as a table, and the script's words."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.permissions import acting_user, forums_where
from core import dates
from core.i18n import current_language
from events import calendar_state
from events.admin.calendar_answers import VIEW
from events.calendar_addresses import editor_url
from events.clashes import clashes_of
from events.forms.calendar import values_of
from events.models import Forum, OpeningHours, Room, Session, Track


def day_of(session: Session) -> str:
    """Return the day on which the session begins, as addresses write it; nothing while unscheduled."""
    starts = session.starts_at
    return starts.astimezone(session.forum.zone).date().isoformat() if starts else ""


def page_context(request: HttpRequest, forum: Forum) -> dict[str, Any]:
    """Return what both ``page.html`` and ``_day.html`` show. A constant number of queries."""
    user = acting_user(request)
    day, track = _day_in(request, forum), request.GET.get("track", "")
    tracks = list(Track.objects.filter(forum=forum))
    rooms = calendar_state.rooms_of(forum)
    sessions = list(calendar_state.sessions_of(forum, user))
    clashes = clashes_of(forum, seen_by=user)
    by_session: dict[str, list[Any]] = {}
    for clash in clashes:
        for uid in clash.session_uids:
            by_session.setdefault(uid, []).append(clash)

    def rows(wanted: Any) -> list[dict[str, Any]]:
        return [
            {
                "session": session,
                "values": values_of(session),
                "clashes": by_session.get(str(session.uid), []),
                "minutes": calendar_state.minutes_of(session),
            }
            for session in sessions
            if wanted(session) and (not track or (session.track and session.track.slug == track))
        ]

    titles = {str(session.uid): session for session in sessions}
    return {
        "forum": forum,
        "forums": forums_where(user, VIEW),
        "day": day.isoformat(),
        "day_label": dates.day(day, current_language()),
        "days": [
            {
                "date": one.isoformat(),
                "label": dates.brief_day(one, current_language()),
                "is_chosen": one == day,
            }
            for one in _days(forum)
        ],
        "rooms": rooms,
        "tracks": tracks,
        "track": track,
        "rows": rows(lambda session: _is_on(session, day, forum.zone)),
        "tray": rows(lambda session: session.period is None),
        "clashes": [
            {"clash": clash, "sessions": [titles[uid] for uid in clash.session_uids if uid in titles]}
            # What waits for a decision first; each in order of time
            for clash in sorted(clashes, key=lambda clash: not clash.is_open)
        ],
        "open_clashes": sum(clash.is_open for clash in clashes),
        **calendar_state.steps_in_words(forum, user),
        "config": _config(forum, rooms, tracks, day, track),
    }


def _days(forum: Forum) -> list[date]:
    count = (forum.last_day - forum.first_day).days + 1
    return [forum.first_day + timedelta(days=number) for number in range(count)]


def _day_in(request: HttpRequest, forum: Forum) -> date:
    """Return the day that the address names, else today while the forum is on, else the opening's."""
    days = {day.isoformat(): day for day in _days(forum)}
    today = timezone.now().astimezone(forum.zone).date().isoformat()
    return days.get(request.GET.get("day", "")) or days.get(today) or forum.main_day


def _is_on(session: Session, day: date, zone: ZoneInfo) -> bool:
    starts, ends = session.starts_at, session.ends_at
    if starts is None or ends is None:
        return False
    midnight = datetime.combine(day, time.min, zone)
    return starts < midnight + timedelta(days=1) and midnight < ends


def _config(forum: Forum, rooms: list[Room], tracks: list[Track], day: date, track: str) -> dict[str, Any]:
    """Return what the script needs to know once, as JSON values."""
    language = current_language()
    return {
        "language": language,
        "day": day.isoformat(),
        "track": track,
        "days": [{"date": one.isoformat(), "label": dates.day(one, language)} for one in _days(forum)],
        "hours": {
            str(hours.day): [f"{hours.opens:%H:%M}", f"{hours.closes:%H:%M}"]
            for hours in OpeningHours.objects.filter(forum=forum)
        },
        "rooms": [{"id": room.pk, "title": str(room)} for room in rooms],
        "tracks": [{"slug": one.slug, "name": str(one), "weave": one.weave} for one in tracks],
        "urls": {
            "state": editor_url(forum, "_state"),
            "day": editor_url(forum, part="day"),
            # 0 stands for the session's id.
            "session": editor_url(forum, "_session", 0),
            "place": editor_url(forum, "_place", 0),
            "preview": editor_url(forum, "_preview", 0),
        },
        "words": _words(),
    }


def _words() -> dict[str, str]:
    """Return the sentences that the script says by itself; ``{title}`` and the like are put in there."""
    return {
        "noRoom": capfirst(_("no room")),
        "taken": _("Taken"),
        "appeared": _("Changed by others: {titles}"),
        "failed": _("The change did not reach the server, so it was taken back. Please try again."),
        "offline": _("No connection: the calendar may be out of date. It will be tried again."),
        "saving": _("Saving…"),
        "saved": _("Saved"),
        "blocking": _("Cannot be"),
        "warning": _("Warning"),
        "acceptedWarning": _("Accepted warning"),
        "nothingUnscheduled": _("Every session has a time."),
        "openChanged": _("Somebody else changed this session. Open it again to see how it is now."),
        "minutes": _("{minutes} min"),
        "dropHere": _("Drop a session here to take it out of the calendar."),
        "noClash": _("No clash there."),
    }
