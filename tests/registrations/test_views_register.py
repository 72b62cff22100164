"""The form and the page after it."""

import re
from datetime import datetime, time, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Forum
from outbox.models import Message
from registrations.models import Consent, Registration, RegistrationType
from tests.conftest import Clock
from tests.factories import RegistrationTypeFactory
from tests.registrations.conftest import Answers, Register

FORM, SENT = "/en/register/", "/en/register/sent/"


def text_of(response: Any) -> str:
    return response.content.decode()


# --- The form -------------------------------------------------------------------------------------


def test_the_form_offers_types_with_the_places_left(
    visitor: Client, press: RegistrationType, register: Register
) -> None:
    register(type=press)

    page = text_of(visitor.get(FORM))

    assert "Press" in page
    assert "1 of 2 places left" in page


def test_a_full_type_is_shown_and_cannot_be_chosen(
    visitor: Client, press: RegistrationType, register: Register
) -> None:
    register(type=press, email="a@example.org")
    register(type=press, email="b@example.org")

    page = text_of(visitor.get(FORM))

    assert re.search(r'value="press"[^>]*disabled', page)
    assert not re.search(r'value="guest"[^>]*disabled', page)
    assert "Full" in page


@pytest.mark.parametrize("language", ["vi", "ko", "en"])
def test_the_form_speaks_the_readers_language(visitor: Client, forum: Forum, language: str) -> None:
    page = text_of(visitor.get(f"/{language}/register/"))

    chosen = re.search(r'<select name="language".*?</select>', page, re.DOTALL)
    assert chosen is not None
    assert f'value="{language}" selected' in chosen[0]
    country = re.search(r'<select[^>]*name="country".*?</select>', page, re.DOTALL)
    assert country is not None
    likely = {"vi": ["VN"], "ko": ["KR"], "en": []}[language]
    assert re.findall(r'value="(\w*)" selected', country[0]) == likely


def test_the_only_type_is_chosen_beforehand(visitor: Client, press: RegistrationType) -> None:
    RegistrationType.objects.exclude(pk=press.pk).delete()

    assert re.search(r'value="press"[^>]*checked', text_of(visitor.get(FORM)))


@pytest.mark.parametrize("types", [1, 3, 30])
def test_the_form_costs_the_same_queries_with_any_number_of_types(
    visitor: Client, forum: Forum, assert_queries, types: int
) -> None:
    RegistrationType.objects.all().delete()
    RegistrationTypeFactory.create_batch(types, forum=forum)

    with assert_queries(7):
        visitor.get(FORM)
    # For the next two seconds only which version of the forum is shown.
    with assert_queries(1):
        visitor.get(FORM)


def test_a_whole_registration_costs_so_many_queries(
    visitor: Client, answers: Answers, assert_queries
) -> None:
    typed = answers()
    visitor.get(FORM)

    with assert_queries(14):
        visitor.post(FORM, typed)


def test_the_form_may_not_be_kept_by_shared_caches(visitor: Client, forum: Forum) -> None:
    response = visitor.get(FORM)

    assert response["Cache-Control"] == "private, no-cache"


def test_without_a_forum_there_is_no_form(db: None, visitor: Client) -> None:
    assert visitor.get(FORM).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@pytest.mark.parametrize("address", [FORM, SENT])
def test_other_methods_are_refused(visitor: Client, forum: Forum, method: str, address: str) -> None:
    assert getattr(visitor, method)(address).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_the_page_after_the_form_takes_no_post(visitor: Client, forum: Forum) -> None:
    assert visitor.post(SENT).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_a_post_without_the_csrf_token_is_refused(forum: Forum, answers: Answers) -> None:
    response = Client(enforce_csrf_checks=True).post(FORM, answers())

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert not Registration.objects.exists()


# --- Closed and full ------------------------------------------------------------------------------


def test_when_every_place_is_taken_the_page_says_so(visitor: Client, forum: Forum) -> None:
    RegistrationType.objects.update(capacity=0)

    page = text_of(visitor.get(FORM))

    assert "All places are taken" in page
    assert "<form class" not in page


def test_before_registration_opens_the_page_says_when(visitor: Client, forum: Forum) -> None:
    RegistrationType.objects.update(opens_at=timezone.now() + timedelta(days=2))

    page = text_of(visitor.get(FORM))

    assert "It opens:" in page
    assert ", Hanoi time." in page
    assert "<form class" not in page


def test_after_registration_closed_the_page_says_so(visitor: Client, forum: Forum) -> None:
    RegistrationType.objects.update(closes_at=timezone.now() - timedelta(days=2))

    assert "Registration for this forum is closed" in text_of(visitor.get(FORM))


def test_after_the_forum_the_page_says_that_registration_is_closed(
    visitor: Client, forum: Forum, clock: Clock
) -> None:
    clock.set(datetime.combine(forum.last_day + timedelta(days=1), time(0, 1), tzinfo=forum.zone))

    assert "Registration for this forum is closed" in text_of(visitor.get(FORM))


