"""What does not go together in somebody's forum: two sessions at once, or too far apart for the pause.

The organizers' engine looks (``events.clashes.finding``), over one person who wants to be in all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext

from core import dates
from events.agenda import Agenda
from events.clashes.draft import Draft, DraftRoom, DraftSession
from events.clashes.finding import Code, Found, find
from events.models import Venue, WalkingTime
from pages.my_forum.choices import Entry

_ME = 0


def hints_of(entries: Sequence[Entry], agenda: Agenda, forum_id: int) -> Mapping[str, list[str]]:
    """Return by uid what its owner should know of a session, in the active language. Two queries.

    What she can walk in and out of, such as a break or the exhibition, hinders nothing, and neither does
    what is cancelled.
    """
    counted = [e for e in entries if not e.session.is_quiet and not e.session.is_cancelled]
    hints: defaultdict[str, list[str]] = defaultdict(list)
    for found in find(_draft(counted, agenda, forum_id)):
        if found.code not in (Code.PERSON, Code.WALK):
            continue
        first, last = found.sessions
        hints[first.uid].append(_sentence(found, last, agenda))
        hints[last.uid].append(_sentence(found, first, agenda))
    return hints


def _draft(entries: Sequence[Entry], agenda: Agenda, forum_id: int) -> Draft:
    """Return her sessions as facts. Rooms are numbered by their short names."""
    slugs = sorted({entry.session.room.slug for entry in entries if entry.session.room})
    rooms = {slug: number for number, slug in enumerate(slugs)}
    minutes = Venue.objects.filter(forums=forum_id).values_list("walking_minutes", flat=True).first()
    walks = WalkingTime.objects.filter(venue__forums=forum_id)
    known = [
        (rooms[one], rooms[other], minutes)
        for one, other, minutes in walks.values_list("first_room__slug", "second_room__slug", "minutes")
        if one in rooms and other in rooms
    ]
    return Draft(
        zone=agenda.forum.zone,
        sessions=tuple(
            DraftSession(
                pk=number,
                uid=entry.session.uid,
                title=str(entry.session.localized("title")),
                span=(entry.session.start, entry.session.end),
                room=rooms[entry.session.room.slug] if entry.session.room else None,
                people=(_ME,),
            )
            for number, entry in enumerate(entries)
        ),
        rooms={number: DraftRoom(slug) for slug, number in rooms.items()},
        walking_minutes=minutes or 0,
        walks={(min(one, other), max(one, other)): minutes for one, other, minutes in known},
    )


def _sentence(found: Found, other: DraftSession, agenda: Agenda) -> str:
    """Say of one of the two sessions how the other hinders it."""
    if found.code is Code.PERSON and found.span:
        return gettext("At the same time: “%(title)s”, %(start)s–%(end)s.") % {
            "title": other.title,
            "start": _clock(found.span[0], agenda),
            "end": _clock(found.span[1], agenda),
        }
    pause, walk = found.numbers or (0, 0)
    comes_after = other is found.sessions[0]
    # Minutes as a sign, so that no language has to count them in words.
    if not pause and comes_after:
        pattern = gettext("Begins right when “%(title)s” ends; the walk takes %(walk)d min.")
    elif not pause:
        pattern = gettext("Ends right when “%(title)s” begins; the walk takes %(walk)d min.")
    elif comes_after:
        pattern = gettext("Only %(pause)d min after “%(title)s”; the walk takes %(walk)d min.")
    else:
        pattern = gettext("Only %(pause)d min before “%(title)s”; the walk takes %(walk)d min.")
    return pattern % {"title": other.title, "pause": pause, "walk": walk}


def _clock(moment: datetime, agenda: Agenda) -> str:
    return dates.clock(moment, agenda.forum.zone)
