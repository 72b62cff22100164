"""Whether a sign-in used a second factor, and the way to one for staff who have none yet."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.models import User

# Recovery codes alone are no second factor: they come with one, for the day it is lost.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# Where somebody wanted to go when she was led to set up a second factor.
WAY_BACK = "second_factor_next"


def has_one(user: User) -> bool:
    """Say whether ``user`` has set up an authenticator app or a passkey."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def was_used(request: HttpRequest) -> bool:
    """Say whether this very session proved a second factor; that the account has one is not enough."""
    user = request.user
    if isinstance(user, AnonymousUser):
        return False
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))


def lead_to_it(request: HttpRequest, user: User) -> HttpResponse:
    """Send a member of staff to prove her second factor, or to set up her first one, and then back."""
    way_back = request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("admin:index")
    if has_one(user):
        return HttpResponseRedirect(f"{_reauthentication(user)}?{urlencode({'next': way_back})}")
    request.session[WAY_BACK] = way_back
    return HttpResponseRedirect(reverse("account_second_factor"))


def _reauthentication(user: User) -> str:
    has_app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    return reverse("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn")
