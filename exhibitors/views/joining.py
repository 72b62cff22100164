"""Signing up as an exhibitor: one form, one mailed code, and on to the booth that was chosen."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.addresses import proven_addresses
from accounts.mailed_code import ask_for_code
from accounts.models import User
from core.errors import DomainError
from core.private_pages import keep_private
from core.throttle import client_address, over_limit, too_many
from events.current_forum import current_forum_or_404
from exhibitors.forms.joining import JoiningForm
from exhibitors.joining import ExhibitsAlready, SignUp, ask_managers, join
from exhibitors.models import Booth

# From one address; an agency may sign up several organizations.
SIGN_UPS_PER_HOUR = 20
# In the session: what was filled in, by a random key, so that two windows do not disturb each other.
_DRAFTS = "exhibitor_sign_ups"
_MOST_DRAFTS = 4
# What is known of the booth that she came from.
_CHOICE = ("booth", "period", "beside")


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    """Ask who exhibits and who looks after it; the answer is the same whether an account exists or not."""
    current_forum_or_404()
    user = request.user if isinstance(request.user, User) else None
    proven = user.email if user and user.email.lower() in proven_addresses(user) else ""
    if request.method != "POST":
        start = _start(request, user)
        return _page(request, JoiningForm(start=start, proven=proven))
    wait = over_limit("joining", client_address(request), limit=SIGN_UPS_PER_HOUR, seconds=3600)
    if wait is not None:
        return too_many(request, wait)
    filled = JoiningForm(request.POST, proven=proven)
    if not filled.is_valid():
        return _page(request, filled)
    key = _keep(request, filled)
    then = reverse("exhibitors:join_finish", kwargs={"key": key})
    if proven:
        return keep_private(HttpResponseRedirect(then), has_form=True)
    answer = ask_for_code(request, filled.sign_up.email, then=then)
    if answer is None:
        filled.add_error(
            "email", _("Too many codes were asked for. Please wait a few minutes and try again.")
        )
        return _page(request, filled, status=429)
    return keep_private(answer, has_form=True)


def _start(request: HttpRequest, user: User | None) -> dict[str, Any]:
    """Return what the form begins with: what was typed before in this browser, else what is known of her."""
    drafts = request.session.get(_DRAFTS, {})
    known: dict[str, Any] = next(
        (draft["typed"] for draft in reversed(drafts.values()) if not draft.get("slug")), {}
    )
    return known or ({"contact_name": user.name} if user else {})


def _keep(request: HttpRequest, filled: JoiningForm) -> str:
    typed = {name: request.POST.get(name, "")[:300] for name in filled.fields if name != "consent"}
    sign_up = filled.sign_up
    draft = {
        "typed": typed,
        "choice": _choice(request).urlencode(),
        "sign_up": {name: getattr(sign_up, name) for name in SignUp.__slots__},
    }
    key = secrets.token_urlsafe(9)
    drafts = dict(request.session.get(_DRAFTS, {})) | {key: draft}
    request.session[_DRAFTS] = dict(list(drafts.items())[-_MOST_DRAFTS:])
    return key


@require_http_methods(["GET", "POST"])
def finish(request: HttpRequest, key: str) -> HttpResponse:
    """Sign the organization up after the code, and go on to the booth; doing it twice is doing it once.

    The key is known to this browser alone. A POST asks those who look after the organization already.
    """
    forum = current_forum_or_404()
    draft = request.session.get(_DRAFTS, {}).get(key)
    if draft is None or not isinstance(request.user, User):
        return keep_private(redirect("exhibitors:join"), has_form=True)
    sign_up = SignUp(**draft["sign_up"])
    if sign_up.email not in proven_addresses(request.user):
        # Two windows, two addresses: she is signed in with the other one.
        messages.info(request, _("Please check the details once more, and send them with this account."))
        return keep_private(redirect("exhibitors:join"), has_form=True)
    try:
        exhibitor = join(forum=forum, sign_up=sign_up, by=request.user)
    except ExhibitsAlready as error:
        return _already(request, error.exhibitor, sign_up, key)
    except DomainError as error:
        messages.error(request, str(error))
        return keep_private(redirect("exhibitors:portal"), has_form=True)
    if not draft.get("slug"):
        messages.success(request, _("You are signed up. Welcome to the exhibition!"))
        draft["slug"] = exhibitor.slug
        request.session.modified = True
    return keep_private(HttpResponseRedirect(_onwards(draft["choice"], exhibitor.slug)), has_form=True)


def _already(request: HttpRequest, exhibitor: Any, sign_up: SignUp, key: str) -> HttpResponse:
    is_asked = request.method == "POST"
    if is_asked and isinstance(request.user, User):
        ask_managers(exhibitor, name=sign_up.contact_name, by=request.user)
    context = {
        "forum": exhibitor.forum,
        "name": next(name for name in sign_up.names.values() if name),
        "is_asked": is_asked,
        "key": key,
    }
    page = render(request, "exhibitors/portal/already.html", context, status=200 if is_asked else 409)
    return keep_private(page, has_form=True)


def _choice(request: HttpRequest) -> QueryDict:
    """Return what the address says of the booth that she came from, nothing else."""
    found = QueryDict(mutable=True)
    for name in _CHOICE:
        for value in request.GET.getlist(name)[:10]:
            found.appendlist(name, value[:40])
    return found


def _onwards(choice: str, slug: str) -> str:
    """Return the page of the booth that she came from, else the first one of her own."""
    said = QueryDict(choice, mutable=True)
    number = said.pop("booth", [""])[-1]
    own = reverse("exhibitors:dashboard", kwargs={"slug": slug})
    if not number:
        return own
    try:
        address = reverse("exhibitors:booth", kwargs={"number": number})
    except NoReverseMatch:
        # No number of a booth.
        return own
    said["exhibitor"] = slug
    return f"{address}?{said.urlencode()}"


def _page(request: HttpRequest, filled: JoiningForm, *, status: int = 200) -> HttpResponse:
    forum = current_forum_or_404()
    number = request.GET.get("booth", "")[:40]
    booth = (
        Booth.objects.filter(forum=forum, number=number).select_related("type").first()
        if number.isprintable()
        else None
    )
    context = {"form": filled, "forum": forum, "booth": booth}
    return keep_private(render(request, "exhibitors/portal/join.html", context, status=status), has_form=True)
