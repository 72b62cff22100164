"""What a person can take away from her page: the ticket on paper, and her certificates once there are any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils import translation

from core.amounts import brief
from core.i18n import NATIVE_NAMES
from registrations.certificates import grouped, valid_certificates
from registrations.links import link_path, link_token
from registrations.models import Certificate, Registration


@dataclass(frozen=True, slots=True)
class Paper:
    """A certificate in one language."""

    language: str
    language_name: str
    path: str


@dataclass(frozen=True, slots=True)
class OwnCertificate:
    """A valid certificate, with its papers and the page by which others check it."""

    title: str
    code: str
    credits: Decimal | None
    papers: tuple[Paper, ...]
    proof_path: str


@dataclass(frozen=True, slots=True)
class OwnDocuments:
    """``ticket_path`` is empty for whoever has no ticket."""

    ticket_path: str
    certificates: tuple[OwnCertificate, ...]


def documents_of(registration: Registration) -> OwnDocuments:
    """Return what the holder of ``registration`` can take away, in the active language. One query."""
    return OwnDocuments(
        ticket_path=link_path(registration, page="ticket_paper") if registration.is_confirmed else "",
        certificates=tuple(
            OwnCertificate(
                title=str(certificate.get_kind_display()),
                code=grouped(certificate.code),
                credits=_credits(certificate),
                papers=tuple(_papers(registration, certificate)),
                proof_path=reverse("registrations:certificate", args=[grouped(certificate.code)]),
            )
            for certificate in valid_certificates(registration)
        ),
    )


def _credits(certificate: Certificate) -> Decimal | None:
    amount = certificate.facts.get("credits")
    return brief(amount) if amount else None


def _papers(registration: Registration, certificate: Certificate) -> Iterator[Paper]:
    token = link_token(registration.id, registration.link_version)
    for language, name in NATIVE_NAMES.items():
        with translation.override(language):
            path = reverse(
                "registrations:certificate_paper",
                kwargs={"code": registration.code, "token": token, "number": grouped(certificate.code)},
            )
        yield Paper(language, name, path)
