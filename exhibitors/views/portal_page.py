"""What an exhibitor's own pages have in common: who may open them, and what they show around their task."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.models import User
from core.private_pages import keep_private
from exhibitors.managing import exhibitor_of

_View = Callable[..., HttpResponse]


def portal(view: _View) -> _View:
    """Decorate a view of ``/exhibitor/<slug>/…``: it gets the ``exhibitor`` in place of the short name.

    Who is not signed in is sent to do so and comes back; to anybody who does not look after this exhibitor
    the page does not exist. No cache keeps the answer. A POST to a withdrawn exhibitor changes nothing.
    """

    @functools.wraps(view)
    def opened(request: HttpRequest, slug: str, **parts: Any) -> HttpResponse:
        if not isinstance(request.user, User):
            return keep_private(sign_in_first(request), has_form=True)
        exhibitor = exhibitor_of(request.user, slug)
        if exhibitor is None:
            response = render(request, "exhibitors/portal/unknown.html", status=404)
        elif exhibitor.withdrawn_at and request.method == "POST":
            context = {"exhibitor": exhibitor, "forum": exhibitor.forum}
            response = render(request, "exhibitors/portal/withdrawn.html", context, status=409)
        else:
            response = view(request, exhibitor=exhibitor, **parts)
        return keep_private(response, has_form=True)

    return opened


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Send somebody to the page that signs in, and back to this one."""
    return redirect_to_login(request.get_full_path(), reverse("account_login"))
