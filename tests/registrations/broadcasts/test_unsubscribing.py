"""Ending the newsletter: by a mail program's one POST, by a page, and by nobody else."""

import uuid

import pytest
from django.conf import settings as django_settings
from django.test import Client

from registrations.broadcasts.unsubscribing import gets_news, unsubscribe_url
from registrations.models import Consent, Registration
from tests.factories import ConsentFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Registration:
    """Give Lan, who gets news and agrees to photographs."""
    lan = RegistrationFactory(name="Lan")
    ConsentFactory(registration=lan, kind=Consent.Kind.NEWSLETTER)
    ConsentFactory(registration=lan, kind=Consent.Kind.PHOTOGRAPHS)
    return lan


def path(reader: Registration, language: str = "en") -> str:
    """Return what stands in the header of her mails, without the host."""
    return unsubscribe_url(reader.pk, language).removeprefix(django_settings.SITE_URL)


def test_one_post_without_session_cookie_or_token_ends_the_news(reader: Registration) -> None:
    program = Client(enforce_csrf_checks=True)
    answer = program.post(path(reader), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200, "a mail program follows no redirect (RFC 8058, 3.1)"
    assert not gets_news(reader.pk)
    assert reader.consents.filter(withdrawn_at=None).get().kind == Consent.Kind.PHOTOGRAPHS
    # Once more, and nothing more happens.
    assert program.post(path(reader)).status_code == 200
    assert reader.consents.exclude(withdrawn_at=None).count() == 1


def test_the_page_asks_before_a_person_decides_and_looking_changes_nothing(reader: Registration) -> None:
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(path(reader))
    assert "No more news by mail?" in page.content.decode()
    assert gets_news(reader.pk), "a scanner of mails that opens every link ends nothing"
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"
    assert "You get no more news" in browser.post(path(reader)).content.decode()


def test_a_new_secret_link_leaves_the_old_way_out_open(reader: Registration) -> None:
    address = path(reader)
    Registration.objects.filter(pk=reader.pk).update(link_version=7)
    Client().post(address)
    assert not gets_news(reader.pk)


def test_forged_addresses_are_a_404_and_too_many_of_them_a_429(reader: Registration) -> None:
    forged = path(reader).replace(str(reader.pk), str(uuid.uuid4()))
    for attempt in range(30):
        assert Client().post(forged).status_code == 404, attempt
    answer = Client().post(forged)
    assert (answer.status_code, "Retry-After" in answer) == (429, True)
    assert Client().post(path(reader)).status_code == 200, "the right one is never counted"


def test_the_page_speaks_the_readers_language(reader: Registration) -> None:
    assert path(reader, "ko").startswith("/ko/news/")
    assert Client().get(path(reader, "ko")).headers["Content-Language"] == "ko"
