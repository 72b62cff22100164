"""Every answer has an id; log lines cannot be forged through it; every 429 says when to come back."""

import logging
import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from core.middleware import (
    NullCharactersMiddleware,
    RequestIdFilter,
    RequestIdMiddleware,
    RetryAfterMiddleware,
)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("abcdef-0123456789", True),
        ("short", False),
        ("x" * 65, False),
        ("abc def 12345", False),
        ("abcdefgh\nFORGED", False),
        ("", False),
    ],
)
def test_an_id_is_kept_when_it_is_plain(given: str, kept: bool) -> None:
    seen = []

    def view(request: HttpRequest) -> HttpResponse:
        record = logging.makeLogRecord({})
        assert RequestIdFilter().filter(record)
        seen.append(record.__dict__["request_id"])
        return HttpResponse()

    response = RequestIdMiddleware(view)(RequestFactory().get("/", HTTP_X_REQUEST_ID=given))
    assert seen == [response["X-Request-ID"]]
    assert (response["X-Request-ID"] == given) is kept
    assert re.fullmatch(r"[A-Za-z0-9-]{8,64}", response["X-Request-ID"])


def test_outside_a_request_the_id_is_a_dash() -> None:
    record = logging.makeLogRecord({})
    RequestIdFilter().filter(record)
    assert record.__dict__["request_id"] == "-"


def test_powers_that_the_site_never_uses_are_switched_off(client: Client) -> None:
    assert "camera=()" in client.get("/healthz")["Permissions-Policy"]


@pytest.mark.parametrize(
    ("status", "given", "expected"), [(429, None, "60"), (429, "5", "5"), (200, None, None)]
)
def test_every_429_says_when_to_come_back(status: int, given: str | None, expected: str | None) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=status, headers={"Retry-After": given} if given else {})

    response = RetryAfterMiddleware(view)(RequestFactory().get("/"))
    assert response.headers.get("Retry-After") == expected


def test_a_form_that_refuses_a_null_character_shows_a_sign_in_its_place() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        kind = request.GET.get("kind", "text/html; charset=utf-8")
        return HttpResponse(f'<input value="{request.POST["name"]}">', content_type=kind)

    shown = NullCharactersMiddleware(view)
    page = shown(RequestFactory().post("/", {"name": "a\x00b"}))
    file = shown(RequestFactory().post("/?kind=application/octet-stream", {"name": "a\x00b"}))

    assert page.content.decode() == '<input value="a\N{REPLACEMENT CHARACTER}b">'
    assert b"\x00" in file.content


@pytest.mark.django_db
def test_no_page_of_the_site_echoes_a_null_character(client: Client) -> None:
    answer = client.post("/en/accounts/login/", {"login": "a\x00b@example.org", "password": "x"})

    assert answer.status_code == 200
    assert b"\x00" not in answer.content
    assert "a\N{REPLACEMENT CHARACTER}b" in answer.content.decode()
