"""The page behind the link in a manager's invitation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.mailed_code import ask_for_code
from accounts.models import User
from core.private_pages import keep_private
from core.throttle import client_address, over_limit, too_many
from exhibitors.invitation_links import find_invitation
from exhibitors.managing import InvitationOver, accept_invitation
from exhibitors.models import ExhibitorManager

# Wrong links from one address; right ones always open.
GUESSES, WINDOW_SECONDS = 30, 600
# Names in the session the invitation that somebody accepted before she proved her address.
_ACCEPTED = "exhibitor_invitation"


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """Show who invites to what; accepting takes one click, and a mailed code from who is not signed in."""
    found = find_invitation(pk, token)
    if found is None:
        wait = over_limit("link", client_address(request), limit=GUESSES, seconds=WINDOW_SECONDS)
        response = render(request, "404.html", status=404) if wait is None else too_many(request, wait)
    else:
        response = _opened(request, found)
    return keep_private(response, has_form=True)


def _opened(request: HttpRequest, found: ExhibitorManager) -> HttpResponse:
    user = request.user
    is_hers = isinstance(user, User) and found.user_id == user.pk and found.ended_at is None
    if not is_hers and not found.is_open:
        return _page(request, found, "over", status=410)
    if isinstance(user, User):
        # Accepted before the code was typed, or with this very click.
        if request.method == "POST" or request.session.get(_ACCEPTED) == found.pk or is_hers:
            return _accept(request, found, user)
        return _page(request, found, "ask")
    if request.method == "POST":
        request.session[_ACCEPTED] = found.pk
        asked = ask_for_code(request, found.email, then=request.path)
        return asked or _page(request, found, "often", status=429)
    return _page(request, found, "ask")


def _accept(request: HttpRequest, found: ExhibitorManager, user: User) -> HttpResponse:
    request.session.pop(_ACCEPTED, None)
    try:
        accept_invitation(found, by=user)
    except InvitationOver as error:
        return _page(request, found, "over", status=error.status)
    messages.success(request, _("Welcome. You look after %(name)s now.") % {"name": found.exhibitor})
    return redirect("exhibitors:dashboard", slug=found.exhibitor.slug)


def _page(request: HttpRequest, found: ExhibitorManager, state: str, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "invitation": found,
        "exhibitor": found.exhibitor,
        "forum": found.exhibitor.forum,
        "state": state,
    }
    return render(request, "exhibitors/portal/invitation.html", context, status=status)
