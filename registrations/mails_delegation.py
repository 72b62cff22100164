"""The mails about a delegation: to its lead, and to members who still have to say who they are."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from core import dates
from core.i18n import choose, texts_of
from outbox import kinds
from outbox.kinds import MailContent, MailKind
from outbox.services import enqueue
from registrations.delegation_links import delegation_url
from registrations.mail_occasion import FORUM_PLACEHOLDERS, about, sample_occasion
from registrations.models import Delegation, Invitation
from registrations.occasion import Occasion

LINK = "delegation.link"
PLACE = "delegation.place"

_SAMPLE_NAMES = {"vi": "Đoàn Bộ Mẫu", "ko": "견본부 대표단", "en": "Delegation of the Sample Ministry"}
_SAMPLE_LEADS = {"vi": "Hoàng Thị Mẫu Đơn", "ko": "김견본", "en": "Alex Sample"}


def post_link(delegation: Delegation, occasion: Occasion, *, occurrence: str) -> None:
    """Write the mail with the lead's link to the outbox, in the caller's transaction."""
    enqueue(
        kind=LINK,
        recipient=delegation.email,
        recipient_name=delegation.lead_name,
        language=delegation.language,
        context={
            "delegation": str(delegation.pk),
            "link_version": delegation.link_version,
            "name": delegation.name,
            "lead": delegation.lead_name,
            "most": delegation.max_members,
            "occasion": occasion.snapshot(),
        },
        dedupe_key=f"{LINK}:{delegation.pk}:{occurrence}",
        forum_id=delegation.forum_id,
    )


def prepare_link(context: dict[str, Any], language: str) -> MailContent:
    """Make of a snapshot what the templates need, in the active language."""
    occasion = Occasion.restore(context["occasion"])
    key = uuid.UUID(context["delegation"])
    return MailContent(
        {
            **about(occasion, language),
            "name": context["name"],
            "lead": context["lead"],
            "most": context["most"],
            "url": delegation_url(key, context["link_version"], language),
        }
    )


def post_place(
    invitation: Invitation, delegation: Delegation, occasion: Occasion, *, occurrence: str
) -> None:
    """Tell a member how to take the place kept for her; the mail is written in the caller's transaction."""
    enqueue(
        kind=PLACE,
        recipient=invitation.email,
        recipient_name=invitation.name,
        language=invitation.language or delegation.language,
        context={
            "invitation": invitation.pk,
            "delegation": delegation.name,
            "lead": delegation.lead_name,
            "name": invitation.name,
            "type": texts_of(invitation.type, "name"),
            "until": invitation.expires_at.isoformat() if invitation.expires_at else "",
            "occasion": occasion.snapshot(),
        },
        dedupe_key=f"{PLACE}:{invitation.pk}:{occurrence}",
        forum_id=invitation.forum_id,
    )


def prepare_place(context: dict[str, Any], language: str) -> MailContent:
    """Make of a snapshot what the templates need, in the active language."""
    occasion = Occasion.restore(context["occasion"])
    until = datetime.fromisoformat(context["until"]) if context["until"] else None
    return MailContent(
        {
            **about(occasion, language),
            "name": context["name"],
            "delegation": context["delegation"],
            "lead": context["lead"],
            "type": choose(context["type"], language),
            "until": dates.moment(until, occasion.zone, language) if until else "",
            "url": place_url(context["invitation"], language),
        }
    )


def place_url(invitation: int, language: str) -> str:
    """Return the address of the form that takes the place; its code is read when the mail is sent."""
    code = Invitation.objects.filter(pk=invitation).values_list("code", flat=True).first() or ""
    with translation.override(language):
        return f"{settings.SITE_URL}{reverse('registrations:register')}?code={code}"


def _sample_link(language: str) -> dict[str, Any]:
    return {
        "delegation": "0d1f6a52-6d0e-4f0b-9a0b-3f0e6a1c2b4d",
        "link_version": 1,
        "name": _SAMPLE_NAMES[language],
        "lead": _SAMPLE_LEADS[language],
        "most": 30,
        "occasion": sample_occasion().snapshot(),
    }


def _sample_place(language: str) -> dict[str, Any]:
    return {
        "invitation": 0,
        "delegation": _SAMPLE_NAMES[language],
        "lead": _SAMPLE_LEADS[language],
        "name": {"vi": "Trần Văn Thử", "ko": "이견본", "en": "Robin Sample"}[language],
        "type": {"vi": "Đại biểu", "ko": "대표", "en": "Delegate"},
        "until": timezone.now().isoformat(),
        "occasion": sample_occasion().snapshot(),
    }


def register_kinds() -> None:
    """Make the two kinds known to the outbox."""
    folder = "registrations/mail"
    words = {"delegation": "delegation", "lead": "lead", **FORUM_PLACEHOLDERS}
    kinds.register(
        MailKind(
            LINK,
            gettext_lazy("Delegation opened, with its lead’s link"),
            f"{folder}/delegation_link",
            prepare_link,
            _sample_link,
            placeholders=words | {"delegation": "name", "link": "url"},
        )
    )
    kinds.register(
        MailKind(
            PLACE,
            gettext_lazy("Place in a delegation, with the form to take it"),
            f"{folder}/delegation_place",
            prepare_place,
            _sample_place,
            placeholders=words | {"link": "url", "name": "name", "type": "type", "until": "until"},
        )
    )
