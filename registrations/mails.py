"""The mails about a registration: what is written down when one is decided, and what is made of it later.

The snapshot holds facts alone. The link, the QR and the calendar entry are made in the worker, so that
nothing secret lies in the outbox and no picture is drawn while somebody waits for a place.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from core import dates
from core.i18n import choose, texts_of
from outbox import kinds
from outbox.kinds import Attachment, MailContent, MailKind
from outbox.models import Message
from outbox.services import enqueue
from registrations import ticket
from registrations.calendar import calendar_entry
from registrations.documents.tickets import Ticket, ticket_pdf
from registrations.links import detail_url
from registrations.mail_occasion import FORUM_PLACEHOLDERS, about, sample_occasion
from registrations.models import Registration
from registrations.occasion import Occasion

CONFIRMED = "registration.confirmed"
ALREADY = "registration.already"
CHANGED = "registration.changed"
CANCELLED = "registration.cancelled"

QR_CONTENT_ID = "ticket-qr"
# What organizers may write in mails about a registration, and the template's word for it.
PLACEHOLDERS = {
    "name": "name",
    "organization": "organization",
    "type": "type",
    "code": "code",
    "link": "detail_url",
    **FORUM_PLACEHOLDERS,
}


def post(
    kind: str,
    registration: Registration,
    occasion: Occasion,
    *,
    occurrence: str | int = "",
    more: Mapping[str, Any] | None = None,
) -> Message:
    """Write a mail about ``registration`` to the outbox, in the caller's transaction.

    ``occurrence`` tells two mails of one kind about one registration apart (the hour, the version of the
    calendar entry); with the same one, only the first is sent. ``more`` joins the snapshot. Mails about a
    member of a delegation who has no address go to its lead, in the lead's language.
    """
    key = f"{kind}:{registration.id}" + (f":{occurrence}" if occurrence != "" else "")
    lead = None if registration.email else registration.delegation
    return enqueue(
        kind=kind,
        recipient=lead.email if lead else registration.email,
        recipient_name=lead.lead_name if lead else registration.name,
        language=lead.language if lead else registration.language,
        context=snapshot(registration, occasion) | dict(more or {}),
        dedupe_key=key,
        forum_id=registration.forum_id,
    )


def snapshot(registration: Registration, occasion: Occasion) -> dict[str, Any]:
    """Return what a mail about ``registration`` needs, as JSON values and without its secret link."""
    return {
        "registration": str(registration.id),
        "forum": registration.forum_id,
        "code": registration.code,
        "link_version": registration.link_version,
        "sequence": registration.calendar_sequence,
        "name": registration.name,
        "latin_name": registration.latin_name,
        "organization": registration.organization_name,
        "type": texts_of(registration.type, "name"),
        "colour": registration.type.colour,
        "valid": [
            day.isoformat() if day else ""
            for day in (registration.type.valid_from, registration.type.valid_until)
        ],
        "registered_at": registration.created_at.isoformat(),
        "occasion": occasion.snapshot(),
    }


def prepare(context: dict[str, Any], language: str, *, kind: str) -> MailContent:
    """Make of a snapshot what the templates of ``kind`` need, in the active language."""
    occasion = Occasion.restore(context["occasion"])
    return MailContent(
        context=prepared_context(context, language),
        attachments=_attachments(kind, context, occasion, language),
    )


def prepared_context(context: dict[str, Any], language: str) -> dict[str, Any]:
    """Return what the templates of every mail about a registration need, in the active language."""
    occasion = Occasion.restore(context["occasion"])
    registration = Registration(
        id=uuid.UUID(context["registration"]),
        code=context["code"],
        link_version=context["link_version"],
        language=language,
    )
    return {
        **about(occasion, language),
        "name": context["name"],
        "organization": context["organization"],
        "type": choose(context["type"], language),
        "code": context["code"],
        "registered_on": dates.full_day(
            datetime.fromisoformat(context["registered_at"]).astimezone(occasion.zone).date(), language
        ),
        "detail_url": detail_url(registration),
        "register_url": settings.SITE_URL + reverse("registrations:register"),
        "qr_content_id": QR_CONTENT_ID,
        "listed_by": context.get("listed_by", ""),
        "seats": _titles(context.get("seats", ()), language),
        "seats_awaited": _titles(context.get("seats_awaited", ()), language),
    }


def _titles(titles: Iterable[Mapping[str, str]], language: str) -> str:
    """Return the titles of sessions in one line."""
    return " · ".join(choose(texts, language).text for texts in titles)


def _attachments(kind: str, context: dict[str, Any], occasion: Occasion, language: str) -> list[Attachment]:
    if kind == ALREADY:
        return []
    entry = calendar_entry(
        occasion,
        uid=context["registration"],
        code=context["code"],
        sequence=context["sequence"],
        cancelled=kind == CANCELLED,
    )
    method = "CANCEL" if kind == CANCELLED else "PUBLISH"
    calendar = Attachment(f"{context['code']}.ics", entry, f"text/calendar; charset=utf-8; method={method}")
    if kind == CANCELLED:
        return [calendar]
    payload = ticket.payload(code=context["code"], issue=context["link_version"], forum_id=context["forum"])
    picture = Attachment(f"{context['code']}.png", ticket.qr_png(payload), "image/png", QR_CONTENT_ID)
    # 35 to 65 kB: some gateways hold back mails with large files.
    paper = ticket_pdf(Ticket.restore(context, occasion), language)
    return [picture, calendar, Attachment(f"{context['code']}.pdf", paper, "application/pdf")]


def sample(language: str) -> dict[str, Any]:
    """Return the snapshot of a registration that nobody made."""
    return {
        "registration": "0d1f6a52-6d0e-4f0b-9a0b-3f0e6a1c2b4d",
        "forum": 0,
        "code": "VK-7H2K-94",
        "link_version": 1,
        "sequence": 0,
        "name": {"vi": "Hoàng Thị Mẫu Đơn", "ko": "김견본", "en": "Alex Sample"}[language],
        "organization": {"vi": "Bệnh viện Mẫu", "ko": "견본병원", "en": "Sample Hospital"}[language],
        "type": {"vi": "Nhân viên y tế", "ko": "의료인", "en": "Healthcare professional"},
        "registered_at": timezone.now().isoformat(),
        "occasion": sample_occasion().snapshot(),
    }


def register_kinds() -> None:
    """Make the four kinds known to the outbox."""
    titles = {
        CONFIRMED: gettext_lazy("Registration confirmed, with the ticket"),
        ALREADY: gettext_lazy("Registered already, with the link"),
        CHANGED: gettext_lazy("Registration corrected, with the new ticket"),
        CANCELLED: gettext_lazy("Registration cancelled"),
    }
    for name, title in titles.items():
        prepared: Callable[[dict[str, Any], str], MailContent] = partial(prepare, kind=name)
        template = f"registrations/mail/{name.removeprefix('registration.')}"
        kinds.register(MailKind(name, title, template, prepared, sample, placeholders=PLACEHOLDERS))
