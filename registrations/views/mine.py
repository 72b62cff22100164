"""What an account has of all forums."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.models import User
from registrations.finding import registrations_of_account
from registrations.links import link_path
from registrations.views.secret_page import keep_private


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List the registrations of whoever is signed in, of all forums, with how things stand."""
    user = request.user
    if not isinstance(user, User):
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")
    rows = [(row, link_path(row)) for row in registrations_of_account(user)]
    return keep_private(render(request, "registrations/mine.html", {"rows": rows}), has_form=True)
