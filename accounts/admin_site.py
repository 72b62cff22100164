"""The organizers' site: staff with a second factor only."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any
from urllib.parse import unquote

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from unfold.sites import UnfoldAdminSite

from accounts import second_factor
from accounts.admin_menu import menu
from accounts.models import User
from core.errors import DomainError
from core.i18n import NATIVE_NAMES

_View = Callable[..., HttpResponse]
# Every language in its own words, for the switch at the top.
LANGUAGES_OF_ADMIN = {
    code: {"short": {"vi": "VI", "ko": "한", "en": "EN"}[code], "native": name}
    for code, name in NATIVE_NAMES.items()
}


class ForumAdminSite(UnfoldAdminSite):
    """The admin, closed to anybody who has not signed in with a second factor.

    Every address under it goes through :meth:`admin_view`, the ones that Django leaves open included.
    Signing in, signing out and the password are allauth's pages, the only ones that know of passkeys,
    codes and limits.
    """

    index_title = _("Overview")

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff whose session has proved a second factor."""
        user = request.user
        return isinstance(user, User) and user.is_active and user.is_staff and second_factor.was_used(request)

    def admin_view(self, view: _View, cacheable: bool = False) -> _View:
        """Put the gate before a view of the admin, and give a service's refusal a way back."""
        inner = super().admin_view(view, cacheable)

        def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            # PostgreSQL stores no NUL; in an address it is never a person's doing.
            if "\x00" in unquote(request.META.get("QUERY_STRING", "")):
                raise BadRequest("NUL in the address.")
            if not self.has_permission(request):
                return self._turn_away(request)
            try:
                return inner(request, *args, **kwargs)
            except DomainError as error:
                return self._say(request, error)

        # csrf_exempt and the like are attributes of the view
        return update_wrapper(gated, inner)

    def _turn_away(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not isinstance(user, User):
            way_back = (
                request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("admin:index")
            )
            return redirect_to_login(way_back, reverse("account_login"))
        if not (user.is_active and user.is_staff):
            raise PermissionDenied
        return second_factor.lead_to_it(request, user)

    def _say(self, request: HttpRequest, error: DomainError) -> HttpResponse:
        """Show a refusal that no form caught on the page where the button was."""
        messages.error(request, str(error))
        origin = request.headers.get("Referer", "")
        home = reverse("admin:index")
        safe = url_has_allowed_host_and_scheme(
            origin, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )
        return HttpResponseRedirect(origin if safe and origin != request.build_absolute_uri() else home)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """What templates/admin/base.html shows around every page."""
        context = super().each_context(request)
        if self.has_permission(request):
            context |= {
                "menu": list(menu(self, request)),
                "languages_of_admin": LANGUAGES_OF_ADMIN,
                "user_initials": "".join(word[:1] for word in str(request.user).split()[-2:]).upper(),
            }
        return context

    # --- addresses that belong to allauth --------------------------------------------------------------

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Hand over to the site's own sign-in page; nothing is accepted here."""
        index = reverse("admin:index")
        if self.has_permission(request):
            return HttpResponseRedirect(index)
        wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
        inside = wanted.startswith(index) and "\\" not in wanted
        return redirect_to_login(wanted if inside else index, reverse("account_login"))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Hand over to the page that asks before it signs out."""
        return HttpResponseRedirect(reverse("account_logout"))

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Hand over to the site's own page, which asks for the password or the second factor again."""
        return HttpResponseRedirect(reverse("account_change_password"))

    def password_change_done(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Hand over as :meth:`password_change` does."""
        return HttpResponseRedirect(reverse("account_change_password"))

    def search(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Unfold's search of the menu is not offered: the menu is short, and lists have their own."""
        raise Http404
