"""The form with what an organizer adds to it: codes, questions, purposes, seats, waiting lists, approval."""

import base64
import contextlib
import re
import zlib
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Forum, Session
from registrations.models import (
    ConsentPurpose,
    Invitation,
    Registration,
    RegistrationType,
    SeatBooking,
    SeatWait,
)
from registrations.views import blank_form
from tests.factories import RegistrationFactory, RegistrationTypeFactory, in_three_languages
from tests.registrations.conftest import Answers, Register, text_of
from tests.registrations.factories import ConsentPurposeFactory, InvitationFactory, QuestionFactory

FORM, SENT = "/en/register/", "/en/register/sent/"


@pytest.fixture
def vip(forum: Forum) -> RegistrationType:
    """Give a kind of attendance for those with a code."""
    names = in_three_languages("name", "Guest of honour")
    return RegistrationTypeFactory(forum=forum, slug="vip", visibility="invited", **names)


# --- Codes ----------------------------------------------------------------------------------------


def test_what_is_only_for_invited_guests_is_not_on_the_form(visitor: Client, vip: RegistrationType) -> None:
    page = text_of(visitor.get(FORM))

    assert "Guest of honour" not in page
    assert "I have an invitation code" in page


def test_a_link_with_a_code_shows_its_kind_alone_and_fills_in_the_person(
    visitor: Client, vip: RegistrationType
) -> None:
    InvitationFactory(type=vip, code="MINISTRY7", name="Bùi Thế Duy", email="duy@example.org", language="ko")

    response = visitor.get(FORM, {"code": " ministry7 "})

    page = text_of(response)
    assert re.findall(r'name="type" value="(\w+)"[^>]*checked', page) == ["vip"]
    assert 'value="guest"' not in page
    assert 'value="Bùi Thế Duy"' in page
    assert 'value="duy@example.org"' in page
    assert 'value="ko" selected' in page
    assert "Your invitation is recognized" in page
    assert response["Cache-Control"] == "private, no-store"


def test_the_code_goes_along_and_is_used_once(
    visitor: Client, vip: RegistrationType, answers: Answers
) -> None:
    code = InvitationFactory(type=vip, code="MINISTRY7")
    typed = answers(type="vip", invitation="MINISTRY7")

    for _time in range(2):
        response = visitor.post(FORM, typed)
        assert response.status_code == HTTPStatus.FOUND, text_of(response)
    second = text_of(visitor.post(FORM, answers(type="vip", invitation="MINISTRY7", email="b@example.org")))

    code.refresh_from_db()
    assert (code.uses, Registration.objects.get().invitation) == (1, code)
    assert "This code was used already." in second
    assert "Everything you filled in is still there." in second
    # Whoever opens the link again has typed nothing.
    opened = text_of(visitor.get(f"{FORM}?code=MINISTRY7"))
    assert "This code was used already." in opened
    assert "Everything you filled in is still there." not in opened


def test_the_form_of_a_used_code_can_still_be_corrected(
    visitor: Client, vip: RegistrationType, answers: Answers
) -> None:
    InvitationFactory(type=vip, code="MINISTRY7")
    visitor.post(FORM, answers(type="vip", invitation="MINISTRY7", email="mai@exmaple.org"))

    back = text_of(visitor.get(f"{FORM}?correct=1"))
    token = re.search(r'name="form_token" value="([^"]+)"', back)
    assert token
    corrected = answers(type="vip", invitation="MINISTRY7", form_token=token[1])
    response = visitor.post(FORM, corrected)

    assert response.status_code == HTTPStatus.FOUND, text_of(response)
    assert Registration.objects.confirmed().get().email == "mai@example.org"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"is_active": False}, "This code is no longer valid."),
        ({"expires_at": timezone.now() - timedelta(days=1)}, "This code was valid until"),
        ({"code": "ANOTHER7"}, "We do not know this code."),
    ],
)
def test_a_code_that_cannot_be_used_says_why_and_the_form_stays(
    visitor: Client, vip: RegistrationType, answers: Answers, changes: dict[str, Any], sentence: str
) -> None:
    InvitationFactory(type=vip, **({"code": "MINISTRY7"} | changes))

    shown = text_of(visitor.get(FORM, {"code": "MINISTRY7"}))
    sent = text_of(visitor.post(FORM, answers(invitation="MINISTRY7")))

    for page in (shown, sent):
        assert sentence in page
        assert 'value="guest"' in page
        assert 'value="MINISTRY7"' in page
    assert not Registration.objects.exists()


def test_a_code_is_looked_up_without_losing_what_was_typed(visitor: Client, vip: RegistrationType) -> None:
    InvitationFactory(type=vip, code="MINISTRY7")
    QuestionFactory(forum=vip.forum, kind="dietary", options=["Halal"]).types.set([vip])

    typed = {"name": "Mai", "type": "guest", "country": "KR", "invitation": "MINISTRY7", "look_up": "1"}
    page = text_of(visitor.post(FORM, typed))

    assert 'value="Mai"' in page
    assert 'value="KR" selected' in page
    assert re.findall(r'name="type" value="(\w+)"[^>]*checked', page) == ["vip"]
    assert "Halal" in page
    assert "error-summary" not in page


