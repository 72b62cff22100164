"""Codes as people type them, and people who try codes."""

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from events.models import Forum
from registrations.errors import InvitationUnusable
from registrations.invitations import GUESSES, TooManyGuesses, find_invitation, normal_code
from registrations.models import RegistrationType
from tests.conftest import Clock
from tests.factories import ForumFactory
from tests.registrations.factories import InvitationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["HANOI-2031", " hanoi-2031\n", "hanoi -20 31"])
def test_a_code_is_found_however_it_is_typed(
    forum: Forum, guest: RegistrationType, rf: RequestFactory, typed: str, assert_queries
) -> None:
    invitation = InvitationFactory(type=guest, code="Hanoi-2031")
    with assert_queries(1):
        found = find_invitation(forum, typed, rf.get("/"))
    assert (found, found.type) == (invitation, guest)


@pytest.mark.parametrize("typed", ["", "Hà Nội", "A" * 33, "A\0B", "-A", "' OR 1=1"])
def test_what_can_be_no_code_never_reaches_the_database(typed: str, assert_queries) -> None:
    with assert_queries(0), pytest.raises(ValidationError):
        normal_code(typed)


def test_a_code_of_another_forum_is_none(forum: Forum, rf: RequestFactory, guest: RegistrationType) -> None:
    InvitationFactory(type=guest, code="HANOI")
    with pytest.raises(InvitationUnusable):
        find_invitation(ForumFactory(is_current=False), "HANOI", rf.get("/"))


def test_guesses_are_slowed_down_and_right_codes_never(
    forum: Forum, guest: RegistrationType, rf: RequestFactory, clock: Clock
) -> None:
    InvitationFactory(type=guest, code="HANOI", max_uses=100)
    for number in range(GUESSES):
        with pytest.raises(InvitationUnusable):
            find_invitation(forum, f"WRONG{number}", rf.get("/"))
        find_invitation(forum, "HANOI", rf.get("/"))

    with pytest.raises(TooManyGuesses) as told:
        find_invitation(forum, "ANOTHER", rf.get("/"))

    assert (told.value.status, 0 < told.value.wait_seconds <= 600) == (429, True)
    assert find_invitation(forum, "HANOI", rf.get("/")).code == "HANOI"
    with pytest.raises(InvitationUnusable):
        find_invitation(forum, "ANOTHER", rf.get("/", REMOTE_ADDR="192.0.2.7"))
