"""A forum's draft read from the database as facts, in a number of queries that does not grow with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q

from accounts.models import User
from core.i18n import LANGUAGE_CODES, choose, current_language
from events.clashes.bookings import seats_taken
from events.clashes.draft import Draft, DraftPerson, DraftRoom, DraftSession, Span
from events.models import Forum, OpeningHours, Room, Session, SessionSpeaker, WalkingTime
from speakers.models import Unavailability, names_by_language

_TITLES = tuple(f"title_{code}" for code in LANGUAGE_CODES)
_NAMES = tuple(f"name_{code}" for code in LANGUAGE_CODES)


def read_draft(forum: Forum, *, seen_by: User | None = None) -> Draft:
    """Return the forum's draft without what is cancelled; names are in the active language.

    With ``seen_by``, sessions that this person may not see are left out, as if they were not there.
    """
    people, parts = _people(forum)
    walking_minutes, rooms = _rooms(forum)
    return Draft(
        zone=forum.zone,
        sessions=tuple(_sessions(forum, parts, seen_by)),
        rooms=rooms,
        people=people,
        hours={
            day: (opens, closes)
            for day, opens, closes in OpeningHours.objects.filter(forum=forum)
            .order_by()
            .values_list("day", "opens", "closes")
        },
        walking_minutes=walking_minutes,
        walks=_walks(forum),
    )


def _sessions(forum: Forum, parts: dict[int, list[int]], seen_by: User | None) -> Iterable[DraftSession]:
    sessions = Session.objects.filter(forum=forum).exclude(state=Session.State.CANCELLED)
    if seen_by is not None:
        sessions = sessions.visible_to(seen_by)
    taken = seats_taken(forum.pk)
    columns = ("pk", "uid", "period", "room_id", "interpretation", "seat_limit", *_TITLES)
    for pk, uid, period, room, languages, limit, *titles in sessions.order_by("pk").values_list(*columns):
        yield DraftSession(
            pk=pk,
            uid=str(uid),
            title=_in_my_language(titles),
            span=span_of(period),
            room=room,
            people=tuple(dict.fromkeys(parts.get(pk, ()))),
            languages=len(set(languages)),
            seat_limit=limit,
            seats_taken=taken.get(pk),
        )


def span_of(period: DateTimeTZRange | None) -> Span | None:
    """Return a stored time as two instants; None for none."""
    if period is None or period.lower is None or period.upper is None:
        return None
    return period.lower, period.upper


def _in_my_language(texts: Iterable[str | None]) -> str:
    return str(choose({code: text or "" for code, text in zip(LANGUAGE_CODES, texts, strict=True)}))


def _people(forum: Forum) -> tuple[dict[int, DraftPerson], dict[int, list[int]]]:
    """Return the people by key, and the keys of the people of each session."""
    rows = (
        SessionSpeaker.objects.filter(session__forum=forum)
        # Who declined will not be there, and so cannot be missed elsewhere.
        .exclude(answer=SessionSpeaker.Answer.DECLINED)
        .order_by("speaker_id")
    )
    language = current_language()
    names: dict[int, str] = {}
    parts: defaultdict[int, list[int]] = defaultdict(list)
    columns = ("session_id", "speaker_id", "speaker__name", "speaker__latin_name", "speaker__hangul_name")
    for session, speaker, name, latin, hangul in rows.values_list(*columns):
        parts[session].append(speaker)
        names[speaker] = names_by_language(name, latin, hangul)[language]
    away: defaultdict[int, list[Span]] = defaultdict(list)
    of_these = Q(speaker__in=rows.order_by().values("speaker"))
    for speaker, period in Unavailability.objects.filter(of_these).values_list("speaker_id", "period"):
        away[speaker] += filter(None, [span_of(period)])
    return {pk: DraftPerson(name, tuple(sorted({*away[pk]}))) for pk, name in names.items()}, parts


def _rooms(forum: Forum) -> tuple[int, dict[int, DraftRoom]]:
    """Return the minutes of a walk at this venue, and its rooms by key."""
    minutes, rooms = 0, {}
    columns = ("pk", "capacity", "interpretation_channels", "venue__walking_minutes", *_NAMES)
    for pk, capacity, channels, walk, *names in (
        Room.objects.filter(venue=forum.venue_id).order_by().values_list(*columns)
    ):
        minutes = walk
        rooms[pk] = DraftRoom(_in_my_language(names), capacity, channels)
    return minutes, rooms


def _walks(forum: Forum) -> dict[tuple[int, int], int]:
    walks = WalkingTime.objects.filter(venue=forum.venue_id).order_by()
    return {
        (min(first, second), max(first, second)): minutes
        for first, second, minutes in walks.values_list("first_room_id", "second_room_id", "minutes")
    }
