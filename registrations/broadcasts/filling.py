"""Filling the outbox from a mail to a group: in batches, from where the last worker got to.

Whatever dies, the next call goes on. A batch and the cursor behind it are one transaction, so that a
worker that is killed in the middle has written all of a batch or nothing of it; the dedupe key stands
behind that, should the cursor ever be lost.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core import audit
from outbox.many import Draft, enqueue_many
from registrations.broadcasts.mail import KIND, dedupe_key, snapshot
from registrations.broadcasts.readers import audience, reader_of
from registrations.broadcasts.sending import start
from registrations.models import Broadcast, Registration
from registrations.occasion import Occasion, occasion_of

logger = logging.getLogger(__name__)

Status = Broadcast.Status
BATCH = 500
# One call ends after this, so that a worker that is asked to stop can; the next one goes on.
PATIENCE = timedelta(seconds=60)


def work(*, patience: timedelta = PATIENCE, batch: int = BATCH) -> bool:
    """Start what is due and fill the outbox from what is being sent; True when time was up before the end.

    Any number of workers may do this at the same time: each mail is held by one of them.
    """
    end = time.monotonic() + patience.total_seconds()
    due = Q(status=Status.SENDING) | Q(status=Status.SCHEDULED, send_at__lte=timezone.now())
    for pk in Broadcast.objects.filter(due).order_by("send_at", "pk").values_list("pk", flat=True):
        occasion = None
        while True:
            occasion, more = _step(pk, occasion, batch)
            if not more:
                break
            if time.monotonic() > end:
                return True
    return False


def _step(pk: int, occasion: Occasion | None, batch: int) -> tuple[Occasion | None, bool]:
    """Write one batch; the second value says whether there may be another one."""
    with transaction.atomic():
        # The race: two workers, or a worker and an organizer who stops it. SKIP LOCKED leaves it to whoever
        # holds it; an organizer waits for the end of one batch.
        rows = Broadcast.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
        row = rows.select_related("forum__venue").filter(pk=pk).first()
        now = timezone.now()
        if row is None or row.status not in {Status.SENDING, Status.SCHEDULED}:
            return occasion, False
        if row.status == Status.SCHEDULED:
            if row.send_at is None or row.send_at > now:
                return occasion, False
            audit.record("broadcast.sent", row, actor=None, changes={"total": ("", start(row, now))})
        occasion = occasion or occasion_of(row.forum)
        people = _next(row, batch)
        row.written += enqueue_many(
            kind=KIND, drafts=list(_drafts(row, people, occasion)), forum_id=row.forum_id
        )
        more = len(people) == batch
        if people:
            row.cursor = people[-1].pk
        if not more:
            row.status, row.finished_at = Status.SENT, now
            row.version += 1
        row.save(update_fields=["written", "cursor", "status", "finished_at", "version"])
    return occasion, more


def _next(row: Broadcast, batch: int) -> list[Registration]:
    people = audience(row).select_related("type", "delegation").order_by("pk")
    return list((people.filter(pk__gt=row.cursor) if row.cursor else people)[:batch])


def _drafts(row: Broadcast, people: list[Registration], occasion: Occasion) -> Iterator[Draft]:
    for person in people:
        reader = reader_of(person)
        try:
            validate_email(reader.email)
        except ValidationError:
            # One address that no form would take keeps nobody else from her mail.
            logger.warning("Broadcast %s: %s has no address to write to", row.pk, person.pk)
            continue
        yield Draft(
            recipient=reader.email,
            recipient_name=reader.name,
            language=reader.language,
            context=snapshot(row, person, occasion, language=reader.language),
            dedupe_key=dedupe_key(row.pk, person.pk),
        )
