"""One answer to when guests are received."""

from datetime import timedelta

import pytest

from events.models import Forum
from events.opening import GuestHours, guest_hours
from events.reading import current_agenda
from events.services import publish_agenda
from tests.factories import SessionFactory, at


def hours(forum: Forum) -> GuestHours | None:
    """Publish the draft and return its hours."""
    publish_agenda(forum=forum, by=None)
    return guest_hours(current_agenda(forum), forum.main_day)


def test_from_the_opening_to_the_end_of_the_last_session(drafted_forum: Forum) -> None:
    assert hours(drafted_forum) == GuestHours(at(9), at(10, day=drafted_forum.last_day))


@pytest.mark.parametrize("changes", [{"visibility": "invitation"}, {"state": "cancelled"}])
def test_what_guests_cannot_come_to_sets_no_hour(drafted_forum: Forum, changes: dict[str, str]) -> None:
    SessionFactory(forum=drafted_forum, starts_at=at(7), kind="opening", **changes)
    SessionFactory(forum=drafted_forum, starts_at=at(20, day=drafted_forum.last_day), **changes)

    assert hours(drafted_forum) == GuestHours(at(9), at(10, day=drafted_forum.last_day))


def test_arriving_before_the_opening_is_no_opening(drafted_forum: Forum) -> None:
    SessionFactory(forum=drafted_forum, starts_at=at(8), kind="break")
    SessionFactory(forum=drafted_forum, starts_at=at(13, day=drafted_forum.first_day), kind="exhibition")

    found = hours(drafted_forum)

    assert found
    assert found.opening == at(9)


def test_a_day_without_an_opening_begins_with_its_first_session(drafted_forum: Forum) -> None:
    drafted_forum.sessions.filter(kind="opening").delete()

    found = hours(drafted_forum)

    assert found
    assert found.opening == at(10)


def test_nothing_is_said_before_anything_is_published(drafted_forum: Forum) -> None:
    assert guest_hours(current_agenda(drafted_forum), drafted_forum.main_day) is None


def test_nothing_is_said_when_the_main_day_moved_and_the_agenda_did_not(published_forum: Forum) -> None:
    moved = published_forum.main_day + timedelta(days=7)

    assert guest_hours(current_agenda(published_forum), moved) is None