def test_the_last_place_gone_meanwhile_keeps_what_was_typed(
    visitor: Client, press: RegistrationType, register: Register, answers: Answers
) -> None:
    typed = answers(type="press")
    register(type=press, email="a@example.org")
    register(type=press, email="b@example.org")

    response = visitor.post(FORM, typed)

    assert response.status_code == HTTPStatus.CONFLICT
    page = text_of(response)
    assert "“Press” is full" in page
    assert 'value="mai@example.org"' in page
    assert re.search(r'value="press"[^>]*disabled', page)


# --- Sending it -----------------------------------------------------------------------------------


def test_a_visitor_registers_and_is_told_to_look_into_her_inbox(
    visitor: Client, answers: Answers, forum: Forum
) -> None:
    response = visitor.post(FORM, answers(), follow=True)

    assert response.redirect_chain == [(SENT, HTTPStatus.FOUND)]
    page = text_of(response)
    assert "Trần Thị Mai" in page
    assert "mai@example.org" in page
    assert response["Cache-Control"] == "private, no-store"
    mai = Registration.objects.get()
    assert (mai.country, mai.language, mai.type.slug) == ("VN", "vi", "guest")
    assert Message.objects.get().recipient == "mai@example.org"


def test_the_consent_is_kept_in_the_language_it_was_read_in(visitor: Client, answers: Answers) -> None:
    visitor.post("/ko/register/", answers(language="en"))

    consent = Consent.objects.get()
    assert consent.language == "ko"
    assert consent.wording.endswith("(한국어)")


def test_the_page_after_the_form_needs_a_form_just_sent(visitor: Client, forum: Forum) -> None:
    response = visitor.get(SENT)

    assert (response.status_code, response["Location"]) == (HTTPStatus.FOUND, FORM)


@pytest.mark.parametrize("value", ["", "nonsense", "a:b:c", "é" * 50])
def test_a_made_up_note_is_no_form_just_sent(visitor: Client, forum: Forum, value: str) -> None:
    visitor.cookies["registration_sent"] = value

    assert visitor.get(SENT).status_code == HTTPStatus.FOUND


def test_the_note_is_out_of_reach_of_scripts_and_short_lived(visitor: Client, answers: Answers) -> None:
    longest = answers(name="𠮷" * 120, latin_name="Mai", organization_name="😀" * 160)

    cookie = visitor.post(FORM, longest).cookies["registration_sent"]

    assert cookie["httponly"]
    assert cookie["max-age"] == 1800
    assert cookie["samesite"] == "Lax"
    assert len(cookie.OutputString()) < 4096


def test_the_same_form_again_says_the_same(visitor: Client, answers: Answers) -> None:
    typed = answers()

    pages = {text_of(visitor.post(FORM, typed, follow=True)) for _time in range(2)}

    assert len(pages) == 1
    assert Registration.objects.count() == 1


def test_a_wrong_address_is_corrected_by_going_back(visitor: Client, answers: Answers) -> None:
    visitor.post(FORM, answers(email="mai@exmaple.org", name="Mai <b>"))
    back = text_of(visitor.get(f"{FORM}?correct=1"))
    assert 'value="mai@exmaple.org"' in back
    assert 'value="Mai &lt;b&gt;"' in back
    token = re.search(r'name="form_token" value="([^"]+)"', back)
    assert token is not None

    visitor.post(FORM, answers(form_token=token[1]))

    assert Registration.objects.confirmed().get().email == "mai@example.org"
    assert Registration.objects.get(email="mai@exmaple.org").is_cancelled


def test_coming_back_to_the_form_offers_to_correct_what_was_sent(
    visitor: Client, answers: Answers, forum: Forum
) -> None:
    assert "You have just sent this form" not in text_of(visitor.get(FORM))
    visitor.post(FORM, answers())

    response = visitor.get(FORM)

    page = text_of(response)
    assert "You have just sent this form for Trần Thị Mai." in page
    assert f'href="{FORM}?correct=1"' in page
    assert 'value="mai@example.org"' not in page
    assert response["Cache-Control"] == "private, no-store"


def test_going_back_shows_nothing_to_somebody_else(visitor: Client, answers: Answers, forum: Forum) -> None:
    visitor.post(FORM, answers())

    assert "mai@example.org" not in text_of(Client().get(f"{FORM}?correct=1"))
    response = visitor.get(f"{FORM}?correct=1")
    assert response["Cache-Control"] == "private, no-store"


# --- What is wrong --------------------------------------------------------------------------------

