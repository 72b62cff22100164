"""Erases what is known of people when the time is over for which they were promised it would be kept.

What stays, and why, stands in docs/decisions/personal-data-ends.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.audit_erasure import entries_about, entries_with
from core.audit import record
from core.dates import months_later
from events.models import AgendaNotice, Forum, SessionGuest
from outbox import erasure as mails
from outbox.models import Message
from registrations import erasure_rows
from registrations.erasure_rows import GUESTS, TRAIL, Due, Erased
from registrations.models import (
    Answer,
    Certificate,
    Delegation,
    DocumentBatch,
    Invitation,
    Registration,
    Scan,
)

# How the audit trail calls who did it.
ACTOR = "erase_personal_data"
# How long a certificate says whose it is: licences to practise are renewed after five years, with proof of
# what was learned since (Vietnam: Law 15/2023/QH15, Article 27). Its holder may have the name taken off.
CERTIFICATE_MONTHS = 60


def forums_due(now: datetime) -> Iterator[Forum]:
    """Yield the forums whose promised time is over."""
    return (forum for forum in Forum.objects.order_by("pk") if forum.day_at(now) >= forum.personal_data_until)


def certificates_until(forum: Forum) -> date:
    """Return the day on which certificates stop to name their holders."""
    return months_later(forum.last_day, max(CERTIFICATE_MONTHS, forum.personal_data_months))


def found(forum: Forum) -> Erased:
    """Count what :func:`erase_personal_data` would erase, and erase nothing."""
    return erasure_rows.counted(_due(forum, timezone.now()))


@transaction.atomic
def erase_personal_data(forum: Forum) -> Erased:
    """Erase what points to people in ``forum`` and say so in the audit trail; a second call finds nothing.

    Raises ValueError for a forum whose time is not over: no caller may erase what somebody still needs.
    """
    # The race: an organizer gives the forum more time while this begins.
    forum = Forum.objects.select_for_update(no_key=True).get(pk=forum.pk)
    now = timezone.now()
    if forum.day_at(now) < forum.personal_data_until:
        raise ValueError(f"{forum.slug} keeps its personal data until {forum.personal_data_until}.")
    erased = erasure_rows.erase(_due(forum, now))
    if erased:
        counts = {name: ("", getattr(erased, name)) for name in Erased.__slots__}
        record("forum.personal_data_erased", forum, actor=None, actor_label=ACTOR, changes=counts)
    return erased


def _due(forum: Forum, now: datetime) -> Due:
    certificates = Certificate.objects.filter(forum=forum)
    if forum.day_at(now) < certificates_until(forum):
        certificates = certificates.none()
    return Due(
        registrations=Registration.objects.filter(forum=forum, erased_at=None),
        answers=Answer.objects.filter(registration__forum=forum),
        delegations=Delegation.objects.filter(forum=forum, erased_at=None),
        invitations=erasure_rows.naming(Invitation.objects.filter(forum=forum)),
        scans=Scan.objects.filter(forum=forum).exclude(code=""),
        certificates=erasure_rows.unerased_certificates(certificates),
        batches=erasure_rows.unerased_batches(DocumentBatch.objects.filter(forum=forum)),
        messages=mails.not_erased(Message.objects.filter(forum_id=forum.pk)),
        guests=SessionGuest.objects.filter(session__forum=forum),
        notices=AgendaNotice.objects.filter(digest__release__forum=forum),
        audit_entries=entries_about(forum.pk, TRAIL),
        entries_with_guests=entries_with(forum.pk, "events.session", GUESTS),
    )
