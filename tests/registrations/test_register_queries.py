"""What a whole registration asks of the database, with everything that a form may hold."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.models import Forum, Session
from events.services import publish_agenda
from registrations.models import (
    Answer,
    Consent,
    ConsentPurpose,
    Question,
    QuestionOption,
    Registration,
    RegistrationType,
    SeatBooking,
    SeatWait,
)
from tests.factories import in_three_languages
from tests.registrations.conftest import Answers, Register

# What opens and ends transactions reads and writes nothing.
BRACKETS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
MOST = 20


@pytest.fixture
def full_form(drafted_forum: Forum) -> Forum:
    """Give a forum that asks for everything: two questions, a consent, seats in sessions."""
    for number in range(2):
        question = Question.objects.create(
            forum=drafted_forum, kind="choice", **in_three_languages("name", f"Question {number}")
        )
        QuestionOption.objects.create(question=question, **in_three_languages("name", "Yes"))
    ConsentPurpose.objects.create(
        forum=drafted_forum, kind="newsletter", **in_three_languages("wording", "News")
    )
    RegistrationType.objects.filter(slug="guest").update(capacity=100, has_waiting_list=True)
    Session.objects.filter(slug__in=["screening", "booths"]).update(seat_limit=1)
    publish_agenda(forum=drafted_forum, by=None)
    return drafted_forum


def test_a_form_with_everything_costs_twenty_queries_at_most(
    full_form: Forum, visitor: Client, answers: Answers, register: Register
) -> None:
    sessions = Session.objects.filter(slug__in=["screening", "booths"])
    register(email="first@example.org", seats=[sessions.get(slug="screening").uid])
    typed: dict[str, Any] = answers() | {
        f"q{one.question_id}": str(one.pk) for one in QuestionOption.objects.all()
    }
    typed |= {
        "agree_newsletter": "on",
        "purpose_versions": "newsletter:1",
        "seats": [str(session.uid) for session in sessions],
    }
    visitor.get("/en/register/")

    with CaptureQueriesContext(connection) as queries:
        response = visitor.post("/en/register/", typed)

    assert response.status_code == 302, response.content.decode()
    asked = [query["sql"] for query in queries if not query["sql"].startswith(BRACKETS)]
    assert len(asked) <= MOST, "\n".join(sql[:160] for sql in asked)
    mai = Registration.objects.get(email="mai@example.org")
    assert Answer.objects.filter(registration=mai).count() == 2
    assert set(Consent.objects.filter(registration=mai).values_list("kind", flat=True)) == {
        "privacy",
        "newsletter",
    }
    held = SeatBooking.objects.get(registration=mai).session.slug
    assert (held, SeatWait.objects.get(registration=mai).session.slug) == ("booths", "screening")