def test_a_code_for_another_kind_chooses_it_and_asks_to_look(
    visitor: Client, vip: RegistrationType, answers: Answers
) -> None:
    InvitationFactory(type=vip, code="MINISTRY7")

    page = text_of(visitor.post(FORM, answers(invitation="MINISTRY7")))

    assert "Your code is for “Guest of honour”, which is chosen now." in page
    assert re.findall(r'name="type" value="(\w+)"[^>]*checked', page) == ["vip"]
    assert not Registration.objects.exists()


def test_many_wrong_codes_from_one_address_are_stopped(visitor: Client, vip: RegistrationType) -> None:
    pages = [text_of(visitor.get(FORM, {"code": f"WRONG{n}"})) for n in range(22)]

    assert "We do not know this code." in pages[19]
    assert "Too many codes that do not exist were tried." in pages[21]


# --- Full, waiting, approval ----------------------------------------------------------------------


def test_a_full_kind_says_that_it_is_a_waiting_list_and_takes_people_onto_it(
    visitor: Client, press: RegistrationType, register: Register, answers: Answers
) -> None:
    RegistrationType.objects.filter(pk=press.pk).update(has_waiting_list=True)
    for person in "abc":
        register(type=press, email=f"{person}@example.org")

    page = text_of(visitor.get(FORM))
    after = text_of(visitor.post(FORM, answers(type="press"), follow=True))

    assert "Full: you join the waiting list" in page
    assert "(1 waits)" in page
    assert "your place on the waiting list" in after
    assert Registration.objects.get(email="mai@example.org").status == "waiting"


def test_the_page_after_the_form_tells_nobody_who_is_registered(
    visitor: Client, press: RegistrationType, register: Register, answers: Answers
) -> None:
    """Mai is registered as a guest; whoever sends her address for the full press sees what others see."""
    register()
    RegistrationType.objects.filter(pk=press.pk).update(capacity=0, has_waiting_list=True)

    known = text_of(visitor.post(FORM, answers(type="press"), follow=True))
    new = text_of(Client().post(FORM, answers(type="press", email="b@example.org"), follow=True))

    assert known.replace("mai@", "b@") == new


def test_an_application_says_so_before_and_after(
    visitor: Client, press: RegistrationType, answers: Answers
) -> None:
    RegistrationType.objects.filter(pk=press.pk).update(needs_approval=True)

    page = text_of(visitor.get(FORM))
    after = text_of(visitor.post(FORM, answers(type="press"), follow=True))

    assert "The organizers decide on each application and write to you." in page
    assert "Until then you have no ticket." in after
    assert Registration.objects.get().status == "pending"


# --- Questions ------------------------------------------------------------------------------------


def test_questions_say_to_whom_and_after_what_they_are_put(
    visitor: Client, forum: Forum, press: RegistrationType
) -> None:
    everybody = QuestionFactory(forum=forum, position=1, kind="choice", options=["Yes"], name_en="Visa?")
    QuestionFactory(forum=forum, position=2, name_en="Passport").depends_on.set(everybody.options.all())
    QuestionFactory(forum=forum, position=3, name_en="Medium").types.set([press])

    page = text_of(visitor.get(FORM))

    assert "Only if you answered “Yes” to “Visa?”" in page
    assert f'data-after="{everybody.options.get().pk}"' in page
    assert re.search(r'data-types="press".*Only for:.*Press.*Medium', page, re.DOTALL)


def test_without_questions_purposes_and_seats_the_form_holds_nothing_of_them(
    visitor: Client, forum: Forum
) -> None:
    page = text_of(visitor.get(FORM))

    for absent in ("A few questions", "Only if you like", "Sessions with limited seats", "registration-form"):
        assert absent not in page


def test_answers_come_back_when_the_form_is_corrected_and_files_are_asked_for_again(
    visitor: Client, forum: Forum, answers: Answers
) -> None:
    question = QuestionFactory(forum=forum, kind="multiple", options=["A", "B"])
    chosen = question.options.get(name_en="B")
    visitor.post(FORM, answers(**{f"q{question.pk}": [str(chosen.pk)]}, latin_name="Tran Thi Mai"))

    page = text_of(visitor.get(f"{FORM}?correct=1"))

    assert re.search(rf'value="{chosen.pk}"[^>]*checked', page)
    assert 'value="Tran Thi Mai"' in page
    assert Registration.objects.get().latin_name == "Tran Thi Mai"


def test_many_long_answers_do_not_burst_the_cookie(visitor: Client, forum: Forum, answers: Answers) -> None:
    questions = QuestionFactory.create_batch(3, forum=forum, kind="prose")
    long = "".join(chr(0xAC00 + n * 7 % 11000) for n in range(2500))

    response = visitor.post(FORM, answers(**{f"q{question.pk}": long for question in questions}))

    cookie = response.cookies["registration_sent"]
    assert len(cookie.OutputString()) < 4096
    assert visitor.get(SENT).status_code == HTTPStatus.OK


