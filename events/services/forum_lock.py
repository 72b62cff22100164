"""The one lock of the agenda."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import F

from events.models import Forum


def lock_forum(forum_id: int) -> Forum:
    """Lock the forum's row until the transaction ends, and return it as it is now.

    Whoever edits or publishes a forum's agenda takes this lock first; what each would otherwise lose is
    told where it is called. ``FOR NO KEY UPDATE``: a registration, whose foreign key takes a key share
    of the same row, does not wait for it.
    """
    return Forum.objects.select_for_update(no_key=True).get(pk=forum_id)


@contextmanager
def draft_counted_once(forum: Forum) -> Iterator[None]:
    """Count the draft up once, at the end, however many rows the block writes; inside a transaction.

    Otherwise the database counts each row (migration 0005), which grows slow with thousands in one
    transaction. Rolled back with everything else.
    """
    _count_once("yes")
    yield
    _count_once("no")
    Forum.objects.filter(pk=forum.pk).update(draft_revision=F("draft_revision") + 1)


def _count_once(answer: str) -> None:
    with connection.cursor() as cursor:
        # Local to the transaction, and to a savepoint that is rolled back.
        cursor.execute("SELECT set_config('forum.counts_once', %s, true)", [answer])
