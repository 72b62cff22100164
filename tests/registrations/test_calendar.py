"""The calendar entry, read back by a parser."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from icalendar import Calendar

from events.models import Forum
from registrations.calendar import calendar_entry
from registrations.occasion import Occasion, occasion_of
from tests.factories import at

UID = "0d1f6a52-6d0e-4f0b-9a0b-3f0e6a1c2b4d"


def entry(forum: Forum, **changes: Any) -> Any:
    values: dict[str, Any] = {"uid": UID, "code": "VK-7H2K-94", "sequence": 0, "cancelled": False} | changes
    raw = calendar_entry(occasion_of(forum), **values)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75, "RFC 5545, 3.1: lines are folded"
    return Calendar.from_ical(raw)


def test_an_entry_lasts_from_the_opening_to_the_end_of_the_last_day(published_forum: Forum) -> None:
    with translation.override("en"):
        calendar = entry(published_forum)
    [event] = calendar.walk("VEVENT")

    assert (calendar["method"], event["status"], event["sequence"]) == ("PUBLISH", "CONFIRMED", 0)
    assert event["uid"] == f"{UID}@testserver"
    assert event["dtstart"].dt == datetime(2031, 5, 14, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    assert event["dtstart"].dt.astimezone(UTC) == datetime(2031, 5, 14, 2, tzinfo=UTC)
    assert event["dtend"].dt.astimezone(UTC) == datetime(2031, 5, 15, 3, tzinfo=UTC)
    assert event["dtstart"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert [zone["tzid"] for zone in calendar.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]
    assert event["organizer"] == "mailto:contact@example.org"
    assert event["organizer"].params["CN"] == "Vietnam–Korea Forum"
    assert "attendee" not in event, "RFC 5546, 3.2.1: none in PUBLISH"
    assert "VK-7H2K-94" in event["description"]
    assert "09:00 in Hanoi, 11:00 in Seoul" in event["description"]
    assert "The forum: 13–15 May 2031" in event["description"]


def test_a_cancellation_takes_the_same_entry_out(published_forum: Forum) -> None:
    calendar = entry(published_forum, sequence=3, cancelled=True)
    [event] = calendar.walk("VEVENT")

    assert (calendar["method"], event["status"], event["sequence"]) == ("CANCEL", "CANCELLED", 3)
    assert event["uid"] == f"{UID}@testserver"


def test_without_an_agenda_the_entry_is_whole_days_and_invents_no_hours(forum: Forum) -> None:
    [event] = entry(forum).walk("VEVENT")

    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2031, 5, 13), date(2031, 5, 16))


@pytest.mark.parametrize(("language", "mark"), [("vi", "tiếng Việt"), ("ko", "한국어")])
def test_the_entry_is_in_the_readers_language(published_forum: Forum, language: str, mark: str) -> None:
    with translation.override(language):
        [event] = entry(published_forum).walk("VEVENT")

    assert mark in event["summary"]
    assert event["summary"].params["LANGUAGE"] == language
    assert mark in event["location"]


def test_an_occasion_survives_its_snapshot(published_forum: Forum) -> None:
    occasion = occasion_of(published_forum)

    assert Occasion.restore(occasion.snapshot()) == occasion


def test_mails_that_waited_since_an_earlier_version_still_know_when_to_come(published_forum: Forum) -> None:
    occasion = occasion_of(published_forum)
    written = occasion.snapshot()
    del written["first_day"]
    written["starts_at"] = written.pop("opens_at")

    restored = Occasion.restore(written)

    assert (restored.first_day, restored.opens_at) == (occasion.main_day, occasion.opens_at)


def test_hours_are_those_of_the_published_agenda(published_forum: Forum) -> None:
    occasion = occasion_of(published_forum)

    assert (occasion.opens_at, occasion.ends_at) == (at(9), at(10, day=published_forum.last_day))
