"""A speaker's own page: what it shows, and what she says there."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from icalendar import Calendar

from accounts.models import AuditEntry
from events.clashes import clashes_of
from events.models import Forum, Session, SessionSpeaker
from events.services import cancel_session
from events.services.answers import MOST_ABSENCES, answer_part
from events.speaker_links import own_path
from speakers.models import Speaker, Unavailability
from tests.factories import (
    MAIN_DAY,
    SessionFactory,
    SpeakerFactory,
    StarFactory,
    at,
    in_three_languages,
    period,
)

pytestmark = pytest.mark.django_db
HOUSE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def kim(published_forum: Forum) -> Speaker:
    """Give Kim Ha-na, who speaks on screening."""
    return Speaker.objects.get(slug="kim-ha-na")


@pytest.fixture
def part(kim: Speaker) -> SessionSpeaker:
    """Give her one part."""
    return SessionSpeaker.objects.get(speaker=kim)


def read(client: Client, speaker: Speaker, language: str = "en") -> str:
    """Return the page."""
    response = client.get(own_path(speaker, language=language))
    assert response.status_code == 200
    return response.content.decode()


# --- What it shows -----------------------------------------------------------------------------------


def test_her_sessions_with_room_clocks_languages_and_audience(
    kim: Speaker, part: SessionSpeaker, client: Client
) -> None:
    StarFactory(session=part.session)
    StarFactory(session=part.session, removed_at=at(8))

    page = read(client, kim)
    for words in (
        "Cancer screening",
        "Hall",
        "2nd floor",
        "10:00",
        "12:00",
        "100 seats",
        "marked by 1 person",
    ):
        assert words in page, words
    assert "Exhibition" not in page.partition("<main")[2].partition("</main>")[0]
    assert "not announced yet" not in page


def test_what_the_public_does_not_know_is_marked(kim: Speaker, part: SessionSpeaker, client: Client) -> None:
    forum = part.session.forum
    SessionFactory(forum=forum, speakers=[kim], starts_at=at(15), **in_three_languages("title", "New talk"))
    SessionFactory(forum=forum, speakers=[kim], period=None, **in_three_languages("title", "An idea"))

    page = read(client, kim)
    assert page.count("not announced yet") == 1
    assert "An idea" not in page

    Session.objects.filter(pk=part.session_id).update(period=period(at(11)))
    assert "new time or room, not announced yet" in read(client, kim)


def test_a_confidential_session_is_shown_to_whoever_has_a_part_in_it(
    kim: Speaker, forum: Forum, client: Client
) -> None:
    SessionFactory(
        forum=forum, visibility="confidential", speakers=[kim], **in_three_languages("title", "Protocol")
    )

    assert "Protocol" in read(client, kim)
    assert "Protocol" not in read(client, Speaker.objects.get(slug="bui-the-duy"))


@pytest.mark.parametrize("language", ["vi", "ko", "en"])
def test_without_a_session_it_says_so(published_forum: Forum, client: Client, language: str) -> None:
    page = read(client, SpeakerFactory(), language)

    assert 'class="empty"' in page


def test_a_cancelled_session_asks_for_nothing(kim: Speaker, part: SessionSpeaker, client: Client) -> None:
    cancel_session(part.session, by=None)

    page = read(client, kim)
    assert "cancelled" in page
    assert own_path(kim, "answer", part=part.pk, language="en") not in page
    with pytest.raises(Exception, match="does not take place"):
        answer_part(part, speaker=kim, answer="confirmed")


def test_it_costs_the_same_with_one_session_and_with_three(
    kim: Speaker, forum: Forum, client: Client, assert_queries: Any
) -> None:
    read(client, kim)  # what the process remembers from now on
    with assert_queries(9):
        read(client, kim)
    for hour in (14, 16):
        SessionFactory(forum=forum, speakers=[kim], starts_at=at(hour))
    with assert_queries(9):
        read(client, kim)


def test_the_calendar_holds_all_of_them(kim: Speaker, forum: Forum, client: Client) -> None:
    SessionFactory(forum=forum, speakers=[kim], starts_at=at(15))
    cancel_session(SessionFactory(forum=forum, speakers=[kim], starts_at=at(16)), by=None)

    answer = client.get(own_path(kim, "calendar", language="en"))
    calendar: Any = Calendar.from_ical(answer.content)
    assert [str(event["status"]) for event in calendar.walk("VEVENT")] == [
        "CONFIRMED",
        "TENTATIVE",
        "CANCELLED",
    ]
    assert answer["Content-Disposition"] == 'attachment; filename="sessions.ics"'


# --- Whether she comes -------------------------------------------------------------------------------


def test_she_confirms_and_the_organizers_see_it(
    kim: Speaker, part: SessionSpeaker, client: Client, agenda_editor_client: Client
) -> None:
    version = part.session.version
    path = own_path(kim, "answer", part=part.pk, language="en")
    done = client.post(path, {"answer": "confirmed", "note": "I need a <b>clicker</b> 🙂"})

    assert done.status_code == 302
    assert done["Location"] == f"{own_path(kim, language='en')}#session-{part.session_id}"
    part.refresh_from_db()
    assert (part.answer, part.answer_note) == ("confirmed", "I need a <b>clicker</b> 🙂")
    assert part.answered_at is not None
    assert Session.objects.get(pk=part.session_id).version == version
    entry = AuditEntry.objects.get(action="session.part_confirmed")
    assert (entry.actor, entry.actor_label) == (None, "김하나 (speaker)")
    form = agenda_editor_client.get(f"/admin/events/session/{part.session_id}/change/").content.decode()
    assert "&lt;b&gt;clicker&lt;/b&gt;" in form
    assert "You have confirmed" in read(client, kim)


def test_the_same_answer_again_changes_nothing_and_another_one_is_another(
    kim: Speaker, part: SessionSpeaker
) -> None:
    first = answer_part(part, speaker=kim, answer="declined", note="ill")
    again = answer_part(part, speaker=kim, answer="declined", note="ill")
    answer_part(part, speaker=kim, answer="confirmed")

    assert first.answered_at == again.answered_at
    assert AuditEntry.objects.filter(action__startswith="session.part_").count() == 2


def test_the_list_of_sessions_can_be_filtered_by_answer(
    kim: Speaker, part: SessionSpeaker, agenda_editor_client: Client
) -> None:
    answer_part(part, speaker=kim, answer="declined")

    listed = agenda_editor_client.get("/admin/events/session/?answer=declined").content.decode()
    assert "Cancer screening" in listed
    assert "Opening (" not in listed
    assert agenda_editor_client.get("/admin/events/session/?answer=x").status_code == 200


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Please say whether you come."),
        ({"answer": "maybe"}, "Please say whether you come."),
        ({"answer": "open"}, "Please say whether you come."),
        ({"answer": "confirmed", "note": "x" * 301}, "at most 300 characters"),
        ({"answer": "confirmed", "note": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_a_wrong_answer_is_shown_again(
    kim: Speaker, part: SessionSpeaker, client: Client, typed: dict[str, str], sentence: str
) -> None:
    answer = client.post(own_path(kim, "answer", part=part.pk, language="en"), typed)

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    part.refresh_from_db()
    assert part.answer == "open"


def test_nobody_answers_for_another(kim: Speaker, part: SessionSpeaker, client: Client) -> None:
    minister = Speaker.objects.get(slug="bui-the-duy")
    theirs = SessionSpeaker.objects.filter(speaker=minister).first()
    assert theirs is not None

    answer = client.post(own_path(kim, "answer", part=theirs.pk), {"answer": "confirmed"})
    assert answer.status_code == 404
    other = client.post(own_path(kim, "absence_remove", entry=absence(minister).pk))
    assert other.status_code == 302
    assert Unavailability.objects.filter(speaker=minister).count() == 1


def test_a_part_that_was_taken_away_is_said_so(kim: Speaker, part: SessionSpeaker) -> None:
    stale = SessionSpeaker.objects.get(pk=part.pk)
    part.delete()

    with pytest.raises(Exception, match=r"changed who takes part|thay đổi"):
        answer_part(stale, speaker=kim, answer="confirmed")


# --- When she cannot ---------------------------------------------------------------------------------


def absence(speaker: Speaker) -> Unavailability:
    """Note that a speaker cannot come in the morning."""
    return Unavailability.objects.create(speaker=speaker, period=period(at(9), 120))


def test_a_time_when_she_cannot_warns_the_organizers(kim: Speaker, forum: Forum, client: Client) -> None:
    before = {clash.code for clash in clashes_of(forum)}
    path = own_path(kim, "availability", language="en")
    typed = {"day": MAIN_DAY.isoformat(), "starts": "09:30", "ends": "12:00", "note": "clinic"}

    assert client.post(path, typed).status_code == 302
    assert client.post(path, typed).status_code == 302  # a form sent twice
    [entry] = Unavailability.objects.filter(speaker=kim)
    assert (entry.period.lower, entry.period.upper, entry.note) == (at(9, 30), at(12), "clinic")
    after = {clash.code for clash in clashes_of(forum)}
    assert len(after - before) == 1
    assert AuditEntry.objects.get(action="speaker.unavailability_added").actor_label == "김하나 (speaker)"

    assert "clinic" in read(client, kim)
    client.post(own_path(kim, "absence_remove", entry=entry.pk))
    assert not Unavailability.objects.filter(speaker=kim).exists()


def test_without_hours_it_is_the_whole_day(kim: Speaker, client: Client) -> None:
    client.post(own_path(kim, "availability"), {"day": "2031-05-15"})

    entry = Unavailability.objects.get(speaker=kim)
    assert entry.period == DateTimeTZRange(
        datetime(2031, 5, 15, tzinfo=HOUSE), datetime(2031, 5, 16, tzinfo=HOUSE), "[)"
    )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"day": "2031-05-12"}, "Select a valid choice"),
        ({"day": "tomorrow"}, "Select a valid choice"),
        ({"starts": "25:00"}, "This time does not exist."),
        ({"starts": "12:00", "ends": "12:00"}, "The end must be after the start."),
        ({"starts": "12:00", "ends": "09:00"}, "The end must be after the start."),
        ({"note": "x" * 201}, "at most 200 characters"),
        ({"note": "a\x00"}, "Null characters are not allowed."),
    ],
)
def test_a_wrong_time_is_shown_again(
    kim: Speaker, client: Client, typed: dict[str, str], sentence: str
) -> None:
    answer = client.post(own_path(kim, "availability", language="en"), {"day": MAIN_DAY.isoformat(), **typed})

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not Unavailability.objects.exists()


def test_more_entries_than_anybody_needs_are_refused(kim: Speaker, client: Client) -> None:
    Unavailability.objects.bulk_create(
        Unavailability(speaker=kim, period=period(at(8, minute), 1)) for minute in range(MOST_ABSENCES)
    )

    answer = client.post(own_path(kim, "availability", language="en"), {"day": MAIN_DAY.isoformat()})
    assert answer.status_code == 409
    assert "too many entries" in answer.content.decode()


# --- How she is written to ---------------------------------------------------------------------------


def test_she_chooses_the_language_of_her_mails(kim: Speaker, client: Client) -> None:
    assert client.post(own_path(kim, "language"), {"language": "ko"}).status_code == 302
    assert client.post(own_path(kim, "language"), {"language": "fr"}).status_code == 200

    kim.refresh_from_db()
    assert kim.language == "ko"


def test_too_many_forms_are_a_429(kim: Speaker, client: Client) -> None:
    path = own_path(kim, "language")
    for _form in range(120):
        assert client.post(path, {"language": "ko"}).status_code == 302

    assert client.post(path, {"language": "ko"}).status_code == 429
    assert client.get(own_path(kim)).status_code == 200
