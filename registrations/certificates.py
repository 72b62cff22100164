"""Certificates: who may have one, issuing, replacing and revoking, and what a number proves.

A certificate is a copy of facts, not a view of them: what was on paper on the day it was issued stays, and
the database refuses to change it. A mistake is corrected by another certificate that names the one it
replaces.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.audit import record
from core.errors import Conflict, DomainError
from core.i18n import texts_of
from core.locking import short_transaction
from events.models import Forum
from registrations import mails_certificates
from registrations.cme import Record, records_of
from registrations.models import Certificate, Registration
from registrations.models.codes import ALPHABET
from registrations.occasion import occasion_of

Kind = Certificate.Kind
Facts = dict[str, Any]
# Of a code as people write it: in groups, in small letters, with blanks.
_NO_SIGN = re.compile(rf"[^{ALPHABET}]")
CODE_LENGTH = 12


class NotEarned(DomainError):
    """The person has not done what the certificate would say."""


class Proof(StrEnum):
    """What the public learns of a number."""

    GENUINE = "genuine"
    REPLACED = "replaced"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Issued:
    """What came of issuing. ``certificates`` are the valid ones, those from earlier included."""

    certificates: tuple[Certificate, ...]
    new: int
    # Who has not earned one, and whose was taken back by an organizer.
    without: tuple[Registration, ...]
    revoked: tuple[Registration, ...]


def issue_certificates(
    registrations: Collection[UUID],
    *,
    forum: Forum,
    kind: str,
    by: User | None,
    again: bool = False,
    reason: str = "",
) -> Issued:
    """Issue a certificate of ``kind`` to each of ``registrations`` that has earned it and has none; mail it.

    Whose certificate was revoked gets none, unless ``again`` says that this is meant. Called twice, the
    second time issues nothing. The number of queries depends on how many are issued, not on how many ask.
    """
    records = records_of(forum, registrations)
    with short_transaction():
        # The race: two organizers issue to the same people. The second waits, and finds the first's.
        people = list(
            Registration.objects.select_for_update(no_key=True, of=("self",))
            .select_related("type", "delegation")
            .filter(pk__in=registrations, forum=forum)
            .order_by("pk")
        )
        held: dict[UUID, Certificate] = {}
        taken_back: set[UUID] = set()
        for certificate in Certificate.objects.filter(registration__in=people, kind=kind).order_by(
            "issued_at"
        ):
            if certificate.revoked_at is None:
                held[certificate.registration_id] = certificate
                taken_back.discard(certificate.registration_id)
            else:
                taken_back.add(certificate.registration_id)
        new, without, revoked = [], [], []
        for person in people:
            if person.pk in held:
                continue
            if not has_earned(kind, person, records[person.pk]):
                without.append(person)
            elif person.pk in taken_back and not again:
                revoked.append(person)
            else:
                new.append(_certificate(person, forum, kind, records[person.pk], by))
        Certificate.objects.bulk_create(new)
        occasion = occasion_of(forum) if new else None
        for certificate in new:
            record("certificate.issued", certificate, actor=by, changes={"kind": ("", kind)}, reason=reason)
            if occasion:
                mails_certificates.post_issued(certificate, certificate.registration, occasion)
    held |= {certificate.registration_id: certificate for certificate in new}
    valid = tuple(held[person.pk] for person in people if person.pk in held)
    return Issued(valid, len(new), tuple(without), tuple(revoked))


def reissue(certificate: Certificate, *, by: User | None, reason: str) -> Certificate:
    """Replace a certificate by one of what holds today, after a correction of a name or of visits; mail it.

    Raises Conflict when it is no longer valid or says all that already, and NotEarned.
    """
    with short_transaction():
        certificate, person = _locked(certificate)
        facts_now = records_of(certificate.forum, [person.pk])[person.pk]
        if not has_earned(certificate.kind, person, facts_now):
            raise NotEarned(_("Nothing of it holds today: revoke the certificate instead."))
        new = _certificate(person, certificate.forum, certificate.kind, facts_now, by)
        if new.facts == certificate.facts:
            raise Conflict(_("The certificate says already what a new one would say."))
        _revoke(certificate, by=by, reason=reason)
        new.replaces = certificate
        new.save()
        record("certificate.reissued", new, actor=by, reason=reason)
        mails_certificates.post_issued(new, person, occasion_of(new.forum))
    return new


def issue_again(certificate: Certificate, *, by: User | None, reason: str) -> Certificate:
    """Issue another one to somebody whose certificate was revoked; the revoked one stays so. Mails it.

    Raises Conflict when she has a valid one, and NotEarned.
    """
    issued = issue_certificates(
        [certificate.registration_id],
        forum=certificate.forum,
        kind=certificate.kind,
        by=by,
        again=True,
        reason=_required(reason),
    )
    if issued.without:
        raise NotEarned(_("Nothing of it holds today, so there is nothing to issue."))
    if not issued.new:
        raise Conflict(_("This person has a valid certificate of this kind already."))
    [new] = issued.certificates
    return new


def revoke(certificate: Certificate, *, by: User | None, reason: str) -> None:
    """Take a certificate back: its page says so from now on, and its holder is told why by mail.

    Raises Conflict when it is no longer valid, and DomainError without a reason.
    """
    with short_transaction():
        certificate, person = _locked(certificate)
        _revoke(certificate, by=by, reason=reason)
        if person.erased_at is None:
            mails_certificates.post_revoked(certificate, person, occasion_of(certificate.forum))


def has_earned(kind: str, person: Registration, facts: Record) -> bool:
    """Say whether somebody may have a certificate of ``kind``."""
    if not person.is_confirmed:
        return False
    return bool(facts.earned) if kind == Kind.CME else bool(facts.days)


def proof_of(certificate: Certificate | None) -> Proof:
    """Return what the public learns of a certificate, or of a number that is none."""
    if certificate is None:
        return Proof.UNKNOWN
    if certificate.revoked_at is None:
        return Proof.GENUINE
    return Proof.REPLACED if hasattr(certificate, "replaced_by") else Proof.REVOKED


def find_certificate(code: str) -> Certificate | None:
    """Return the certificate with a code, however it is written; with its successor, if there is one."""
    plain = plain_code(code)
    if len(plain) != CODE_LENGTH:
        return None
    return Certificate.objects.select_related("forum", "replaced_by").filter(code=plain).first()


def plain_code(code: str) -> str:
    """Return a code as it is stored: without blanks and strokes, in capitals."""
    return _NO_SIGN.sub("", code.upper())


def grouped(code: str) -> str:
    """Return a code as it is printed: ``7H2K-94CD-XY36``."""
    return str(Certificate(code=code))


def valid_certificates(registration: Registration) -> QuerySet[Certificate]:
    """Return what a person can download."""
    return Certificate.objects.filter(registration=registration, revoked_at=None).order_by("kind")


def _locked(certificate: Certificate) -> tuple[Certificate, Registration]:
    """Return the certificate as it is now, and its holder, both locked."""
    # The race: it is revoked while it is replaced. Whoever issues locks the registration as well.
    person = Registration.objects.select_for_update(no_key=True).get(pk=certificate.registration_id)
    fresh = Certificate.objects.select_related("forum").select_for_update(of=("self",)).get(pk=certificate.pk)
    if fresh.revoked_at is not None:
        raise Conflict(_("This certificate is no longer valid."))
    return fresh, person


def _required(reason: str) -> str:
    """Return the reason as it is kept; raises DomainError when there is none."""
    if not reason.strip():
        raise DomainError(_("Say why: the audit trail keeps it."), field="reason")
    return reason.strip()[:200]


def _revoke(certificate: Certificate, *, by: User | None, reason: str) -> None:
    certificate.revoked_at, certificate.revoke_reason = timezone.now(), _required(reason)
    certificate.save(update_fields=["revoked_at", "revoke_reason"])
    record("certificate.revoked", certificate, actor=by, reason=certificate.revoke_reason)


def _certificate(person: Registration, forum: Forum, kind: str, held: Record, by: User | None) -> Certificate:
    return Certificate(
        forum=forum,
        registration=person,
        kind=kind,
        issued_by=by,
        facts={
            "name": person.name,
            "latin_name": person.latin_name,
            "organization": person.organization_name,
            "forum": {name: texts_of(forum, name) for name in ("name", "hosts", "cme_accreditation")},
            "place": texts_of(forum.venue, "city"),
            "forum_days": [forum.first_day.isoformat(), forum.last_day.isoformat()],
            "days": [day.isoformat() for day in held.days],
            **(_credits(held) if kind == Kind.CME else {}),
        },
    )


def _credits(held: Record) -> Facts:
    return {
        "credits": f"{held.credits:.2f}",
        "sessions": [
            {"title": session.title, "credits": f"{session.credits:.2f}", "minutes": session.minutes}
            for session in held.earned
        ],
    }
