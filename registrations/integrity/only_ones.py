"""What there is once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Count
from django.db.models.functions import Lower, Upper

from events.models import AgendaRelease, Forum
from outbox.models import Message
from registrations.models import Consent, Invitation, Registration, SeatWait, Visit


def only_ones() -> Iterator[str]:
    """Live addresses and forms, codes, mails, open waits and stays, current rows: one of each."""
    live = Registration.objects.live()
    yield from _repeated(live.exclude(email="").annotate(address=Lower("email")), "forum_id", "address")
    yield from _repeated(live.filter(form_token__isnull=False), "form_token")
    yield from _repeated(Registration.objects.all(), "code")
    yield from _repeated(Invitation.objects.annotate(upper_code=Upper("code")), "forum_id", "upper_code")
    yield from _repeated(Invitation.objects.filter(is_active=True, replaces__isnull=False), "replaces_id")
    yield from _repeated(Consent.objects.filter(withdrawn_at=None), "registration_id", "kind")
    yield from _repeated(SeatWait.objects.filter(ended_at=None), "registration_id", "session_id")
    yield from _repeated(Visit.objects.filter(left_at=None), "registration_id", "door_id")
    yield from _repeated(Message.objects.all(), "dedupe_key")
    yield from _repeated(Forum.objects.filter(is_current=True), "is_current")
    yield from _repeated(AgendaRelease.objects.filter(is_current=True), "forum_id")
    yield from _repeated(AgendaRelease.objects.all(), "forum_id", "number")


def _repeated(rows: models.QuerySet[Any], *fields: str) -> Iterator[str]:
    groups = rows.order_by().values(*fields).annotate(rows=Count("pk")).filter(rows__gt=1)
    for group in groups:
        what = ", ".join(f"{field} {group[field]}" for field in fields)
        yield f"{rows.model.__name__}: {group['rows']} rows with {what}, where one may be."