def test_what_was_answered_does_not_lie_readable_in_the_browser(
    visitor: Client, forum: Forum, answers: Answers
) -> None:
    question = QuestionFactory(forum=forum, kind="text")

    note = visitor.post(FORM, answers(**{f"q{question.pk}": "Peanuts"})).cookies["registration_sent"].value

    assert 'value="Peanuts"' in visitor.get(FORM, {"correct": "1"}).content.decode()
    # Neither as it is, nor as a signed and packed text would give it away.
    body = note.strip(".").split(":")[0]
    for read in (bytes, base64.urlsafe_b64decode, lambda raw: zlib.decompress(base64.urlsafe_b64decode(raw))):
        with contextlib.suppress(ValueError, zlib.error):
            assert b"Peanuts" not in read(body.encode() + b"=" * (-len(body) % 4))


# --- Purposes -------------------------------------------------------------------------------------


def test_each_purpose_has_a_box_and_none_is_ticked(visitor: Client, forum: Forum, answers: Answers) -> None:
    for kind in ("newsletter", "photographs"):
        ConsentPurposeFactory(forum=forum, kind=kind)
    ConsentPurposeFactory(forum=forum, kind="exhibitors", is_offered=False)

    page = text_of(visitor.get(FORM))
    versions = re.search(r'name="purpose_versions" value="([^"]*)"', page)
    assert versions
    visitor.post(FORM, answers(agree_newsletter="on", purpose_versions=versions[1]))

    assert re.findall(r'name="agree_(\w+)"([^>]*)', page).__len__() == 2
    assert not re.search(r'name="agree_\w+"[^>]*checked', page)
    given = Registration.objects.get().consents.values_list("kind", flat=True)
    assert sorted(given) == ["newsletter", "privacy"]


def test_words_that_changed_meanwhile_are_agreed_to_anew(
    visitor: Client, forum: Forum, answers: Answers
) -> None:
    purpose = ConsentPurposeFactory(forum=forum)
    old = f"newsletter:{purpose.version}"
    ConsentPurpose.objects.filter(pk=purpose.pk).update(wording_en="Write to me every day.")

    page = text_of(visitor.post(FORM, answers(agree_newsletter="on", purpose_versions=old)))

    assert "This sentence has changed. Please read it again and agree if you like." in page
    assert "Write to me every day." in page
    assert not re.search(r'name="agree_newsletter"[^>]*checked', page)
    assert not Registration.objects.exists()


# --- Seats ----------------------------------------------------------------------------------------


@pytest.fixture
def booths(published_forum: Forum) -> Session:
    """Give a published session with one seat."""
    from events.services import publish_agenda

    published_forum.sessions.filter(slug__in=["booths", "screening"]).update(seat_limit=1)
    publish_agenda(forum=published_forum, by=None)
    return published_forum.sessions.get(slug="booths")


def test_seats_are_booked_with_the_form_and_a_full_session_is_waited_for(
    visitor: Client, booths: Session, answers: Answers
) -> None:
    screening = Session.objects.get(slug="screening")
    holder = RegistrationFactory(forum=booths.forum, type=booths.forum.registration_types.first())
    SeatBooking.objects.create(registration=holder, session=screening)

    page = text_of(visitor.get(FORM))
    response = visitor.post(FORM, answers(seats=[str(booths.uid), str(screening.uid)]))

    assert response.status_code == HTTPStatus.FOUND, text_of(response)
    assert page.count('name="seats"') == 2
    assert "1 place left" in page
    assert "Full: you join the waiting list" in page
    mai = Registration.objects.get(email="mai@example.org")
    assert [seat.session.slug for seat in mai.seats.all()] == ["booths"]
    assert [wait.session.slug for wait in SeatWait.objects.filter(registration=mai)] == ["screening"]


def test_a_seat_that_is_not_offered_is_told(visitor: Client, booths: Session, answers: Answers) -> None:
    page = text_of(visitor.post(FORM, answers(seats=["00000000-0000-0000-0000-000000000000"])))

    assert "In one of these sessions no seats can be booked any more." in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_form_costs_the_same_queries_with_any_number_of_things(
    visitor: Client, booths: Session, assert_queries: Any, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blank_form, "LASTS_SECONDS", 0)
    questions = QuestionFactory.create_batch(rows, forum=booths.forum, kind="choice", options=["A", "B"])
    for question in questions[1:]:
        question.depends_on.set(questions[0].options.all())
    for kind in ("newsletter", "photographs", "exhibitors")[:rows]:
        ConsentPurposeFactory(forum=booths.forum, kind=kind)
    visitor.get(FORM)

    with assert_queries(3):
        visitor.get(FORM)


def test_an_invitation_costs_no_more_than_a_query(
    visitor: Client, vip: RegistrationType, assert_queries: Any
) -> None:
    code = InvitationFactory(type=vip)
    visitor.get(FORM, {"code": code.code})

    with assert_queries(3):
        visitor.get(FORM, {"code": code.code})
    assert Invitation.objects.get().uses == 0
