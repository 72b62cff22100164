"""The form under too many tries, without its servers, and silent about who is registered."""

import re
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import form_token
from embedded.valkey import Valkey
from events.models import Forum
from outbox.models import Message
from registrations import services
from registrations.models import Registration
from tests.registrations.conftest import Answers, Register

FORM, SENT = "/en/register/", "/en/register/sent/"


def text_of(response: Any) -> str:
    return response.content.decode()


# --- Too many -------------------------------------------------------------------------------------


def test_too_many_forms_from_one_address_wait_and_keep_what_was_typed(
    visitor: Client, answers: Answers, settings
) -> None:
    settings.REGISTRATIONS_PER_MINUTE = 2
    for number in range(2):
        visitor.post(FORM, answers(email=f"a{number}@example.org"))

    response = visitor.post(FORM, answers())

    assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert 0 < int(response["Retry-After"]) <= 60
    page = text_of(response)
    assert 'value="mai@example.org"' in page
    assert "Very many registrations came from your network" in page
    assert not Registration.objects.filter(email="mai@example.org").exists()


def test_looking_at_the_form_is_never_limited(visitor: Client, forum: Forum, settings) -> None:
    settings.REGISTRATIONS_PER_MINUTE = 1

    assert {visitor.get(FORM).status_code for _time in range(5)} == {HTTPStatus.OK}


@pytest.mark.django_db(transaction=True)
def test_without_cache_and_broker_people_register_all_the_same(
    visitor: Client, forum: Forum, answers: Answers, valkey: Valkey
) -> None:
    typed = answers()
    valkey.stop()

    response = visitor.post(FORM, typed)

    assert (response.status_code, response["Location"]) == (HTTPStatus.FOUND, SENT)
    assert Registration.objects.get().status == "confirmed"
    assert Message.objects.get().status == "queued"
    assert visitor.get(SENT).status_code == HTTPStatus.OK


# --- Who is registered is nobody's business -------------------------------------------------------


def without_what_differs_for_everybody(page: str) -> str:
    """Blank the two tokens that differ on every page."""
    return re.sub(r'(name="(?:csrfmiddlewaretoken|form_token)" value=)"[^"]*"', r'\1""', page)


def test_a_known_address_gets_byte_for_byte_the_answer_of_a_new_one(
    register: Register, answers: Answers
) -> None:
    register(email="known@example.org")
    seen = []
    for email in ("known@example.org", "fresh@example.org"):
        client = Client()
        response = client.post(FORM, answers(email=email))
        page = client.get(SENT)
        seen.append(
            (
                response.status_code,
                response["Location"],
                response.content,
                sorted(response.headers.keys() - {"X-Request-ID"}),
                # It holds what was typed and nothing else; packed, its length depends on the letters.
                sorted(response.cookies),
                sorted(page.headers.keys() - {"X-Request-ID"}),
                without_what_differs_for_everybody(text_of(page)).replace(email, "…"),
            )
        )

    assert seen[0] == seen[1]


def test_a_known_address_costs_as_many_queries_as_a_new_one(register: Register, answers: Answers) -> None:
    register(email="known@example.org")
    Client().get(FORM)
    counts = []
    for email in ("known@example.org", "new@example.org"):
        typed = answers(email=email)
        with CaptureQueriesContext(connection) as queries:
            Client().post(FORM, typed)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_cancelled_registration_is_no_known_address(
    register: Register, visitor: Client, answers: Answers
) -> None:
    services.cancel_registration(register(), by=None)

    visitor.post(FORM, answers(form_token=form_token.draw()))

    assert Registration.objects.confirmed().count() == 1
