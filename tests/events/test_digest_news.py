"""Which changes are worth a mail, for whom."""

from typing import Any

import pytest

from events.agenda_changes import changes_between
from events.digests.news import is_news, news_fields
from tests.events.documents import document, in_document, session

EVERYBODY = ["speaker", "seat", "star", "guest"]
VISITORS = ["seat", "star", "guest"]
NOBODY: list[str] = []


def told(before: dict[str, Any] | None, after: dict[str, Any] | None, language: str = "en") -> list[str]:
    """Return who is told when the session before becomes the session after."""
    old, new = (document(*([session(**side)] if side is not None else [])) for side in (before, after))
    [change] = changes_between(old, new).sessions
    return [reason for reason in EVERYBODY if is_news(change, [reason], language)]


@pytest.mark.parametrize(
    ("before", "after", "who"),
    [
        ({}, {"start": "2031-05-14T02:30:00Z"}, EVERYBODY),
        ({}, {"end": "2031-05-14T04:30:00Z"}, EVERYBODY),
        ({}, {"room": "gallery"}, EVERYBODY),
        ({}, {"state": "cancelled"}, EVERYBODY),
        ({"state": "cancelled"}, {}, EVERYBODY),
        ({}, {"title": in_document("New")}, EVERYBODY),
        ({}, {"people": [{"speaker": "kim", "role": "chair"}]}, EVERYBODY),
        ({}, {"note": in_document("Enter by the garden")}, EVERYBODY),
        ({}, {"visibility": "registered"}, EVERYBODY),
        ({}, {"interpretation": []}, EVERYBODY),
        ({}, None, EVERYBODY),
        (None, {}, EVERYBODY),
        ({}, {"abstract": in_document("New")}, ["speaker"]),
        ({}, {"state": "planned"}, ["speaker"]),
        ({}, {"seat_limit": 20}, ["speaker"]),
        ({}, {"slug": "new"}, NOBODY),
        ({}, {"is_demo": True}, NOBODY),
        ({}, {"recording": "https://media.example/1"}, NOBODY),
        # Nobody comes to what is cancelled, whatever else changes.
        ({"state": "cancelled"}, {"state": "cancelled", "room": "gallery"}, NOBODY),
        ({"state": "cancelled"}, None, NOBODY),
        (None, {"state": "cancelled"}, NOBODY),
    ],
)
def test_who_is_told(before: Any, after: Any, who: list[str]) -> None:
    assert told(before, after) == who


def test_a_text_counts_in_the_language_that_its_reader_sees() -> None:
    after = {"title": in_document("Session 1") | {"vi": "Phiên 1"}}

    assert told({}, after, "vi") == EVERYBODY
    assert told({}, after, "ko") == NOBODY
    # Without a Korean title, a Korean reader sees the English one.
    english = {"title": {"vi": "Phiên 1", "ko": "", "en": "One"}}
    assert told(english, {"title": {"vi": "Phiên 1", "ko": "", "en": "Two"}}, "ko") == EVERYBODY
    assert told(english, {"title": {"vi": "Phiên khác", "ko": "", "en": "One"}}, "ko") == NOBODY


def test_each_text_is_told_once_as_its_reader_sees_it() -> None:
    old = document(session())
    new = document(session(title=in_document("New"), abstract=in_document("Else"), room="gallery"))
    [change] = changes_between(old, new).sessions

    assert [
        (field.field, field.language, field.new) for field in news_fields(change, ["star", "speaker"], "ko")
    ] == [
        ("title", "ko", "New (한국어)"),
        ("abstract", "ko", "Else (한국어)"),
        ("room", None, "gallery"),
    ]
    assert [field.field for field in news_fields(change, ["star"], "vi")] == ["title", "room"]
