"""The link: sent once more, replaced, found again by its owner and by nobody else."""

import re
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from events.models import Forum
from outbox.models import Message
from registrations import services
from registrations.finding import MAILS, answer_requests, claim_registrations, registrations_of_account
from registrations.links import link_path
from registrations.models import LinkRequest, Registration
from registrations.views.own_links import AGAIN, QUESTIONS
from tests.conftest import Clock, SignIn
from tests.factories import ForumFactory, RegistrationFactory, UserFactory
from tests.registrations.conftest import Register

FIND = "/en/register/find/"
MINE = "/en/my/registrations/"
# Tries are counted in windows of ten minutes and of an hour.
AT_THE_START = datetime(2031, 4, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def mai(register: Register) -> Registration:
    """Give Mai's registration."""
    return register()


def path_of(registration: Registration, page: str = "detail") -> str:
    return link_path(registration, page=page, language="en")


def page_of(response: Any) -> str:
    return str(response.content.decode())


def mails_to(email: str) -> int:
    answer_requests()
    return Message.objects.filter(recipient=email).count()


# --- Again, and another one -----------------------------------------------------------------------


def test_the_mail_comes_again_so_often_and_not_more(visitor: Client, mai: Registration, clock: Clock) -> None:
    clock.set(AT_THE_START)
    for _time in range(AGAIN):
        page = page_of(visitor.post(path_of(mai, "send_again"), follow=True))
        assert "The mail is on its way to mai@example.org." in page
        clock.advance(minutes=1)
    sent = mails_to("mai@example.org")
    assert sent == 1 + AGAIN

    response = visitor.post(path_of(mai, "send_again"))

    assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert mails_to("mai@example.org") == sent


def test_two_clicks_are_one_mail(visitor: Client, mai: Registration, clock: Clock) -> None:
    for _click in range(2):
        visitor.post(path_of(mai, "send_again"))

    assert mails_to("mai@example.org") == 2


def test_a_new_link_kills_the_old_one_and_is_not_shown(visitor: Client, mai: Registration) -> None:
    old = path_of(mai)
    assert "nowhere else" in page_of(visitor.get(path_of(mai, "new_link")))

    response = visitor.post(path_of(mai, "new_link"), follow=True)

    mai.refresh_from_db()
    assert response.redirect_chain == [("/en/registration/link-replaced/", HTTPStatus.FOUND)]
    assert path_of(mai) not in page_of(response)
    assert visitor.get(old).status_code == HTTPStatus.NOT_FOUND
    assert visitor.get(path_of(mai)).status_code == HTTPStatus.OK
    assert mails_to("mai@example.org") == 2


def test_the_second_of_two_clicks_says_what_the_first_did(visitor: Client, mai: Registration) -> None:
    old = path_of(mai, "new_link")
    visitor.post(old)

    response = visitor.post(old)

    assert response.status_code == HTTPStatus.NOT_FOUND
    assert "it is done: the new one is in your inbox" in page_of(response)
    assert mails_to("mai@example.org") == 2


def test_a_cancelled_registration_gets_no_link(visitor: Client, mai: Registration) -> None:
    services.cancel_registration(mai, by=None)
    before = Message.objects.count()

    for page in ("new_link", "send_again"):
        assert visitor.post(path_of(mai, page)).headers["Location"] == path_of(mai)

    assert Message.objects.count() == before


# --- Lost -----------------------------------------------------------------------------------------


def test_the_answer_is_the_same_and_the_mail_only_hers(
    visitor: Client, mai: Registration, clock: Clock
) -> None:
    clock.advance(hours=2)
    answers = [
        visitor.post(FIND, {"email": email}, follow=True)
        for email in ("MAI@example.org ", "nobody@example.org")
    ]

    assert [answer.redirect_chain for answer in answers] == [[(f"{FIND}sent/", HTTPStatus.FOUND)]] * 2
    assert page_of(answers[0]) == page_of(answers[1])
    assert (mails_to("mai@example.org"), mails_to("nobody@example.org")) == (2, 0)


def test_a_known_address_costs_the_same_reads_and_writes(visitor: Client, mai: Registration) -> None:
    visitor.post(FIND, {"email": "warm@example.org"})
    said = []
    for email in ("mai@example.org", "nobody@example.org"):
        with CaptureQueriesContext(connection) as asked:
            visitor.post(FIND, {"email": email})
        said.append([re.sub(r' VALUES.*| "s\d+_x\d+"', "", query["sql"]) for query in asked])

    assert said[0] == said[1]
    assert not any("registrations_registration" in sql for sql in said[0])


def test_a_question_is_answered_once_and_kept_no_longer(visitor: Client, mai: Registration) -> None:
    visitor.post(FIND, {"email": "mai@example.org"})
    visitor.post(FIND, {"email": "nobody@example.org"})

    assert (LinkRequest.objects.count(), answer_requests()) == (2, 2)
    assert (LinkRequest.objects.count(), answer_requests()) == (0, 0)


def test_one_address_gets_no_heap_of_mails_and_nobody_sees_why(
    visitor: Client, mai: Registration, clock: Clock
) -> None:
    clock.set(AT_THE_START)
    for _time in range(MAILS + 2):
        clock.advance(minutes=2)
        answer = visitor.post(FIND, {"email": "mai@example.org"})
        assert answer.status_code == HTTPStatus.FOUND
        answer_requests()

    assert mails_to("mai@example.org") == 1 + MAILS


def test_one_network_does_not_ask_without_end(visitor: Client, forum: Forum, clock: Clock) -> None:
    for number in range(QUESTIONS):
        visitor.post(FIND, {"email": f"guess{number}@example.org"})

    response = visitor.post(FIND, {"email": "mai@example.org"})

    assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert 0 < int(response["Retry-After"]) <= 600


def test_who_cancelled_gets_no_mail(visitor: Client, mai: Registration) -> None:
    services.cancel_registration(mai, by=None)
    before = mails_to("mai@example.org")

    visitor.post(FIND, {"email": "mai@example.org"})

    assert mails_to("mai@example.org") == before


@pytest.mark.parametrize("typed", ["", "nobody", "a@b\x00.org", "x" * 300 + "@example.org"])
def test_no_address_is_told(visitor: Client, forum: Forum, typed: str) -> None:
    response = visitor.post(FIND, {"email": typed})

    assert response.status_code == HTTPStatus.OK
    assert 'aria-invalid="true"' in page_of(response)


# --- By account -----------------------------------------------------------------------------------


def test_an_account_gathers_what_is_hers_of_all_forums(
    sign_in: SignIn, stranger: User, register: Register, forum: Forum, assert_queries
) -> None:
    here = register(email="seoyeon@example.org", name="Kim Seo-yeon")
    past = ForumFactory(
        is_current=False, first_day="2030-05-13", main_day="2030-05-14", last_day="2030-05-15"
    )
    there = RegistrationFactory(forum=past, user=stranger, email="old@example.org", name="Seo-yeon Kim")
    register(name="Lê Hoa", email="hoa@example.org")
    client = sign_in(stranger)

    page = page_of(client.get(MINE))

    assert page.index(path_of(here)) < page.index(path_of(there))
    assert "Hoa" not in page
    with assert_queries(2):
        assert registrations_of_account(stranger) == [here, there]


def test_an_address_that_was_only_typed_opens_nothing(sign_in: SignIn, register: Register) -> None:
    register(email="victim@example.org", name="Victim")
    mallory = UserFactory(email="victim@example.org")
    mallory.emailaddress_set.update(verified=False)

    page = page_of(sign_in(mallory).get(MINE))

    assert "There is none yet" in page
    assert "/registration/" not in page
    assert claim_registrations(mallory) == 0


def test_a_visitor_is_sent_to_sign_in(visitor: Client, forum: Forum) -> None:
    response = visitor.get(MINE)

    assert response.headers["Location"] == "/en/accounts/login/?next=%2Fen%2Fmy%2Fregistrations%2F"


def test_signing_in_claims_what_was_made_with_the_proven_address(
    visitor: Client, stranger: User, register: Register
) -> None:
    hers, others = register(email="SeoYeon@example.org"), register(email="hoa@example.org")
    stranger.set_password("a-long-password-of-hers")
    stranger.save()

    response = visitor.post(
        "/en/accounts/login/", {"login": "seoyeon@example.org", "password": "a-long-password-of-hers"}
    )

    assert response.status_code == HTTPStatus.FOUND
    for registration, user in ((hers, stranger), (others, None)):
        registration.refresh_from_db()
        assert registration.user == user
