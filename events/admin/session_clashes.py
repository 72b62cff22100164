"""What clashes with one session, on its own form and after it was saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.permissions import acting_user
from events.admin.draft_page import page_url
from events.admin.warnings import WARNINGS
from events.clashes import Clash, clashes_of
from events.models import Session

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin


def clashes_context(session: Session, user: User) -> dict[str, Any]:
    """Return what ``admin/events/session/clashes.html`` shows above the form."""
    return {
        "session_clashes": _clashes(session, user),
        "warnings_url": page_url(WARNINGS, session.forum),
    }


def tell_of_clashes(admin: ModelAdmin[Any], request: HttpRequest, session: Session) -> None:
    """Say after saving what is open about ``session``."""
    found = [clash for clash in _clashes(session, acting_user(request)) if clash.is_open]
    if found:
        admin.message_user(request, _in_lines(found), messages.WARNING)


def _clashes(session: Session, user: User) -> Sequence[Clash]:
    return [
        clash for clash in clashes_of(session.forum, seen_by=user) if str(session.uid) in clash.session_uids
    ]


def _in_lines(clashes: Sequence[Clash]) -> SafeString:
    return format_html_join("", "<p>{}</p>", ((clash.sentence,) for clash in clashes))
