"""Takes the details of people out of the audit trail, and nothing else: who did what and when stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import connection, models, transaction
from django.db.models import Q

from accounts.audit import HIDDEN
from accounts.models import AuditEntry


def entries_about(forum_id: int, target_types: Iterable[str]) -> models.QuerySet[AuditEntry]:
    """Return the entries of a forum about things of these kinds that still name a person."""
    return AuditEntry.objects.filter(forum_id=forum_id, target_type__in=list(target_types)).exclude(
        Q(target_label=HIDDEN)
    )


def entries_with(forum_id: int, target_type: str, field: str) -> models.QuerySet[AuditEntry]:
    """Return the entries of a forum about things of one kind that still say what ``field`` held."""
    entries = AuditEntry.objects.filter(forum_id=forum_id, target_type=target_type)
    return entries.filter(changes__has_key=field).exclude(**{f"changes__{field}": [HIDDEN, HIDDEN]})


@transaction.atomic
def erase_details(
    entries: models.QuerySet[AuditEntry], *, hides: Callable[[str], bool], with_label: bool = True
) -> int:
    """Hide what the fields that ``hides`` names held before and after; return in how many of ``entries``.

    ``with_label`` hides label and reason too: those of entries about people, not of things they are part of.
    The database refuses every change of the trail but this one, and this one only where it was announced.
    """
    label = {"target_label": HIDDEN, "reason": ""} if with_label else {}
    with connection.cursor() as cursor:
        # SET LOCAL ends with the transaction.
        cursor.execute("SELECT set_config('forum.erasing', 'on', true)")
        changed = 0
        for entry in entries.only("pk", "changes").iterator(chunk_size=500):
            changes = {
                name: [HIDDEN, HIDDEN] if hides(name) else pair for name, pair in entry.changes.items()
            }
            changed += AuditEntry.objects.filter(pk=entry.pk).update(changes=changes, **label)
        cursor.execute("SELECT set_config('forum.erasing', '', true)")
    return changed
