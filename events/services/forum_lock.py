"""The one lock of the agenda."""

from __future__ import annotations

from events.models import Forum


def lock_forum(forum_id: int) -> Forum:
    """Lock the forum's row until the transaction ends, and return it as it is now.

    Whoever edits or publishes a forum's agenda takes this lock first; what each would otherwise lose is
    told where it is called. ``FOR NO KEY UPDATE``: a registration, whose foreign key takes a key share
    of the same row, does not wait for it.
    """
    return Forum.objects.select_for_update(no_key=True).get(pk=forum_id)
