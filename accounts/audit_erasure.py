"""Takes the details of people out of the audit trail, and nothing else: who did what and when stays."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, models, transaction
from django.db.models import Q

from accounts.audit import HIDDEN
from accounts.models import AuditEntry


def entries_about(forum_id: int, target_types: Iterable[str]) -> models.QuerySet[AuditEntry]:
    """Return the entries of a forum about things of these kinds that still name a person."""
    return AuditEntry.objects.filter(forum_id=forum_id, target_type__in=list(target_types)).exclude(
        Q(target_label=HIDDEN)
    )


@transaction.atomic
def erase_details(entries: models.QuerySet[AuditEntry], *, fields: Iterable[str]) -> int:
    """Hide label and reason of ``entries`` and what ``fields`` held before and after; return how many.

    The database refuses every change of the trail but this one, and this one only where it was announced.
    """
    hidden = {name: [HIDDEN, HIDDEN] for name in fields}
    with connection.cursor() as cursor:
        # SET LOCAL ends with the transaction.
        cursor.execute("SELECT set_config('forum.erasing', 'on', true)")
        changed = 0
        for entry in entries.only("pk", "changes").iterator(chunk_size=500):
            changes = {name: hidden.get(name, pair) for name, pair in entry.changes.items()}
            changed += AuditEntry.objects.filter(pk=entry.pk).update(
                target_label=HIDDEN, reason="", changes=changes
            )
        cursor.execute("SELECT set_config('forum.erasing', '', true)")
    return changed
