"""The mails about leads to visitors, and about passes to exhibitors and organizers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy

from core.i18n import choose, texts_of
from exhibitors import mails as exhibition_mails
from exhibitors import mails_organizers
from exhibitors.models import BoothBooking, Exhibitor
from exhibitors.readers import readers_of
from leads.allowances import Allowance
from leads.contact_links import contacts_path
from leads.models import Lead
from outbox import kinds
from outbox.kinds import MailContent, MailKind
from outbox.services import enqueue
from registrations import mails as registration_mails
from registrations.models import Registration
from registrations.occasion import Occasion

ASKED = "lead.asked"
OVER = "passes.over"
OVER_TO_ORGANIZERS = "exhibition.passes_over"


def post_asked(lead: Lead, exhibitor: Exhibitor, registration: Registration, occasion: Occasion) -> None:
    """Ask a visitor, in the caller's transaction, whether an exhibitor may have her contact: once a lead."""
    registration_mails.post(
        ASKED,
        registration,
        occasion,
        occurrence=lead.pk,
        more={"exhibitor": texts_of(exhibitor.organization, "name"), "lead": lead.pk},
    )


def _prepare_asked(context: dict[str, Any], language: str) -> MailContent:
    content = registration_mails.prepared_context(context, language)
    registration = Registration(id=context["registration"], code=context["code"])
    path = contacts_path(registration, language=language, version=context["link_version"])
    content["exhibitor"] = choose(context["exhibitor"], language)
    content["contacts_url"] = settings.SITE_URL + path
    return MailContent(content)


def _sample_asked(language: str) -> dict[str, Any]:
    exhibitor = {"vi": "Công ty Mẫu", "ko": "견본 주식회사", "en": "Sample Company"}
    return registration_mails.sample(language) | {"exhibitor": exhibitor, "lead": 0}


def post_over(booking: BoothBooking, allowance: Allowance) -> None:
    """Tell an exhibitor and the organizers that more passes are given than the booths allow now."""
    exhibitor = booking.exhibitor
    facts = {"given": allowance.given, "total": allowance.total}
    key = f"{booking.pk}:{booking.revision}"
    for number, reader in enumerate(readers_of([exhibitor])[exhibitor.pk]):
        enqueue(
            kind=OVER,
            recipient=reader.email,
            recipient_name=reader.name,
            language=reader.language,
            context={
                "booking": booking.pk,
                "name": reader.name,
                "slug": exhibitor.slug,
                "organization": texts_of(exhibitor.organization, "name"),
                "occasion": exhibition_mails.occasion_of(exhibitor.forum),
                **facts,
            },
            dedupe_key=f"{OVER}:{key}:{number}",
            forum_id=exhibitor.forum_id,
        )
    text = f"{allowance.given} / {allowance.total}"
    mails_organizers.tell_organizers(OVER_TO_ORGANIZERS, booking, text=text)


def _prepare_over(context: dict[str, Any], language: str) -> MailContent:
    occasion = context["occasion"]
    organization = choose(context["organization"], language)
    return MailContent(
        {
            "forum_name": choose(occasion["short_name"], language),
            "occasion_name": choose(occasion["name"], language),
            "host_note": exhibition_mails.host_note_of(occasion, language),
            "contact_email": occasion["contact_email"],
            "name": context["name"] or organization,
            "organization": organization,
            "given": context["given"],
            "total": context["total"],
            "page_url": settings.SITE_URL + reverse("leads:staff", kwargs={"slug": context["slug"]}),
        }
    )


def _sample_over(language: str) -> dict[str, Any]:
    return exhibition_mails.sample(language) | {"given": 6, "total": 4, "slug": "sample"}


def _sample_over_to_organizers(language: str) -> dict[str, Any]:
    path = reverse("admin:exhibitors_boothbooking_changelist")
    return exhibition_mails.sample(language) | {"text": "6 / 4", "due": "", "path": path}


def register_kinds() -> None:
    """Make the kinds known to the outbox."""
    kinds.register(
        MailKind(
            ASKED,
            gettext_lazy("Visitor asked whether an exhibitor may have the contact"),
            "leads/mail/asked",
            _prepare_asked,
            _sample_asked,
        )
    )
    kinds.register(
        MailKind(
            OVER,
            gettext_lazy("More staff passes given than the booths allow"),
            "leads/mail/over",
            _prepare_over,
            _sample_over,
        )
    )
    kinds.register(
        MailKind(
            OVER_TO_ORGANIZERS,
            gettext_lazy("To organizers: an exhibitor has more staff passes than its booths allow"),
            "leads/mail/over_to_organizers",
            mails_organizers.prepare,
            _sample_over_to_organizers,
        )
    )