WRONG = [
    ({"type": ""}, "Please choose how you attend."),
    ({"type": "nonsense"}, "This kind of attendance is not open."),
    ({"name": ""}, "Please write your name."),
    ({"name": "   "}, "Please write your name."),
    ({"name": "\u200b\u200d"}, "Please write your name."),
    ({"name": "M\x00ai"}, "invisible control character"),
    ({"name": "Mai\x1b[31m"}, "invisible control character"),
    ({"name": "Mai \u202egpj"}, "turns the direction of writing"),
    ({"name": "Mai \u2067abc"}, "turns the direction of writing"),
    ({"name": "x" * 300}, "at most 120 characters fit, and there are 300"),
    ({"latin_name": "", "name": "王小明"}, "The badge cannot print a name in this script."),
    ({"organization_name": ""}, "Please write where you work or study."),
    ({"organization_name": "x" * 300}, "at most 160 characters fit, and there are 300"),
    ({"organization_name": "A\x07B"}, "invisible control character"),
    ({"email": ""}, "Please write your e-mail address."),
    ({"email": "mai@"}, "has no part after the @"),
    ({"email": "@example.org"}, "has no part before the @"),
    ({"email": "mai"}, "This is not a mail address."),
    ({"email": "mai@example"}, "This is not a mail address."),
    ({"email": "mai@[127.0.0.1]"}, "This is not a mail address."),
    ({"email": "mai@localhost"}, "This is not a mail address."),
    ({"email": '"m ai"@example.org'}, "This is not a mail address."),
    ({"email": "mai@example.org\nBcc: x@example.org"}, "This is not a mail address."),
    ({"email": "mai@example.org,x@example.org"}, "This is not a mail address."),
    ({"email": "mài@example.org"}, "only Latin letters without accents"),
    ({"email": "mai\x00@example.org"}, "This is not a mail address."),
    ({"email": f"mai@{'x' * 64}.org"}, "This is not a mail address."),
    ({"email": f"mai@{'example.' * 40}org"}, "too long for a mail address"),
    ({"email": f"{'x' * 65}@example.org"}, "too long for a mail address"),
    ({"country": ""}, "Please choose your country or territory."),
    ({"country": "XX"}, "Please choose your country or territory from the list."),
    ({"country": "EU"}, "Please choose your country or territory from the list."),
    ({"language": "fr"}, "Please choose one of the three languages."),
    ({"consent": ""}, "Please tick this box"),
    ({"consent_version": "7"}, "This sentence has changed."),
    ({"consent_version": "x"}, "This sentence has changed."),
    ({"form_token": ""}, "This page was open for too long."),
    ({"form_token": "forged"}, "This page was open for too long."),
]


@pytest.mark.parametrize(("changes", "sentence"), WRONG)
def test_what_is_wrong_is_said_beside_the_field_and_in_the_summary(
    visitor: Client, answers: Answers, changes: dict[str, str], sentence: str
) -> None:
    response = visitor.post(FORM, answers(**changes))

    assert response.status_code == HTTPStatus.OK
    page = text_of(response)
    field = next(iter(changes))
    assert sentence in page
    assert 'class="error-summary" role="alert"' in page
    if field not in {"form_token", "consent_version"}:
        assert f'id="id_{field}_error"' in page
        target = f"id_{field}_0" if field == "type" else f"id_{field}"
        assert f'href="#{target}"' in page
        assert f'id="{target}"' in page
    assert not Registration.objects.exists()
    assert not Message.objects.exists()


def test_what_was_typed_is_kept_when_something_is_wrong(visitor: Client, answers: Answers) -> None:
    page = text_of(visitor.post(FORM, answers(email="mai@", type="press", country="KR")))

    assert 'value="Trần Thị Mai"' in page
    assert 'value="mai@"' in page
    assert re.search(r'value="press"[^>]*checked', page)
    assert 'value="KR" selected' in page
    assert re.search(r'name="consent"[^>]*checked', page)


def test_a_page_that_was_open_for_too_long_is_sent_by_sending_it_once_more(
    visitor: Client, answers: Answers
) -> None:
    page = text_of(visitor.post(FORM, answers(form_token="forged", consent_version="7")))
    fresh = {
        name: found[1]
        for name in ("form_token", "consent_version")
        if (found := re.search(rf'name="{name}" value="([^"]*)"', page))
    }
    assert not re.search(r'name="consent"[^>]*checked', page)

    assert visitor.post(FORM, answers(**fresh)).status_code == HTTPStatus.FOUND


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Thị Ngọc Ánh 😀👩🏽‍⚕️",
        "محمد بن عبد الله",
        "שרה \u200fכהן",
        "김하나",
        "<script>alert(1)</script>",
        "O’Brien & Söhne",
        "{{ 7|add:7 }}",
    ],
)
def test_names_of_all_scripts_are_kept_as_written_and_shown_as_text(
    visitor: Client, answers: Answers, name: str
) -> None:
    page = text_of(visitor.post(FORM, answers(name=name, latin_name="Mai"), follow=True))

    assert Registration.objects.get().name == name
    assert "<script>alert" not in page
    escaped = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f"<bdi>{escaped}</bdi>" in page


def test_an_international_domain_is_stored_in_ascii(visitor: Client, answers: Answers) -> None:
    visitor.post(FORM, answers(email="Mai@Bệnhviện.vn"))

    assert Registration.objects.get().email == "mai@xn--bnhvin-ik8be.vn"
