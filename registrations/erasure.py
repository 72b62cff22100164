"""Erases what is known of people when the time is over for which they were promised it would be kept.

What stays, and why, stands in docs/decisions/personal-data-ends.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.functions import RandomUUID
from django.db import models, transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import MD5, Cast, Concat, Substr, Upper
from django.utils import timezone

from accounts.audit_erasure import entries_about, entries_with, erase_details
from accounts.models import AuditEntry
from core.audit import record
from events.models import AgendaNotice, Forum, SessionGuest
from outbox import erasure as mails
from outbox.models import Message
from registrations.models import Registration
from registrations.services import REPLACED

# How the audit trail calls who did it.
ACTOR = "erase_personal_data"
# What the trail keeps of people: in which entries, and in which of their fields.
TRAIL = ("registrations.registration", "registrations.consent", "outbox.message", "events.sessionguest")
DETAILS = (
    "name",
    "latin_name",
    "job_title",
    "email",
    "organization_name",
    "user",
    "cancel_reason",
    "recipient",
    "recipient_name",
)
# Under which name the entries of a session hold who is invited (events.services.guests).
GUESTS = "guests"


@dataclass(frozen=True, slots=True)
class Erased:
    """How many rows were emptied, or would be."""

    registrations: int
    messages: int
    guests: int
    notices: int
    audit_entries: int

    def __bool__(self) -> bool:
        return any((self.registrations, self.messages, self.guests, self.notices, self.audit_entries))


@dataclass(frozen=True, slots=True)
class _Due:
    """Everything of one forum that still points to people."""

    registrations: models.QuerySet[Registration]
    messages: models.QuerySet[Message]
    guests: models.QuerySet[SessionGuest]
    notices: models.QuerySet[AgendaNotice]
    audit_entries: models.QuerySet[AuditEntry]
    # Guests stand in the entries of their session, which itself stays named.
    invitations: models.QuerySet[AuditEntry]


def forums_due(now: datetime) -> Iterator[Forum]:
    """Yield the forums whose promised time is over."""
    return (forum for forum in Forum.objects.order_by("pk") if forum.day_at(now) >= forum.personal_data_until)


def found(forum: Forum) -> Erased:
    """Count what :func:`erase_personal_data` would erase, and erase nothing."""
    due = _due(forum)
    return Erased(
        registrations=due.registrations.count(),
        messages=due.messages.count(),
        guests=due.guests.count(),
        notices=due.notices.count(),
        audit_entries=due.audit_entries.count() + due.invitations.count(),
    )


@transaction.atomic
def erase_personal_data(forum: Forum) -> Erased:
    """Erase what points to people in ``forum`` and say so in the audit trail; a second call finds nothing.

    Raises ValueError for a forum whose time is not over: no caller may erase what somebody still needs.
    """
    # The race: an organizer gives the forum more time while this begins.
    forum = Forum.objects.select_for_update(no_key=True).get(pk=forum.pk)
    if forum.day_at(timezone.now()) < forum.personal_data_until:
        raise ValueError(f"{forum.slug} keeps its personal data until {forum.personal_data_until}.")
    due = _due(forum)
    erased = Erased(
        registrations=_erase_registrations(due.registrations),
        messages=mails.erase(due.messages),
        guests=due.guests.delete()[0],
        notices=due.notices.delete()[0],
        audit_entries=erase_details(due.audit_entries, fields=DETAILS)
        + erase_details(due.invitations, fields=[GUESTS], with_label=False),
    )
    if erased:
        counts = {name: ("", getattr(erased, name)) for name in Erased.__slots__}
        record("forum.personal_data_erased", forum, actor=None, actor_label=ACTOR, changes=counts)
    return erased


def _due(forum: Forum) -> _Due:
    return _Due(
        registrations=Registration.objects.filter(forum=forum, erased_at=None),
        messages=mails.not_erased(Message.objects.filter(forum_id=forum.pk)),
        guests=SessionGuest.objects.filter(session__forum=forum),
        notices=AgendaNotice.objects.filter(digest__release__forum=forum),
        audit_entries=entries_about(forum.pk, TRAIL),
        invitations=entries_with(forum.pk, "events.session", GUESTS),
    )


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
