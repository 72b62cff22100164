"""Letting somebody prove an address by a mailed code in the middle of something else."""

from __future__ import annotations

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.services import account_for
from core.i18n import current_language


def ask_for_code(request: HttpRequest, email: str, *, then: str) -> HttpResponse | None:
    """Mail a code to ``email`` and go to the page that asks for it; the right one leads to ``then``.

    An address without an account gets one without a password, so that mail, page and way are the same for
    everybody: nobody learns who has an account. Only the code opens it. Returns None when too many codes
    went to this address.
    """
    if not ratelimit.consume(request, action="request_login_code", key=email.lower()):
        return None
    user = account_for(email, language=current_language())
    # A locked account: the same page, and a mail that says that there is nothing to sign in to.
    LoginCodeVerificationProcess.initiate(
        request=request, user=user if user.is_active else None, email=email.strip().lower()
    )
    return HttpResponseRedirect(f"{reverse('account_confirm_login_code')}?{urlencode({'next': then})}")
