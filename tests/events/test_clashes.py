"""The clashes of a forum's draft: read in one go, said in the reader's language."""

from datetime import time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.models import User
from events.clashes import Clash, bookings, clashes_if, clashes_of, count_with
from events.models import AcceptedClash, Forum, OpeningHours, Room, Session, SessionSpeaker, WalkingTime
from speakers.models import Speaker, Unavailability
from tests.events.many import add_sessions
from tests.factories import SessionFactory, SpeakerFactory, at, in_three_languages, period

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _nobody_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the countings of other apps."""
    monkeypatch.setattr(bookings, "_countings", [])


def session(forum: Forum, slug: str) -> Session:
    return Session.objects.get(forum=forum, slug=slug)


def told(found: list[Clash]) -> list[tuple[str, str, str]]:
    return [(clash.code.value, clash.subject, clash.sentence) for clash in found]


def crowd(forum: Forum) -> None:
    """Put a workshop and a dinner into the gallery, with a clash of each kind that can be stored."""
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
        speakers=[doctor],
        **in_three_languages("title", "Dinner"),
    )
    OpeningHours.objects.create(forum=forum, day=forum.main_day, opens=time(8), closes=time(20))
    Unavailability.objects.create(speaker=doctor, period=period(at(10, 45), 30))
    hall = Room.objects.get(slug="hall")
    WalkingTime.objects.create(venue=forum.venue, first_room=gallery, second_room=hall, minutes=40)


def test_a_draft_without_clash(drafted_forum: Forum) -> None:
    assert clashes_of(drafted_forum) == []


def test_every_kind_is_found_and_said(drafted_forum: Forum) -> None:
    crowd(drafted_forum)
    taken = {session(drafted_forum, "dinner").pk: 25}
    count_with(lambda forum_id: taken if forum_id == drafted_forum.pk else {})

    found = clashes_of(drafted_forum)

    assert {clash.severity for clash in found} == {"warning"}
    assert told(found) == [
        (
            "walk",
            "Bùi Thế Duy",
            (
                "Bùi Thế Duy has 30 minutes from “Opening” (Hall) to “Workshop” (Gallery), "
                "Wednesday 14 May, 10:30–11:30. The walk takes 40 minutes."
            ),
        ),
        (
            "away",
            "Kim Ha-na",
            (
                "Kim Ha-na is not available on Wednesday 14 May, 10:45–11:15, but takes part in "
                "“Cancer screening”: Wednesday 14 May, 10:00–11:00."
            ),
        ),
        (
            "person",
            "Bùi Thế Duy",
            (
                "Bùi Thế Duy is in “Cancer screening” and in “Workshop” at the same time: "
                "Wednesday 14 May, 10:30–11:00."
            ),
        ),
        (
            "walk",
            "Kim Ha-na",
            (
                "Kim Ha-na has 33 minutes from “Cancer screening” (Hall) to “Dinner” (Gallery), "
                "Wednesday 14 May, 11:33–21:33. The walk takes 40 minutes."
            ),
        ),
        ("booths", "Workshop", "“Workshop” is interpreted into 2 languages; Gallery has 1 booth."),
        ("seats", "Workshop", "“Workshop” has a seat limit of 30; Gallery has 20 seats."),
        (
            "hours",
            "Dinner",
            (
                "“Dinner” (Wednesday 14 May, 11:33–21:33) is outside the opening hours: "
                "Wednesday 14 May, 08:00–20:00."
            ),
        ),
        ("bookings", "Dinner", "“Dinner” has 25 seats taken; Gallery has 20 seats."),
        (
            "hours",
            "Exhibition",
            "“Exhibition” is on a day on which the house is closed: Thursday 15 May, 09:00–10:00.",
        ),
        ("booths", "Exhibition", "“Exhibition” is interpreted into 2 languages; Gallery has 1 booth."),
    ]


@pytest.mark.parametrize("language", ["vi", "ko"])
def test_the_sentence_is_in_the_readers_language_and_the_key_in_none(
    drafted_forum: Forum, language: str
) -> None:
    crowd(drafted_forum)
    english = clashes_of(drafted_forum)

    with translation.override(language):
        found = clashes_of(drafted_forum)

    assert [clash.key for clash in found] == [clash.key for clash in english]
    assert not {clash.sentence for clash in found} & {clash.sentence for clash in english}


def test_who_declined_or_is_cancelled_clashes_with_nothing(drafted_forum: Forum) -> None:
    doctor = Speaker.objects.get(slug="kim-ha-na")
    other = SessionFactory(forum=drafted_forum, starts_at=at(10, 30), speakers=[doctor])
    assert [clash.code.value for clash in clashes_of(drafted_forum)] == ["person"]

    SessionSpeaker.objects.filter(session=other).update(answer="declined", answered_at=at(8))
    assert clashes_of(drafted_forum) == []

    SessionSpeaker.objects.filter(session=other).update(answer="confirmed")
    Session.objects.filter(pk=other.pk).update(state="cancelled")
    assert clashes_of(drafted_forum) == []


def test_somebody_with_two_roles_in_one_session_is_there_once(drafted_forum: Forum) -> None:
    screening = session(drafted_forum, "screening")
    doctor = Speaker.objects.get(slug="kim-ha-na")
    SessionSpeaker.objects.create(session=screening, speaker=doctor, role="chair")

    assert clashes_of(drafted_forum) == []


def test_confidential_sessions_clash_only_before_those_who_may_see_them(
    drafted_forum: Forum, agenda_editor: User, viewer: User
) -> None:
    doctor = Speaker.objects.get(slug="kim-ha-na")
    SessionFactory(forum=drafted_forum, visibility="confidential", starts_at=at(10), speakers=[doctor])

    assert len(clashes_of(drafted_forum)) == 1
    assert len(clashes_of(drafted_forum, seen_by=agenda_editor)) == 1
    assert clashes_of(drafted_forum, seen_by=viewer) == []


def test_clashes_if_a_session_stood_elsewhere(drafted_forum: Forum) -> None:
    crowd(drafted_forum)
    screening, opening = session(drafted_forum, "screening"), session(drafted_forum, "opening")
    before = clashes_of(drafted_forum)

    found = clashes_if(drafted_forum, screening.pk, period(at(9, 30)), opening.room_id)

    assert [(clash.code.value, clash.severity) for clash in found] == [
        ("room", "blocking"),
        ("person", "warning"),
        ("walk", "warning"),
    ]
    assert found[0].session_uids == (str(opening.uid), str(screening.uid))
    assert (
        found[0].sentence
        == "“Opening” and “Cancer screening” are both in Hall: Wednesday 14 May, 09:30–10:00."
    )
    assert clashes_if(drafted_forum, screening.pk, None, None) == []
    assert clashes_of(drafted_forum) == before


def test_an_accepted_warning_says_so_until_its_circumstances_change(
    drafted_forum: Forum, agenda_editor: User
) -> None:
    doctor = Speaker.objects.get(slug="kim-ha-na")
    other = SessionFactory(forum=drafted_forum, starts_at=at(10, 30), speakers=[doctor])
    [clash] = clashes_of(drafted_forum)
    decision = AcceptedClash.objects.create(
        forum=drafted_forum, key=clash.key, reason="She only greets.", accepted_by=agenda_editor
    )

    [accepted] = clashes_of(drafted_forum)
    assert (accepted.accepted, accepted.is_open) == (decision, False)

    Session.objects.filter(pk=other.pk).update(period=period(at(10, 15)))
    [again] = clashes_of(drafted_forum)
    assert again.is_open


def test_reading_costs_the_same_for_one_clash_and_three(drafted_forum: Forum, agenda_editor: User) -> None:
    costs = []
    for number in range(3):
        speaker = SpeakerFactory()
        for _ in range(2):
            SessionFactory(forum=drafted_forum, starts_at=at(12 + number), speakers=[speaker])
        clash = clashes_of(drafted_forum)[-1]
        AcceptedClash.objects.create(
            forum=drafted_forum, key=clash.key, reason="seen", accepted_by=agenda_editor
        )
        with CaptureQueriesContext(connection) as captured:
            assert len(clashes_of(drafted_forum)) == number + 1
        costs.append(len(captured))

    assert costs == [7, 7, 7]


def test_a_large_draft_costs_no_more_queries(drafted_forum: Forum) -> None:
    add_sessions(drafted_forum, 60)

    with CaptureQueriesContext(connection) as captured:
        assert clashes_of(drafted_forum) == []

    assert len(captured) == 7
