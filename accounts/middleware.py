"""What every request to the admin or to an account page goes through."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import add_never_cache_headers

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


class NothingKeptMiddleware:
    """Pages about one's own account stay in no cache, not even behind the Back button after signing out.

    They show secrets of authenticator apps and recovery codes; allauth forbids keeping only a few of them.
    """

    PREFIXES = ("account_", "mfa_")

    def __init__(self, get_response: _Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Mark the answer when its address is one of allauth's or of ours beside them."""
        response = self.get_response(request)
        found = request.resolver_match
        if found and found.url_name and found.url_name.startswith(self.PREFIXES):
            add_never_cache_headers(response)
        return response
