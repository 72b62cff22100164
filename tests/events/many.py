"""A forum with many sessions, made quickly."""

from datetime import timedelta
from typing import Any

from events.models import AgendaDigest, AgendaNotice, Forum, Room, Session, SessionSpeaker, Track
from speakers.models import Speaker
from tests.factories import MAIN_DAY, RoomFactory, TrackFactory, at, in_three_languages, period

# How many sessions stand in one room in one day: half an hour each, from eight in the morning.
A_DAY = 20
ROOMS = 5


def add_sessions(forum: Forum, count: int, *, first: int = 0) -> list[Session]:
    """Add ``count`` half-hour sessions to a forum's draft, a speaker in each; return them.

    Their numbers begin with ``first``, so that more can be added to those that are there.
    """
    rooms: list[Any] = [
        RoomFactory(venue=forum.venue, position=n, **in_three_languages("name", f"Room {n}"))
        for n in range(ROOMS)
    ]
    track = TrackFactory(forum=forum, weave=Track.Weave.TWILL, **in_three_languages("name", "Cancer"))
    sessions = Session.objects.bulk_create(
        [_session(forum, rooms, track, number) for number in range(first, first + count)]
    )
    speakers = Speaker.objects.bulk_create([_speaker(number) for number in range(first, first + count)])
    SessionSpeaker.objects.bulk_create(
        [
            SessionSpeaker(session=session, speaker=speaker)
            for session, speaker in zip(sessions, speakers, strict=True)
        ]
    )
    return sessions


def add_readers(digest: AgendaDigest, count: int, session_uids: list[Any]) -> None:
    """Let ``count`` people more, who have starred these sessions, get the mail about a release."""
    AgendaNotice.objects.bulk_create(
        AgendaNotice(
            digest=digest,
            email=f"star{number}@example.org",
            language="en",
            reasons=["star"],
            session_uids=session_uids,
        )
        for number in range(count)
    )


def _session(forum: Forum, rooms: list[Room], track: Track, number: int) -> Session:
    day, rest = divmod(number, A_DAY * len(rooms))
    place, turn = divmod(rest, A_DAY)
    start = at(8, day=MAIN_DAY) + timedelta(days=day, minutes=30 * turn)
    return Session(
        forum=forum,
        slug=f"many-{number}",
        room=rooms[place],
        track=track,
        period=period(start, 30),
        spoken_languages=["vi"],
        interpretation=["ko", "en"],
        **in_three_languages("title", f"Talk {number} on early detection of disease"),
        **in_three_languages("abstract", f"What talk {number} is about, in a sentence or two."),
    )


def _speaker(number: int) -> Speaker:
    return Speaker(
        slug=f"many-{number}",
        name=f"Nguyễn Văn {number}",
        hangul_name=f"응우옌 반 {number}",
        country="VN",
        **in_three_languages("affiliation", f"Hospital {number}"),
    )
