"""The document: exact, the same twice, and without anything confidential."""

import json
from collections.abc import Callable
from decimal import Decimal

import pytest

from core.i18n import texts_of
from events.agenda_document import build_document, canonical, digest
from events.models import Forum, Session, SessionSpeaker
from events.services import cancel_session
from tests.conftest import CountQueries
from tests.factories import (
    FIRST_DAY,
    ForumFactory,
    RoomFactory,
    SessionFactory,
    SpeakerFactory,
    TopicFactory,
    TrackFactory,
    at,
    in_three_languages,
)

Fill = Callable[[Forum, int], list[Session]]

NOTHING = {"vi": "", "ko": "", "en": ""}


def in_document(text: str) -> dict[str, str]:
    """Return a text as ``in_three_languages`` writes it and the document holds it."""
    return {"vi": f"{text} (tiếng Việt)", "ko": f"{text} (한국어)", "en": text}


@pytest.fixture
def small_forum(forum: Forum) -> Forum:
    """Give a forum of one session in which every part of the document has something to say."""
    forum.venue.latitude, forum.venue.longitude = "21.02850", "105.85420"
    forum.venue.save()
    room = RoomFactory(
        venue=forum.venue, slug="hall", capacity=600, position=1, **in_three_languages("name", "Hall")
    )
    track = TrackFactory(forum=forum, slug="cancer", weave="twill", **in_three_languages("name", "Cancer"))
    session = SessionFactory(
        forum=forum,
        slug="screening",
        room=room,
        track=track,
        starts_at=at(10, 15),
        minutes=45,
        seat_limit=80,
        cme_credits=Decimal("1.5"),
        cme_minimum_percent=75,
        spoken_languages=["ko"],
        interpretation=["vi", "en"],
        **in_three_languages("title", "Screening"),
        abstract_vi="Sàng lọc ung thư",
        abstract_ko="",
        abstract_en="",
        note_vi="",
        note_ko="",
        note_en="",
    )
    session.topics.add(TopicFactory(slug="screening", **in_three_languages("name", "Screening")))
    doctor = SpeakerFactory(
        slug="kim",
        name="김예시",
        latin_name="Kim Yesi",
        hangul_name="김예시",
        country="KR",
        **in_three_languages("position", "Doctor"),
        **in_three_languages("affiliation", "Hospital"),
        **in_three_languages("biography", "Reads images."),
    )
    chair = SpeakerFactory(slug="le", name="Lê Văn Mẫu", hangul_name="", biography_vi="Chủ trì", is_demo=True)
    SessionSpeaker.objects.create(session=session, speaker=chair, role="chair", position=2)
    SessionSpeaker.objects.create(session=session, speaker=doctor, role="speaker", position=1)
    return forum


def test_the_document_of_a_small_forum_is_exactly_this(small_forum: Forum) -> None:
    venue, session = small_forum.venue, Session.objects.get(slug="screening")
    chair = next(row.speaker for row in session.session_speakers.all() if row.role == "chair")

    assert build_document(small_forum) == {
        "format": "forum-agenda",
        "version": 3,
        "forum": {
            "slug": "hanoi-2031",
            "name": in_document("Vietnam–Korea Forum"),
            "short_name": in_document("VK Forum"),
            "subtitle": texts_of(small_forum, "subtitle"),
            "time_zone": "Asia/Ho_Chi_Minh",
            "second_time_zone": "Asia/Seoul",
            "first_day": "2031-05-13",
            "main_day": "2031-05-14",
            "last_day": "2031-05-15",
            "is_demo": False,
        },
        "venue": {
            "slug": venue.slug,
            "name": texts_of(venue, "name"),
            "city": {"vi": "Hà Nội", "ko": "하노이", "en": "Hanoi"},
            "address": texts_of(venue, "address"),
            "country": "VN",
            "latitude": "21.02850",
            "longitude": "105.85420",
        },
        "rooms": [
            {
                "slug": "hall",
                "name": in_document("Hall"),
                "floor": {"vi": "tầng 2", "ko": "2층", "en": "2nd floor"},
                "capacity": 600,
            }
        ],
        "tracks": [
            {
                "slug": "cancer",
                "name": in_document("Cancer"),
                "description": texts_of(session.track, "description"),
                "weave": "twill",
            }
        ],
        "topics": [{"slug": "screening", "name": in_document("Screening")}],
        "sessions": [
            {
                "uid": str(session.uid),
                "slug": "screening",
                "kind": "talk",
                "state": "confirmed",
                "visibility": "public",
                "title": in_document("Screening"),
                "abstract": {"vi": "Sàng lọc ung thư", "ko": "", "en": ""},
                "note": NOTHING,
                "room": "hall",
                # Hanoi is seven hours ahead of UTC.
                "start": "2031-05-14T03:15:00Z",
                "end": "2031-05-14T04:00:00Z",
                "track": "cancer",
                "topics": ["screening"],
                "spoken": ["ko"],
                "interpretation": ["vi", "en"],
                "seat_limit": 80,
                "people": [{"speaker": "kim", "role": "speaker"}, {"speaker": "le", "role": "chair"}],
                "recording": "",
                "materials": [],
                "cme_credits": "1.50",
                "cme_minimum_percent": 75,
                "is_demo": False,
            }
        ],
        "speakers": [
            {
                "slug": "kim",
                "name": "김예시",
                "latin_name": "Kim Yesi",
                "hangul_name": "김예시",
                "country": "KR",
                "position": in_document("Doctor"),
                "affiliation": in_document("Hospital"),
                "biography": in_document("Reads images."),
                "portrait": None,
                "is_demo": False,
            },
            {
                "slug": "le",
                "name": "Lê Văn Mẫu",
                "latin_name": "",
                "hangul_name": "",
                "country": "VN",
                "position": texts_of(chair, "position"),
                "affiliation": texts_of(chair, "affiliation"),
                "biography": {**texts_of(chair, "biography"), "vi": "Chủ trì"},
                "portrait": None,
                "is_demo": True,
            },
        ],
    }


