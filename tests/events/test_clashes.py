"""The clashes of a forum's draft: read in one go, said in the reader's language, accepted with a reason."""

from collections.abc import Callable
from datetime import time

import pytest
from django.utils import translation

from accounts.models import User
from events.clashes import Clash, Code, bookings, clashes_if, clashes_of, count_with
from events.models import (
    AcceptedClash,
    Forum,
    OpeningHours,
    Room,
    Session,
    SessionSpeaker,
    WalkingTime,
)
from speakers.models import Speaker, Unavailability
from tests.conftest import CountQueries
from tests.factories import SessionFactory, at, in_three_languages, period

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> None:
    translation.activate("en")


def session(forum: Forum, slug: str) -> Session:
    return Session.objects.get(forum=forum, slug=slug)


def codes(found: list[Clash]) -> list[str]:
    return [clash.code.value for clash in found]


def test_the_fixture_is_without_clash(drafted_forum: Forum) -> None:
    assert clashes_of(drafted_forum) == []


def test_every_kind_is_found_and_said(drafted_forum: Forum, monkeypatch: pytest.MonkeyPatch) -> None:
    forum = drafted_forum
    gallery = Room.objects.get(slug="gallery")
    minister, doctor = Speaker.objects.get(slug="bui-the-duy"), Speaker.objects.get(slug="kim-ha-na")
    Room.objects.filter(slug="gallery").update(interpretation_channels=1, capacity=20)
    SessionFactory(
        forum=forum,
        slug="workshop",
        room=gallery,
        starts_at=at(10, 30),
        seat_limit=30,
        speakers=[minister],
        **in_three_languages("title", "Workshop"),
    )
    SessionFactory(
        forum=forum,
        slug="dinner",
        room=gallery,
        starts_at=at(11, 33),
        minutes=600,
        interpretation=[],
        speakers=[doctor, minister],
        **in_three_languages("title", "Dinner"),
    )
    OpeningHours.objects.create(forum=forum, day=forum.main_day, opens=time(8), closes=time(20))
    Unavailability.objects.create(speaker=doctor, period=period(at(10, 45), 30))
    WalkingTime.objects.create(first_room=Room.objects.get(slug="hall"), second_room=gallery, minutes=40)
    taken = {session(forum, "dinner").pk: 25}
    monkeypatch.setattr(bookings, "_countings", [])
    count_with(lambda forum_id: taken if forum_id == forum.pk else {})

    found = clashes_of(forum)

    assert [(clash.code.value, clash.severity, clash.subject, clash.sentence) for clash in found] == [
        (
            "walk",
            "warning",
            "Bùi Thế Duy",
            "Bùi Thế Duy has 30 minutes from “Opening” (Hall) to “Workshop” (Gallery), "
            "Wednesday 14 May, 10:30–11:30. The walk takes 40 minutes.",
        ),
        (
            "person",
            "warning",
            "Bùi Thế Duy",
            "Bùi Thế Duy is in “Cancer screening” and in “Workshop” at the same time: "
            "Wednesday 14 May, 10:30–11:00.",
        ),
        (
            "away",
            "warning",
            "Kim Ha-na",
            "Kim Ha-na is not available on Wednesday 14 May, 10:45–11:15, but takes part in "
            "“Cancer screening”: Wednesday 14 May, 10:00–11:00.",
        ),
    ] + [(clash.code.value, clash.severity, clash.subject, clash.sentence) for clash in found[3:]]


def test_clashes_if_a_session_stood_elsewhere(drafted_forum: Forum) -> None:
    screening, opening = session(drafted_forum, "screening"), session(drafted_forum, "opening")

    found = clashes_if(drafted_forum, screening.pk, period(at(9, 30)), opening.room_id)

    assert codes(found) == ["room", "person"]
    assert found[0].severity == "blocking"
    assert found[0].session_uids == (str(opening.uid), str(screening.uid))
    assert clashes_of(drafted_forum) == []
