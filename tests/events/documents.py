"""Agenda documents for tests, without a database: by hand and by hypothesis."""

import uuid
from typing import Any

from hypothesis import strategies as st

from events.agenda_document import FORMAT, VERSION, Document

NOTHING = {"vi": "", "ko": "", "en": ""}


def in_document(text: str) -> dict[str, str]:
    """Return a text in three languages, marked as the factories mark it."""
    return {"vi": f"{text} (tiếng Việt)", "ko": f"{text} (한국어)", "en": text}


def uid(number: int) -> str:
    """Return the uid of session ``number``."""
    return str(uuid.UUID(int=number))


def session(number: int = 1, **values: Any) -> Document:
    """Return a session of an hour at 10:00 in Hanoi on the main day, in the hall."""
    return {
        "uid": uid(number),
        "slug": f"session-{number}",
        "kind": "talk",
        "state": "confirmed",
        "visibility": "public",
        "title": in_document(f"Session {number}"),
        "abstract": in_document("What it is about."),
        "note": NOTHING,
        "room": "hall",
        "start": "2031-05-14T03:00:00Z",
        "end": "2031-05-14T04:00:00Z",
        "track": None,
        "topics": [],
        "spoken": ["vi"],
        "interpretation": ["ko"],
        "seat_limit": None,
        "people": [],
        "recording": "",
        "materials": [],
        "cme_credits": None,
        "cme_minimum_percent": None,
        "is_demo": False,
    } | values


def speaker(slug: str, name: str, **values: Any) -> Document:
    """Return a speaker from Vietnam."""
    return {
        "slug": slug,
        "name": name,
        "latin_name": "",
        "hangul_name": "",
        "country": "VN",
        "position": NOTHING,
        "affiliation": NOTHING,
        "biography": NOTHING,
        "portrait": None,
        "is_demo": False,
    } | values


def document(*sessions: Document, **values: Any) -> Document:
    """Return a document with two rooms and these sessions."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "forum": {
            "slug": "hanoi-2031",
            "name": in_document("Forum"),
            "short_name": in_document("F"),
            "subtitle": NOTHING,
            "time_zone": "Asia/Ho_Chi_Minh",
            "second_time_zone": "Asia/Seoul",
            "first_day": "2031-05-13",
            "main_day": "2031-05-14",
            "last_day": "2031-05-15",
            "is_demo": False,
        },
        "venue": {
            "slug": "house",
            "name": in_document("House"),
            "city": in_document("Hanoi"),
            "address": NOTHING,
            "country": "VN",
            "latitude": None,
            "longitude": None,
        },
        "rooms": [
            {"slug": "hall", "name": in_document("Hall"), "floor": NOTHING, "capacity": 100},
            {"slug": "gallery", "name": in_document("Gallery"), "floor": NOTHING, "capacity": None},
        ],
        "tracks": [],
        "topics": [],
        "sessions": list(sessions),
        "speakers": [],
    } | values


# --- Any document ---------------------------------------------------------------------------------

_words = st.sampled_from(["", "A", "B", "Kim 김", "two words"])
_texts = st.fixed_dictionaries({"vi": _words, "ko": _words, "en": _words})
_SLUGS = ["a", "b", "c"]
_instants = st.sampled_from(
    ["2031-05-14T03:00:00Z", "2031-05-14T04:00:00Z", "2031-05-14T18:00:00Z", "2032-01-01T03:00:00Z"]
)


def _things(**others: Any) -> st.SearchStrategy[list[Document]]:
    """Some of three things known by their slugs, in any order."""
    one = st.fixed_dictionaries({"slug": st.sampled_from(_SLUGS), **others})
    return st.lists(one, unique_by=lambda thing: thing["slug"], max_size=3)


_sessions = st.builds(
    lambda number, values: session(number, **values),
    st.integers(1, 5),
    st.fixed_dictionaries(
        {
            "slug": st.sampled_from(["x", "y", "z"]),
            "state": st.sampled_from(["planned", "confirmed", "cancelled"]),
            "visibility": st.sampled_from(["public", "registered", "invitation"]),
            "title": _texts,
            "abstract": _texts,
            "room": st.none() | st.sampled_from(_SLUGS),
            "start": _instants,
            "end": st.just("2032-01-02T03:00:00Z"),
            "track": st.none() | st.sampled_from(_SLUGS),
            "topics": st.lists(st.sampled_from(_SLUGS), unique=True),
            "seat_limit": st.none() | st.integers(1, 3),
            "people": st.lists(
                st.fixed_dictionaries(
                    {"speaker": st.sampled_from(_SLUGS), "role": st.sampled_from(["speaker", "chair"])}
                ),
                max_size=2,
            ),
            "recording": st.sampled_from(["", "https://media.example/1"]),
        }
    ),
)

documents: st.SearchStrategy[Document] = st.builds(
    lambda sessions, rooms, tracks, topics, speakers, name, first_day: document(
        *sessions,
        rooms=rooms,
        tracks=tracks,
        topics=topics,
        speakers=[{**speaker("", "Kim"), **one} for one in speakers],
        forum=document()["forum"] | {"name": name, "first_day": first_day},
    ),
    st.lists(_sessions, unique_by=lambda one: one["uid"], max_size=5),
    _things(name=_texts, floor=_texts, capacity=st.none() | st.integers(1, 2)),
    _things(name=_texts, description=_texts, weave=st.sampled_from(["check", "twill"])),
    _things(name=_texts),
    _things(biography=_texts, country=st.sampled_from(["VN", "KR"])),
    _texts,
    st.sampled_from(["2031-05-12", "2031-05-13"]),
)