def test_the_canonical_spelling_is_sorted_compact_and_utf_8() -> None:
    document = {"b": [1, None, True], "a": {"ko": "한국어", "vi": "tiếng Việt"}}

    written = canonical(document)

    assert written == '{"a":{"ko":"한국어","vi":"tiếng Việt"},"b":[1,null,true]}'.encode()
    assert digest(document) == digest(json.loads(written))
    assert len(digest(document)) == 64


def test_the_same_draft_gives_the_same_bytes_and_a_changed_one_does_not(small_forum: Forum) -> None:
    first = canonical(build_document(small_forum))

    assert canonical(build_document(small_forum)) == first
    Session.objects.filter(slug="screening").update(seat_limit=81)
    assert canonical(build_document(small_forum)) != first


def test_a_confidential_session_leaves_no_trace(drafted_forum: Forum) -> None:
    before = build_document(drafted_forum)
    room = RoomFactory(venue=drafted_forum.venue, **in_three_languages("name", "SECRET room"))
    track = TrackFactory(forum=drafted_forum, **in_three_languages("name", "SECRET track"))
    guest = SpeakerFactory(slug="secret-guest", name="SECRET guest")
    session = SessionFactory(
        forum=drafted_forum,
        slug="secret-talk",
        visibility="confidential",
        room=room,
        track=track,
        starts_at=at(15, day=FIRST_DAY),
        speakers=[guest],
        **in_three_languages("title", "SECRET title"),
    )
    session.topics.add(TopicFactory(slug="secret-topic", **in_three_languages("name", "SECRET topic")))

    after = build_document(drafted_forum)

    assert "secret" not in canonical(after).decode().lower()
    assert after == before


def test_a_person_in_a_confidential_and_a_public_session_is_named_for_the_public_one(
    drafted_forum: Forum,
) -> None:
    minister = drafted_forum.sessions.get(slug="opening").session_speakers.get().speaker
    SessionFactory(
        forum=drafted_forum,
        slug="secret-talk",
        visibility="confidential",
        starts_at=at(15),
        speakers=[minister],
    )

    document = build_document(drafted_forum)

    assert "secret-talk" not in canonical(document).decode()
    assert minister.slug in [speaker["slug"] for speaker in document["speakers"]]


def test_a_session_by_invitation_is_announced_without_the_way_in(forum: Forum) -> None:
    SessionFactory(
        forum=forum,
        slug="courtesy",
        visibility="invitation",
        seat_limit=12,
        room=RoomFactory(venue=forum.venue, slug="protocol-room"),
        **in_three_languages("title", "Courtesy meeting"),
        **in_three_languages("note", "Ring at the north door"),
    )

    document = build_document(forum)

    [session] = document["sessions"]
    assert session["title"] == in_document("Courtesy meeting")
    assert (session["room"], session["note"], session["seat_limit"]) == (None, NOTHING, None)
    assert document["rooms"] == []
    assert "north door" not in canonical(document).decode()


def test_a_session_without_a_time_waits_and_a_cancelled_one_stays(drafted_forum: Forum) -> None:
    SessionFactory(forum=drafted_forum, slug="some-day", period=None)
    cancel_session(drafted_forum.sessions.get(slug="screening"), by=None)

    states = {session["slug"]: session["state"] for session in build_document(drafted_forum)["sessions"]}

    assert states == {"opening": "confirmed", "screening": "cancelled", "booths": "confirmed"}


def test_another_forum_is_not_in_it(drafted_forum: Forum) -> None:
    before = build_document(drafted_forum)
    SessionFactory(forum=ForumFactory(is_current=False), slug="elsewhere")

    assert build_document(drafted_forum) == before


@pytest.mark.parametrize("count", [1, 3, 300])
def test_five_queries_whatever_the_size(
    forum: Forum, fill: Fill, count: int, assert_queries: CountQueries
) -> None:
    fill(forum, count)

    with assert_queries(5):
        document = build_document(forum)

    assert len(document["sessions"]) == len(document["speakers"]) == count
