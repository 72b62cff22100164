"""What erasing means, table by table, whoever asks for it: the calendar or the person herself.

What stays, and why, stands in docs/decisions/personal-data-ends.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.postgres.functions import RandomUUID
from django.core.files.storage import Storage
from django.db import models, transaction
from django.db.models import Case, F, Func, JSONField, Q, Value, When
from django.db.models.functions import MD5, Cast, Concat, Substr, Upper
from django.utils import timezone

from accounts.audit_erasure import erase_details
from accounts.models import AuditEntry
from core.private_files import private_files
from events.models import AgendaNotice, SessionGuest
from outbox import erasure as mails
from outbox.models import Message
from registrations.attached import attached_parts
from registrations.models import (
    Answer,
    Certificate,
    Delegation,
    DocumentBatch,
    Invitation,
    Registration,
    Scan,
)
from registrations.services import REPLACED

# What the trail keeps of people: in which entries …
TRAIL = (
    "registrations.registration",
    "registrations.answer",
    "registrations.certificate",
    "registrations.consent",
    "registrations.delegation",
    "registrations.documentbatch",
    "registrations.invitation",
    "registrations.scan",
    "registrations.seatbooking",
    "registrations.seatwait",
    "registrations.visit",
    "outbox.message",
    "events.sessionguest",
)
# … and which of their fields never name anybody. All others are hidden: a new one is safe by itself.
NAMELESS = frozenset(
    {
        "calendar_sequence",
        "country",
        "door",
        "is_active",
        "kind",
        "language",
        "link_version",
        "max_members",
        "max_uses",
        "offer_until",
        "places",
        "precedence",
        "rank",
        "resent_as",
        "session",
        "status",
        "total",
        "type",
        "version",
        "waiting_rank",
        "waiting_since",
    }
)
# Under which name the entries of a session hold who is invited (events.services.guests).
GUESTS = "guests"
# What a certificate says of its holder.
ON_CERTIFICATES = ("name", "latin_name", "organization")


@dataclass(frozen=True, slots=True)
class Erased:
    """How many rows were emptied or deleted, or would be."""

    registrations: int = 0
    answers: int = 0
    delegations: int = 0
    invitations: int = 0
    scans: int = 0
    certificates: int = 0
    batches: int = 0
    messages: int = 0
    guests: int = 0
    notices: int = 0
    audit_entries: int = 0
    written_elsewhere: int = 0

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in Erased.__slots__)


@dataclass(frozen=True, slots=True)
class Due:
    """Everything that still points to people and shall no longer."""

    registrations: models.QuerySet[Registration]
    answers: models.QuerySet[Answer]
    delegations: models.QuerySet[Delegation]
    invitations: models.QuerySet[Invitation]
    scans: models.QuerySet[Scan]
    certificates: models.QuerySet[Certificate]
    batches: models.QuerySet[DocumentBatch]
    messages: models.QuerySet[Message]
    guests: models.QuerySet[SessionGuest]
    notices: models.QuerySet[AgendaNotice]
    # Entries about people and their things, which lose their label too.
    audit_entries: models.QuerySet[AuditEntry]
    # Guests stand in the entries of their session, which itself stays named.
    entries_with_guests: models.QuerySet[AuditEntry]


def counted(due: Due) -> Erased:
    """Count what :func:`erase` would erase."""
    counts = {name: getattr(due, name).count() for name in Erased.__slots__ if hasattr(due, name)}
    counts["written_elsewhere"] = sum(part.count(due.registrations) for part in attached_parts())
    counts["audit_entries"] += due.entries_with_guests.count()
    return Erased(**counts)


def erase(due: Due) -> Erased:
    """Erase it, in the caller's transaction. What hangs on the registrations goes before them."""
    return Erased(
        # What apps above keep, while it is still known whose it is.
        written_elsewhere=sum(part.erase(due.registrations) for part in attached_parts()),
        # Deleted with their files (answer_files); they are nothing but what a person told.
        answers=due.answers.delete()[1].get(Answer._meta.label, 0),
        delegations=_erase_delegations(due.delegations),
        invitations=due.invitations.update(name="", email="", note="", is_active=False),
        scans=due.scans.update(code=""),
        certificates=_erase_certificates(due.certificates),
        batches=_erase_batches(due.batches),
        messages=mails.erase(due.messages),
        guests=due.guests.delete()[0],
        notices=due.notices.delete()[0],
        audit_entries=erase_details(due.audit_entries, hides=lambda name: name not in NAMELESS)
        + erase_details(due.entries_with_guests, hides=lambda name: name == GUESTS, with_label=False),
        registrations=_erase_registrations(due.registrations),
    )


