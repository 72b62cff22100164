"""Erases what is known of one person because she asks for it, however long the forum is still to come.

What stays, and why, stands in docs/decisions/personal-data-ends.md; the page says it in fewer words.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.audit import HIDDEN
from accounts.models import AuditEntry
from core.audit import record
from core.locking import short_transaction
from events.models import AgendaNotice, Forum, SessionGuest
from outbox import erasure as mails
from outbox.models import Message
from registrations import erasure_rows, services
from registrations.erasure_rows import TRAIL, Due
from registrations.mails_erasure import post_erased
from registrations.models import (
    Answer,
    Certificate,
    Consent,
    Delegation,
    DocumentBatch,
    Invitation,
    Registration,
    Scan,
    SeatBooking,
    SeatWait,
    Visit,
)
from registrations.models.registration import ENDED
from registrations.occasion import occasion_of
from registrations.services.statuses import Actor

if TYPE_CHECKING:
    from accounts.models import User

ON_THEIR_WAY = (Message.Status.QUEUED, Message.Status.SENDING)


@dataclass(frozen=True, slots=True)
class Remains:
    """What stays after an erasure, beyond the figures and the proof of consent that stay of everybody."""

    certificates: list[str]
    has_visits: bool


def remains_of(registration: Registration) -> Remains:
    """Return what would stay of a person's registration. Two queries."""
    hers = _registrations_of(registration)
    issued = Certificate.objects.filter(registration__in=hers).order_by("issued_at")
    has_visits = Visit.objects.filter(registration__in=hers).exists()
    return Remains([str(certificate) for certificate in issued.only("code")], has_visits)


def erase_on_request(registration: Registration, *, by: User | None = None) -> Registration:
    """End a registration and erase what is known of its holder; a second call changes nothing.

    Her place goes to the next in line, unless she has been at the forum or it is over: then it was used, and
    the figures stay as they were. What the same person registered before in this forum (a mistaken form, a
    cancelled registration) is erased with it. Mails on their way still go out: that of the cancellation, and
    the one that confirms this; :func:`erase_sent_mails` empties them afterwards. ``by`` is the organizer who
    does it, None for the holder of the link. Raises Busy.
    """
    occasion = occasion_of(registration.forum)
    now = timezone.now()
    with short_transaction():
        if not registration.forum.is_over(now) and registration.arrived_at is None:
            # First of all: it takes the locks of the places, in their order, and frees the place.
            services.cancel_registration(registration, by=by)
        # The race: two clicks. Whoever comes second finds that there is nothing left to erase.
        hers = _registrations_of(registration)
        list(Registration.objects.select_for_update(no_key=True).filter(pk__in=hers).order_by("pk"))
        row = Registration.objects.select_related("type", "forum__venue").get(pk=registration.pk)
        if row.erased_at:
            return row
        post_erased(row, occasion)
        keys = list(_registrations_of(row).values_list("pk", flat=True))
        erasure_rows.erase(_due(row, keys))
        row.refresh_from_db()
        record("registration.erased", row, **Actor(by).recorded)
    return row


def erase_sent_mails(forum: Forum) -> int:
    """Empty the mails that were on their way when their readers asked to be erased; return how many.

    Called every night while the time of ``forum`` runs; afterwards all its mails are emptied anyway.
    """
    erased = Registration.objects.filter(forum=forum, erased_at__isnull=False)
    keys = [str(key) for key in erased.values_list("pk", flat=True)]
    sent = mails.not_erased(_mails_about(keys)).exclude(status__in=ON_THEIR_WAY)
    return mails.erase(sent)


def _mails_about(keys: Collection[str]) -> models.QuerySet[Message]:
    """Return the mails about registrations, by the index of their snapshots."""
    return Message.objects.alias(about=KeyTextTransform("registration", "context")).filter(about__in=keys)


def _registrations_of(registration: Registration) -> models.QuerySet[Registration]:
    """Return a registration, and what the same address registered before in the same forum."""
    same = Q(pk=registration.pk)
    if registration.email:
        same |= Q(email__iexact=registration.email, status__in=ENDED)
    return Registration.objects.filter(same, forum=registration.forum_id, erased_at=None)


def _due(row: Registration, keys: list[uuid.UUID]) -> Due:
    """Return everything that points to the holder of these registrations."""
    forum = row.forum
    messages = mails.not_erased(_messages(row, keys))
    notices = AgendaNotice.objects.filter(digest__release__forum=forum, email__iexact=row.email)
    personal = Q(registrations__in=keys) & ~Q(email="", name="")
    invitations = Invitation.objects.filter(Q(replaces__in=keys) | personal).values("pk")
    in_files = Q()
    for key in keys:
        in_files |= Q(chosen__contains=[str(key)])
    return Due(
        registrations=Registration.objects.filter(pk__in=keys),
        answers=Answer.objects.filter(registration__in=keys),
        # Those are the lead's; a member's own place in one is her registration.
        delegations=Delegation.objects.none(),
        invitations=erasure_rows.naming(Invitation.objects.filter(pk__in=invitations)),
        scans=Scan.objects.filter(registration__in=keys).exclude(code=""),
        certificates=erasure_rows.unerased_certificates(Certificate.objects.filter(registration__in=keys)),
        batches=erasure_rows.unerased_batches(DocumentBatch.objects.filter(in_files, forum=forum)),
        messages=messages.exclude(status__in=ON_THEIR_WAY),
        # Whom organizers invite to a session is theirs to say, with or without a registration.
        guests=SessionGuest.objects.none(),
        notices=notices if row.email else notices.none(),
        audit_entries=_entries(row, keys, messages),
        entries_with_guests=AuditEntry.objects.none(),
    )


def _messages(row: Registration, keys: list[uuid.UUID]) -> models.QuerySet[Message]:
    """Return the mails about her registrations, and those to her address that speak of the forum."""
    about = _mails_about([str(key) for key in keys]).values("pk")
    hers = Q(pk__in=about)
    if row.email:
        hers |= Q(recipient__iexact=row.email)
    return Message.objects.filter(hers, forum_id=row.forum_id)


def _entries(
    row: Registration, keys: list[uuid.UUID], messages: models.QuerySet[Message]
) -> models.QuerySet[AuditEntry]:
    """Return the entries about her and her things, and all others of the forum with her address or code."""
    things = [str(key) for key in [*keys, *messages.values_list("pk", flat=True)]]
    for model in (Answer, Certificate, Consent, Scan, SeatBooking, SeatWait, Visit):
        rows = model._default_manager.filter(registration__in=keys)
        things += map(str, rows.values_list("pk", flat=True))
    found = Q(target_type__in=TRAIL, target_id__in=things)
    codes = Registration.objects.filter(pk__in=keys).values_list("code", flat=True)
    for trace in [*codes, row.email] if row.email else codes:
        found |= Q(target_label__icontains=trace) | Q(reason__icontains=trace) | Q(text__icontains=trace)
    entries = AuditEntry.objects.filter(forum_id=row.forum_id).alias(text=Cast("changes", TextField()))
    return entries.filter(found).exclude(target_label=HIDDEN)
