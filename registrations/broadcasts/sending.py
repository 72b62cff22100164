"""Sending a mail to a group: now or later, a test first, and stopping it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.errors import DomainError
from core.i18n import texts_of
from core.locking import short_transaction
from outbox.models import Message
from outbox.services import enqueue
from outbox.wake import call_on_commit
from outbox.withdrawing import withdraw
from registrations.broadcasts.drafting import ChangedMeanwhile, NoDraft, locked
from registrations.broadcasts.mail import KIND, key_prefix, sample_person, snapshot
from registrations.broadcasts.readers import audience, written_languages
from registrations.models import Broadcast, Registration, RegistrationType
from registrations.occasion import Occasion, occasion_of

Status = Broadcast.Status
TASK = "registrations.tasks.fill_outbox"


class NothingWritten(DomainError):
    """No language is complete."""

    def __init__(self) -> None:
        super().__init__(_("Write a subject and a text in one language at least."))


class HalfWritten(DomainError):
    """A subject without a text, or the other way round."""

    def __init__(self) -> None:
        super().__init__(
            _("In one language there is a subject without a text or a text without a subject. Fill in both.")
        )


class NobodyChosen(DomainError):
    """The group is empty, or nobody in it agreed to news."""

    def __init__(self) -> None:
        super().__init__(_("There is nobody in this group who may get the mail."))


def send_broadcast(broadcast: Broadcast, *, version: int, by: User) -> Broadcast:
    """Begin to send a draft; a worker fills the outbox. A second click changes nothing.

    Raises ChangedMeanwhile when the draft is not the one that the organizer was shown, NothingWritten,
    HalfWritten and NobodyChosen.
    """
    with short_transaction():
        row = locked(broadcast)
        if row.status in {Status.SENDING, Status.SENT}:
            return row
        _demand_sendable(row, version)
        people = start(row, timezone.now())
        audit.record("broadcast.sent", row, actor=by, changes={"total": ("", people)})
        call_on_commit(TASK)
    return row


def start(row: Broadcast, now: datetime) -> int:
    """Set a locked mail going; return how many people are in its group."""
    row.status, row.started_at, row.cursor, row.written = Status.SENDING, now, None, 0
    row.total = audience(row).count()
    row.version += 1
    row.save()
    return row.total


def _demand_sendable(row: Broadcast, version: int) -> None:
    if row.status != Status.DRAFT:
        raise NoDraft
    if row.version != version:
        raise ChangedMeanwhile
    demand_text(row)
    if not audience(row).exists():
        raise NobodyChosen


def demand_text(row: Broadcast) -> None:
    """Raise NothingWritten or HalfWritten for a mail that no reader could be sent."""
    subjects, bodies = texts_of(row, "subject"), texts_of(row, "body")
    if any(bool(subjects[code]) != bool(bodies[code]) for code in subjects):
        raise HalfWritten
    if not any(subjects.values()):
        raise NothingWritten


def schedule_broadcast(broadcast: Broadcast, *, send_at: datetime, version: int, by: User) -> Broadcast:
    """Let a draft be sent at ``send_at``. Raises what send_broadcast does, and DomainError for the past."""
    if send_at <= timezone.now():
        raise DomainError(_("This time is over. Choose a later one, or send now."), field="send_at")
    with short_transaction():
        row = locked(broadcast)
        _demand_sendable(row, version)
        row.status, row.send_at = Status.SCHEDULED, send_at
        row.version += 1
        row.save()
        audit.record("broadcast.scheduled", row, actor=by, changes={"send_at": ("", send_at)})
    return row


def take_back(broadcast: Broadcast, *, by: User) -> Broadcast:
    """Make a draft again of what was to be sent later. Raises NoDraft when sending has begun."""
    with short_transaction():
        row = locked(broadcast)
        if row.status == Status.DRAFT:
            return row
        if row.status != Status.SCHEDULED:
            raise NoDraft
        before, row.status, row.send_at = row.send_at, Status.DRAFT, None
        row.version += 1
        row.save()
        audit.record("broadcast.taken_back", row, actor=by, changes={"send_at": (before, "")})
    return row


def stop_broadcast(broadcast: Broadcast, *, by: User, reason: str = "") -> int:
    """Write nothing more to the outbox and withdraw what has not gone; return how many mails that is.

    Also once everything lies in the outbox, as long as mails wait there. A second call withdraws nothing.
    Raises NoDraft for a mail that is not being sent.
    """
    with short_transaction():
        row = locked(broadcast)
        if row.status not in {Status.SENDING, Status.SENT, Status.STOPPED}:
            raise NoDraft
        withdrawn = withdraw(messages_of(row))
        if row.status == Status.SENDING or withdrawn:
            row.status, row.finished_at = Status.STOPPED, timezone.now()
            row.version += 1
            row.save()
            counts = {"written": ("", row.written), "mails_withdrawn": ("", withdrawn)}
            audit.record("broadcast.stopped", row, actor=by, changes=counts, reason=reason)
    return withdrawn


def messages_of(broadcast: Broadcast) -> QuerySet[Message]:
    """Return the mails of a broadcast in the outbox, those that were sent again by hand apart."""
    return Message.objects.filter(dedupe_key__startswith=key_prefix(broadcast.pk))


def send_test(broadcast: Broadcast, *, languages: Iterable[str], by: User) -> list[Message]:
    """Send an organizer the mail as it stands, in each of ``languages``, with a made-up person's details.

    Raises HalfWritten and NothingWritten.
    """
    demand_text(broadcast)
    occasion = occasion_of(broadcast.forum)
    written, attempt = set(written_languages(broadcast)), uuid.uuid4()
    with short_transaction():
        return [
            enqueue(
                kind=KIND,
                recipient=by.email,
                recipient_name=by.name,
                language=code,
                context=snapshot_for_nobody(broadcast, occasion, code),
                dedupe_key=f"broadcast-test:{broadcast.pk}:{attempt}:{code}",
                forum_id=broadcast.forum_id,
            )
            for code in languages
            if code in written
        ]


def snapshot_for_nobody(broadcast: Broadcast, occasion: Occasion, language: str) -> dict[str, Any]:
    """Return the snapshot of the mail to a person who does not exist, for previews and tests."""
    nobody = Registration(forum=broadcast.forum, type=RegistrationType(), language=language)
    return snapshot(broadcast, nobody, occasion, language=language) | sample_person(language)
