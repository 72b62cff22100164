"""The mails about certificates: one that brings it, also in place of another, and one that takes it back."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from core import dates
from core.amounts import brief
from core.i18n import LANGUAGE_CODES
from outbox import kinds
from outbox.kinds import MailContent, MailKind
from registrations import mails
from registrations.links import link_token
from registrations.mail_occasion import sample_occasion
from registrations.models import Certificate, Registration
from registrations.occasion import Occasion

ISSUED = "certificate.issued"
REVOKED = "certificate.revoked"


def post_issued(certificate: Certificate, person: Registration, occasion: Occasion) -> None:
    """Say that the certificate is there and where to fetch it; once for each, in the caller's transaction."""
    facts = certificate.facts
    mails.post(
        ISSUED,
        person,
        occasion,
        occurrence=certificate.code,
        more={
            # As it stands on the paper.
            "name": facts["name"],
            "organization": facts["organization"],
            "certificate": certificate.code,
            "certificate_kind": certificate.kind,
            "days": facts["days"],
            "credits": facts.get("credits", ""),
            "replaced": certificate.replaces.code if certificate.replaces else "",
        },
    )


def post_revoked(certificate: Certificate, person: Registration, occasion: Occasion) -> None:
    """Say that a certificate no longer holds, and why; once for each, in the caller's transaction."""
    mails.post(
        REVOKED,
        person,
        occasion,
        occurrence=certificate.code,
        more={
            "certificate": certificate.code,
            "certificate_kind": certificate.kind,
            "reason": certificate.revoke_reason,
        },
    )


def prepare_revoked(context: dict[str, Any], language: str) -> MailContent:
    """Make of a snapshot what the templates need, in the active language."""
    number = _grouped(context["certificate"])
    return MailContent(
        mails.prepared_context(context, language)
        | {
            "certificate": capfirst(Certificate.Kind(context["certificate_kind"]).label),
            "number": number,
            "reason": context["reason"],
            "proof_url": settings.SITE_URL + reverse("registrations:certificate", args=[number]),
        }
    )


def prepare(context: dict[str, Any], language: str) -> MailContent:
    """Make of a snapshot what the templates need, in the active language."""
    number = _grouped(context["certificate"])
    return MailContent(
        mails.prepared_context(context, language)
        | {
            "certificate": capfirst(Certificate.Kind(context["certificate_kind"]).label),
            "number": number,
            "days": ", ".join(dates.full_day(date.fromisoformat(day), language) for day in context["days"]),
            "credits": brief(context["credits"]) if context["credits"] else None,
            "replaced": _grouped(context["replaced"]) if context["replaced"] else "",
            "paper_url": settings.SITE_URL + _paper(context, number),
            "proof_url": settings.SITE_URL + reverse("registrations:certificate", args=[number]),
        }
    )


def _grouped(code: str) -> str:
    return str(Certificate(code=code))


def _paper(context: dict[str, Any], number: str) -> str:
    token = link_token(uuid.UUID(context["registration"]), context["link_version"])
    names = {"code": context["code"], "token": token, "number": number}
    return reverse("registrations:certificate_paper", kwargs=names)


def _sample(language: str) -> dict[str, Any]:
    day = sample_occasion().first_day
    return mails.sample(language) | {
        "certificate": "7H2K94CDFGHJ",
        "certificate_kind": Certificate.Kind.CME.value,
        "days": [day.isoformat()],
        "credits": "4.50",
        # Each language shows another of the two cases.
        "replaced": "94CDFGHJ7H2K" if language == LANGUAGE_CODES[0] else "",
    }


def _sample_revoked(language: str) -> dict[str, Any]:
    reason = {
        "vi": "Cấp nhầm người.",
        "ko": "다른 분께 잘못 발급되었습니다.",
        "en": "Issued to the wrong person.",
    }
    return mails.sample(language) | {
        "certificate": "7H2K94CDFGHJ",
        "certificate_kind": Certificate.Kind.CME.value,
        "reason": reason[language],
    }


def register_kinds() -> None:
    """Make the kinds known to the outbox."""
    words = mails.PLACEHOLDERS | {one: one for one in ("certificate", "number")}
    folder = "registrations/mail"
    title = gettext_lazy("Certificate issued, with the link to its PDF")
    kinds.register(
        MailKind(ISSUED, title, f"{folder}/certificate_issued", prepare, _sample, placeholders=words)
    )
    title = gettext_lazy("Certificate revoked, with the reason")
    words = words | {"reason": "reason"}
    kinds.register(
        MailKind(
            REVOKED,
            title,
            f"{folder}/certificate_revoked",
            prepare_revoked,
            _sample_revoked,
            placeholders=words,
        )
    )
