"""Agenda documents as nobody would write them: for the property tests of what is made from them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from core.i18n import LANGUAGE_CODES
from events.agenda_document import Document, instant
from events.models import Session, SessionSpeaker, Track

START = datetime(2031, 5, 13, 17, 0, tzinfo=UTC)
NASTY = (
    "",
    "   ",
    "–",
    "=1+1",
    "<b>&amp;</b> ]]> \"'",
    "a\r\nb\rc\n",
    "tab\there",
    "semi;colon, comma\\n",
    "\x01\x0b\x1f\x7f\ufffe",
    "😀👩‍⚕️",
    "\u202eright to left\u202c",
    "漢字",
    "ệ" * 120,
    "e\u0323\u0302",
    "-".join(["Bệnh-viện"] * 20),
)
# PostgreSQL stores no NUL, and UTF-8 no halves of a pair.
ANY_TEXT = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40),
)
TEXTS = st.one_of(
    st.fixed_dictionaries(dict.fromkeys(LANGUAGE_CODES, ANY_TEXT)),
    ANY_TEXT.map(lambda text: {"vi": text, "ko": "", "en": ""}),
)
SLUGS = st.from_regex(r"[a-zA-Z0-9_-]{1,12}", fullmatch=True)


@st.composite
def documents(draw: Any, *, most_sessions: int = 6) -> Document:
    """Draw a document that the database could hold: up to 40 rooms, sessions over midnight and for days."""
    rooms = draw(_things(40, {"name": TEXTS, "floor": TEXTS, "capacity": st.none() | st.integers(1, 9999)}))
    weaves = st.sampled_from(Track.Weave.values)
    tracks = draw(_things(4, {"name": TEXTS, "description": TEXTS, "weave": weaves}))
    topics = draw(_things(3, {"name": TEXTS}))
    speakers = draw(
        _things(
            5,
            {
                "name": ANY_TEXT.filter(str.strip),
                "latin_name": ANY_TEXT,
                "hangul_name": ANY_TEXT,
                "country": st.sampled_from(["VN", "KR", ""]),
                "position": TEXTS,
                "affiliation": TEXTS,
                "biography": TEXTS,
                "portrait": st.sampled_from([None, "/media/a b.webp", "https://files.example/p.webp"]),
                "is_demo": st.booleans(),
            },
        )
    )
    sessions = draw(
        st.lists(
            _session(rooms, tracks, topics, speakers),
            max_size=most_sessions,
            unique_by=(lambda session: session["uid"], lambda session: session["slug"].lower()),
        )
    )
    return {
        "format": "forum-agenda",
        "version": 3,
        "forum": {
            "slug": draw(SLUGS),
            "name": draw(TEXTS),
            "short_name": draw(TEXTS),
            "subtitle": draw(TEXTS),
            "time_zone": draw(st.sampled_from(["Asia/Ho_Chi_Minh", "Europe/Berlin", "Pacific/Chatham"])),
            "second_time_zone": draw(st.sampled_from(["Asia/Seoul", "America/St_Johns"])),
            "first_day": "2031-05-14",
            "main_day": "2031-05-14",
            "last_day": "2031-05-16",
            "is_demo": draw(st.booleans()),
        },
        "venue": {
            "slug": "centre",
            "name": draw(TEXTS),
            "city": draw(TEXTS),
            "address": draw(TEXTS),
            "country": "VN",
            "latitude": None,
            "longitude": None,
        },
        "rooms": rooms,
        "tracks": tracks,
        "topics": topics,
        "sessions": sorted(sessions, key=lambda session: (session["start"], session["uid"])),
        "speakers": speakers,
    }


def _things(most: int, fields: dict[str, Any]) -> Any:
    return st.lists(
        st.fixed_dictionaries({"slug": SLUGS, **fields}),
        max_size=most,
        unique_by=lambda thing: thing["slug"].lower(),
    )


@st.composite
def _session(
    draw: Any, rooms: list[Any], tracks: list[Any], topics: list[Any], speakers: list[Any]
) -> Document:
    start = START + timedelta(minutes=5 * draw(st.integers(-300, 900)))
    languages = st.lists(st.sampled_from(LANGUAGE_CODES), unique=True, max_size=3)
    parts = []
    if speakers:
        part = st.tuples(_slug_of(speakers), st.sampled_from(SessionSpeaker.Role.values))
        parts = draw(st.lists(part, unique=True, max_size=6))
    return {
        "uid": str(draw(st.uuids())),
        "slug": draw(SLUGS),
        "kind": draw(st.sampled_from(Session.Kind.values)),
        "state": draw(st.sampled_from(Session.State.values)),
        "visibility": draw(st.sampled_from(["public", "registered", "invitation"])),
        "title": draw(TEXTS),
        "abstract": draw(TEXTS),
        "note": draw(TEXTS),
        "room": draw(st.none() | _slug_of(rooms)) if rooms else None,
        "start": instant(start),
        # From five minutes to a week
        "end": instant(start + timedelta(minutes=5 * draw(st.integers(1, 2016)))),
        "track": draw(st.none() | _slug_of(tracks)) if tracks else None,
        "topics": sorted(draw(st.sets(_slug_of(topics)))) if topics else [],
        "spoken": draw(languages),
        "interpretation": draw(languages),
        "seat_limit": draw(st.none() | st.integers(1, 999)),
        "people": [{"speaker": slug, "role": role} for slug, role in parts],
        "recording": draw(st.sampled_from(["", "https://video.example/1?a=1&b=2"])),
        "materials": draw(st.lists(_MATERIALS, max_size=2)),
        "cme_credits": draw(st.sampled_from([None, "0.50", "12.00"])),
        "cme_minimum_percent": draw(st.sampled_from([None, 80])),
        "is_demo": draw(st.booleans()),
    }


_MATERIALS = st.fixed_dictionaries(
    {
        "title": ANY_TEXT,
        "kind": st.sampled_from(["slides", "handout"]),
        "url": st.sampled_from(["/media/materials/1.pdf", "https://files.example/1.pdf"]),
        "content_type": st.just("application/pdf"),
        "size": st.integers(1, 10**9),
    }
)


def _slug_of(things: list[Any]) -> Any:
    return st.sampled_from([thing["slug"] for thing in things])
