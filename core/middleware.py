"""Small middleware that belongs to no app."""

from __future__ import annotations

import contextvars
import logging
import re
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.errors import DomainError

_request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="-")
_Next = Callable[[HttpRequest], HttpResponse]


class RequestIdMiddleware:
    """Give every request an id that appears in each log line and in the answer.

    An id from a proxy is kept when it is short and plain; anything else could forge log lines.
    """

    def __init__(self, get_response: _Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if re.fullmatch(r"[A-Za-z0-9-]{8,64}", given) else uuid.uuid4().hex
        token = _request_id.set(request_id)
        try:
            response = self.get_response(request)
        finally:
            _request_id.reset(token)
        response["X-Request-ID"] = request_id
        return response


class RequestIdFilter(logging.Filter):
    """Put the current request's id into each log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _request_id.get()
        return True


class PermissionsPolicyMiddleware:
    """Tell browsers which powers the site never uses, so that an injected script has none of them."""

    POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"

    def __init__(self, get_response: _Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", self.POLICY)
        return response


class RetryAfterMiddleware:
    """Every 429 and 503 says when to come back, also those that a library answered."""

    # Too many tries: the window of most limits. Too many people at once: the queue is short-lived.
    SECONDS = {429: 60, 503: 5}

    def __init__(self, get_response: _Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in self.SECONDS:
            response.setdefault("Retry-After", str(self.SECONDS[response.status_code]))
        return response


class DomainErrorMiddleware:
    """A rule that no form caught still reaches the person as its sentence, not as a 500."""

    def __init__(self, get_response: _Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a DomainError with its own status and sentence."""
        if not isinstance(exception, DomainError):
            return None
        return render(request, "refused.html", {"error": exception}, status=exception.status)


class NullCharactersMiddleware:
    """Show a null character, which HTML does not allow, as the sign for what cannot be shown.

    A form that refuses one shows again what was typed; so the person sees where it stands.
    """

    SHOWN = "\N{REPLACEMENT CHARACTER}".encode()

    def __init__(self, get_response: _Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = not response.streaming and response.get("Content-Type", "").startswith("text/html")
        if is_page and "Content-Encoding" not in response and b"\x00" in response.content:
            response.content = response.content.replace(b"\x00", self.SHOWN)
        return response


class OwnNotFoundMiddleware:
    """Under DEBUG Django explains a 404 to programmers; show the page that everybody gets in production."""

    DJANGOS = b"<title>Page not found at "

    def __init__(self, get_response: _Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 404 and not response.streaming and self.DJANGOS in response.content:
            return render(request, "404.html", status=404)
        return response
