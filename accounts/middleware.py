"""The language of pages without a language in their address."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from core.i18n import LANGUAGE_CODES

_Next = Callable[[HttpRequest], HttpResponse]


class AccountLanguageMiddleware:
    """The admin speaks the language that was chosen, else the account's, else the browser's.

    LocaleMiddleware has already found the first or the last of these; this adds the one between them.
    Public pages carry their language in the address and are left alone, so that nothing asks them for
    a session.
    """

    def __init__(self, get_response: _Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate the account's language for the admin, unless another was chosen."""
        if request.path_info.startswith("/admin/"):
            chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
            account = getattr(request.user, "language", None)
            if chosen not in LANGUAGE_CODES and account in LANGUAGE_CODES:
                translation.activate(account)
                request.LANGUAGE_CODE = account
        return self.get_response(request)
