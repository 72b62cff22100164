"""Pages about one's own account that allauth does not have."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import second_factor
from accounts.models import User


@never_cache
@require_safe
@login_required
def second_factor_setup(request: HttpRequest) -> HttpResponse:
    """Explain to staff why a second factor is needed, and offer an authenticator app or a passkey."""
    assert isinstance(request.user, User)  # noqa: S101 - login_required has seen to it
    if second_factor.has_one(request.user):
        return redirect("mfa_index")
    return render(request, "account/second_factor.html")
