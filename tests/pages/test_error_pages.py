"""The pages for what goes wrong, in the reader's language; none asks a database that may be the reason."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from core import views as core_views
from core.errors import DomainError, NotAllowed
from core.locking import Busy
from core.middleware import DomainErrorMiddleware
from core.throttle import too_many
from events.models import Forum

LANGUAGES = ["vi", "ko", "en"]


@pytest.mark.parametrize(
    ("language", "heading"),
    [("vi", "Không tìm thấy trang này"), ("ko", "페이지를 찾을"), ("en", "This page does not exist")],
)
def test_a_missing_page_in_the_language_of_its_address(
    client: Client, forum: Forum, language: str, heading: str
) -> None:
    response = client.get(f"/{language}/nowhere/")
    assert response.status_code == 404
    html = response.content.decode()
    assert heading in html
    assert f'<html lang="{language}">' in html
    assert 'content="noindex"' in html
    assert "canonical" not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_site_answers_without_its_database(rf: RequestFactory, language: str) -> None:
    """The database may be what broke, so nothing may be asked of it: this test asks for no database,
    and pytest-django fails whatever touches one without asking.
    """
    request: HttpRequest = rf.get(f"/{language}/")
    with translation.override(language):
        response = core_views.server_error(request)
        too = too_many(request, 90)
        bad = core_views.bad_request(request, Exception())
    assert [r.status_code for r in (response, too, bad)] == [500, 429, 400]
    assert f'<html lang="{language}">' in response.content.decode()
    assert too["Retry-After"] == "90"


def test_how_long_to_wait(rf: RequestFactory) -> None:
    with translation.override("en"):
        assert "Wait one minute" in too_many(rf.get("/"), 30).content.decode()
        assert "Wait 2 minutes" in too_many(rf.get("/"), 61).content.decode()


def test_a_form_without_its_cookie_is_told_what_to_do(forum: Forum) -> None:
    response = Client(enforce_csrf_checks=True).post("/en/register/", {"name": "Hoa"})
    assert response.status_code == 403
    html = response.content.decode()
    assert "The form was too old" in html
    assert '<link rel="stylesheet"' in html


def test_a_refusal_of_the_rules_is_a_sentence(rf: RequestFactory, forum: Forum) -> None:
    request = rf.get("/en/")
    middleware = DomainErrorMiddleware(lambda _: HttpResponse())
    with translation.override("en"):
        response = middleware.process_exception(request, DomainError("There is no place <left>."))
    assert response is not None
    assert response.status_code == 409
    assert "There is no place &lt;left&gt;." in response.content.decode()
    assert "Nothing was changed." in response.content.decode()


@pytest.mark.parametrize(
    ("error", "status", "heading", "advice"),
    [
        (NotAllowed("Not you."), 403, "You may not do this", "ask the forum’s owner"),
        (Busy("So many people."), 503, "This is not possible now", "send it once more"),
    ],
)
def test_each_refusal_says_what_helps(
    rf: RequestFactory, forum: Forum, error: DomainError, status: int, heading: str, advice: str
) -> None:
    middleware = DomainErrorMiddleware(lambda _: HttpResponse())
    with translation.override("en"):
        response = middleware.process_exception(rf.get("/en/"), error)
    assert response is not None
    assert response.status_code == status
    html = response.content.decode()
    assert f"<h1>{heading}</h1>" in html
    assert advice in html
    assert "Nothing was changed" not in html


def test_who_tries_the_site_out_sees_its_own_page(forum: Forum, settings: Any) -> None:
    settings.DEBUG = True
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "core.middleware.OwnNotFoundMiddleware"]
    for address in ("/ko/nowhere/", "/ko/agenda/no-such-session/"):
        response = Client().get(address)
        assert response.status_code == 404
        assert "페이지를 찾을" in response.content.decode()
