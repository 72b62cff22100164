"""Invitation codes as people type them."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.db.models.functions import Upper
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import DomainError
from core.throttle import client_address, over_limit
from events.models import Forum
from registrations.errors import InvitationUnusable
from registrations.models import Invitation

# The name under which the form's address carries a code.
PARAMETER = "code"
CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,31}")
# Wrong codes from one address. Right ones are not counted: a ministry's staff shares one address.
GUESSES, WINDOW_SECONDS = 20, 600


class TooManyGuesses(DomainError):
    """Somebody tries codes. ``wait_seconds`` is how long."""

    status = 429

    def __init__(self, wait_seconds: int) -> None:
        self.wait_seconds = wait_seconds
        minutes = max(1, wait_seconds // 60)
        sentence = ngettext(
            "Too many codes that do not exist were tried. Please wait %(minutes)d minute.",
            "Too many codes that do not exist were tried. Please wait %(minutes)d minutes.",
            minutes,
        )
        super().__init__(sentence % {"minutes": minutes}, field="invitation")


def form_path(code: str) -> str:
    """Return the path of the form that takes the place of an invitation, in the active language."""
    return f"{reverse('registrations:register')}?{PARAMETER}={code}"


def normal_code(typed: str) -> str:
    """Return a code as it is stored, whatever case and spaces it was typed with; raises ValidationError."""
    code = "".join(typed.split()).upper()
    if not CODE.fullmatch(code):
        raise ValidationError(_("A code has only Latin letters, digits and hyphens."), code="code")
    return code


def find_invitation(forum: Forum, typed: str, request: HttpRequest) -> Invitation:
    """Return the usable invitation that somebody typed, with type, delegation and whom it replaces.

    Raises InvitationUnusable for any other, and TooManyGuesses when wrong ones keep coming from one
    address. One query.
    """
    try:
        code = normal_code(typed)
    except ValidationError:
        code = ""
    found = with_code(forum, code) if code else None
    if found and found.is_usable_at(timezone.now()):
        return found
    wait = over_limit("invitation", client_address(request), limit=GUESSES, seconds=WINDOW_SECONDS)
    if wait is not None:
        raise TooManyGuesses(wait)
    raise InvitationUnusable


def with_code(forum: Forum, code: str) -> Invitation | None:
    """Return the invitation with a code as :func:`normal_code` gives it, whatever it is good for."""
    # By the index on the upper case, whatever case organizers gave their codes.
    found = Invitation.objects.annotate(upper_code=Upper("code")).filter(forum=forum, upper_code=code)
    return found.select_related("type", "delegation", "replaces__type").first()
