"""The page behind "no more news": one question, one button, and no sign-in."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from registrations.broadcasts.unsubscribing import find_by_token, gets_news
from registrations.consenting import withdraw_consent
from registrations.models import Consent
from registrations.views.secret_page import keep_private, unknown_link


# Mail programs send the POST of RFC 8058 without a page, a cookie or a token before it. The address itself is
# the secret, and ending the newsletter is all that it opens.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, pk: uuid.UUID, token: str) -> HttpResponse:
    """Ask once; on POST end the newsletter, for a mail program's button at once."""
    registration = find_by_token(pk, token)
    if registration is None:
        return unknown_link(request)
    if request.method == "POST" and gets_news(registration.pk):
        withdraw_consent(registration, Consent.Kind.NEWSLETTER)
    context = {"forum": registration.forum, "gets_news": gets_news(registration.pk)}
    return keep_private(render(request, "registrations/unsubscribe.html", context), has_form=True)
