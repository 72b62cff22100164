"""The empty form that many people share for two seconds: what differs, what shows at once, what may wait."""

import re
import threading
import time

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation

from accounts.models import User
from events.models import Forum
from registrations.form_parts import form_parts
from registrations.models import Invitation, Question, QuestionOption, Registration, RegistrationType
from registrations.views import blank_form
from tests.factories import RegistrationTypeFactory
from tests.registrations.conftest import Answers, Register
from tests.registrations.factories import ConsentPurposeFactory, InvitationFactory, QuestionFactory

FORM = "/en/register/"
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|form_token)" value="([^"]+)"')


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> dict[object, object]:
    """Begin without a page, and give where pages are kept."""
    kept: dict[object, object] = {}
    monkeypatch.setattr(blank_form, "_kept", kept)
    return kept


def page(client: Client, address: str = FORM) -> str:
    return client.get(address).content.decode()


def test_two_visitors_get_one_page_with_tokens_of_their_own(forum: Forum, nothing_kept: dict) -> None:
    first, second = page(Client()), page(Client())

    assert len(nothing_kept) == 1
    mine, yours = HIDDEN.findall(first), HIDDEN.findall(second)
    assert [name for name, _value in mine] == ["csrfmiddlewaretoken", "form_token"]
    assert all(one != other for one, other in zip(mine, yours, strict=True))
    assert HIDDEN.sub("", first) == HIDDEN.sub("", second)


def test_the_form_on_a_shared_page_can_be_sent(forum: Forum, answers: Answers) -> None:
    page(Client())
    strict = Client(enforce_csrf_checks=True)
    hidden = dict(HIDDEN.findall(page(strict)))

    response = strict.post(FORM, answers() | hidden)

    assert response.status_code == 302, response.content.decode()
    assert Registration.objects.count() == 1


def test_what_is_left_may_be_two_seconds_old(
    forum: Forum, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    RegistrationType.objects.update(capacity=10)
    before = page(Client())
    register()
    kept = HIDDEN.sub("", page(Client()))

    monkeypatch.setattr(blank_form, "LASTS_SECONDS", 0)

    assert HIDDEN.sub("", before) == kept
    assert "9 of 10 places left" in page(Client())


def change_type() -> None:
    RegistrationType.objects.filter(slug="guest").update(name_en="Honoured guest")


def close_type() -> None:
    RegistrationType.objects.filter(slug="guest").update(visibility="invited")


def add_type() -> None:
    RegistrationTypeFactory(forum=Forum.objects.get(), name_en="Journalist")


def change_question() -> None:
    Question.objects.update(name_en="What do you eat?")


def delete_option() -> None:
    QuestionOption.objects.all().delete()


def ask_some() -> None:
    Question.objects.get().types.set(RegistrationType.objects.filter(slug="guest"))


def add_purpose() -> None:
    ConsentPurposeFactory(forum=Forum.objects.get(), kind="newsletter", wording_en="Send me news.")


@pytest.mark.parametrize(
    "change",
    [
        change_type,
        close_type,
        add_type,
        change_question,
        delete_option,
        ask_some,
        add_purpose,
    ],
)
def test_what_organizers_change_shows_at_once(forum: Forum, change) -> None:
    RegistrationTypeFactory(forum=forum, slug="other", name_en="Somebody else")
    QuestionFactory(forum=forum, kind="choice", options=["Rice", "Noodles"])
    before = HIDDEN.sub("", page(Client()))
    revision = Forum.objects.get().form_revision

    change()

    assert Forum.objects.get().form_revision > revision
    assert HIDDEN.sub("", page(Client())) != before


def test_a_form_sent_meanwhile_is_read_with_the_new_questions(forum: Forum, answers: Answers) -> None:
    client = Client()
    page(client)
    QuestionFactory(forum=forum, kind="text", is_required=True, name_en="Your diet")

    response = client.post(FORM, answers())

    assert "Your diet" in response.content.decode()
    assert not Registration.objects.exists()


def test_registrations_do_not_count_as_changes_of_the_form(forum: Forum, register: Register) -> None:
    revision = Forum.objects.get().form_revision
    register()
    assert Forum.objects.get().form_revision == revision


def test_a_forum_saved_with_an_old_number_keeps_the_new_one(forum: Forum) -> None:
    old = Forum.objects.get()
    change_type()
    new = Forum.objects.get().form_revision
    old.contact_email = "other@forum.example"
    old.save()
    assert Forum.objects.get().form_revision == new != old.form_revision


def test_a_change_that_was_taken_back_never_gives_its_number_to_another(forum: Forum) -> None:
    translation.activate("en")
    sid = transaction.savepoint()
    RegistrationType.objects.update(name_en="Never")
    taken_back = Forum.objects.get()
    assert str(form_parts(taken_back).kinds[0].display_name) == "Never"
    transaction.savepoint_rollback(sid)

    RegistrationType.objects.update(name_en="Now")

    now = Forum.objects.get()
    assert now.form_revision != taken_back.form_revision
    assert str(form_parts(now).kinds[0].display_name) == "Now"


@pytest.mark.parametrize("cookie", ["sessionid", "messages"])
def test_a_page_for_somebody_known_is_not_shared(forum: Forum, cookie: str, nothing_kept: dict) -> None:
    client = Client()
    client.cookies[cookie] = "x"
    page(client)
    assert not nothing_kept


def test_pages_of_accounts_and_invitations_are_not_shared(forum: Forum, nothing_kept: dict) -> None:
    client = Client()
    client.force_login(User.objects.create_user("a@example.org"))
    page(client)
    code = InvitationFactory(type=forum.registration_types.first()).code
    assert code in page(Client(), f"{FORM}?code={code}")
    assert Invitation.objects.get().uses == 0
    assert not nothing_kept


def test_each_language_has_its_own_page(forum: Forum, nothing_kept: dict) -> None:
    pages = {language: page(Client(), f"/{language}/register/") for language in ("vi", "ko", "en")}
    assert len(nothing_kept) == 3
    assert all(f'<html lang="{language}"' in text for language, text in pages.items())


def test_one_makes_the_page_while_the_others_get_the_last_one(monkeypatch: pytest.MonkeyPatch) -> None:
    key = ("key",)
    monkeypatch.setattr(blank_form, "_kept", {key: blank_form._Page("old", time.monotonic() - 3)})
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        assert go_on.wait(10)
        return "new"

    made: list[str] = []
    maker = threading.Thread(target=lambda: made.append(blank_form._page(key, slow)))
    maker.start()
    assert begun.wait(10)

    assert blank_form._page(key, lambda: pytest.fail("two make it")) == "old"
    go_on.set()
    maker.join()

    assert made == ["new"]
    assert blank_form._page(key, lambda: pytest.fail("made again")) == "new"


def test_a_page_that_cannot_be_made_leaves_the_next_one_free(forum: Forum) -> None:
    def broken() -> str:
        raise ValueError("no template")

    with pytest.raises(ValueError, match="no template"):
        blank_form._page(("key",), broken)
    assert blank_form._page(("key",), lambda: "made") == "made"


def test_only_an_address_without_parameters_is_blank(forum: Forum, nothing_kept: dict) -> None:
    page(Client(), f"{FORM}?correct=1")
    assert not nothing_kept