def naming(rows: models.QuerySet[Invitation]) -> models.QuerySet[Invitation]:
    """Leave out the invitations that say nothing of anybody."""
    return rows.exclude(name="", email="", note="")


def unerased_certificates(rows: models.QuerySet[Certificate]) -> models.QuerySet[Certificate]:
    """Leave out the certificates that name nobody any more."""
    return rows.exclude(facts__name="", facts__latin_name="", facts__organization="", revoke_reason="")


def unerased_batches(rows: models.QuerySet[DocumentBatch]) -> models.QuerySet[DocumentBatch]:
    """Leave out files of documents that are no more, and of which nobody knows whose they were."""
    return rows.exclude(chosen=[], file="", error="", outcome={})


def _delete_files(names: list[str]) -> None:
    """Delete private files once the rows are gone for good."""
    storage: Storage = private_files()
    for name in names:
        transaction.on_commit(lambda name=name: storage.delete(name))  # type: ignore[misc]


def _erase_delegations(delegations: models.QuerySet[Delegation]) -> int:
    """Empty the rows; country, times and how many they were stay."""
    return delegations.update(
        name="",
        lead_name="",
        email="",
        note="",
        user=None,
        form_token=None,
        link_version=F("link_version") + 1,
        erased_at=timezone.now(),
    )


def _erase_certificates(certificates: models.QuerySet[Certificate]) -> int:
    """Take the holder off; number, kind, dates and credits stay, so that a forged paper is still told."""
    nobody = Value(dict.fromkeys(ON_CERTIFICATES, ""), JSONField())
    facts = Func(F("facts"), nobody, template="%(expressions)s", arg_joiner=" || ", output_field=JSONField())
    return certificates.update(facts=facts, revoke_reason="")


def _erase_batches(batches: models.QuerySet[DocumentBatch]) -> int:
    """Delete the files; a worker that is at one finds that it was stopped."""
    _delete_files(list(batches.exclude(file="").values_list("file", flat=True)))
    going_on = Q(status__in=[DocumentBatch.Status.WAITING, DocumentBatch.Status.WORKING])
    stopped = Case(When(going_on, then=Value(DocumentBatch.Status.STOPPED)), default="status")
    return batches.update(chosen=[], file="", error="", outcome={}, status=stopped, lease_until=None)


def _erase_registrations(registrations: models.QuerySet[Registration]) -> int:
    """Empty the rows. Kind of attendance, country, language and times stay: they are the figures.

    The address has to differ from row to row, or a forum could hold one of them alone. The ticket code is
    printed on badges beside a name, so that it goes as well; old links and QRs no longer open anything.
    """
    code = Upper(Substr(MD5(Cast(RandomUUID(), models.TextField())), 1, 16))
    kept_reason = When(cancel_reason=REPLACED, then=Value(REPLACED))
    return registrations.update(
        code=code,
        name="",
        latin_name="",
        job_title="",
        search_text="",
        email=Concat(Cast("pk", models.TextField()), Value(mails.NOBODY)),
        organization_name="",
        user=None,
        cancel_reason=Case(kept_reason, default=Value("")),
        form_token=None,
        link_version=F("link_version") + 1,
        erased_at=timezone.now(),
    )
