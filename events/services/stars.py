"""Starring sessions. What is wanted is said, never "the other way": twice is the same as once."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from events.models import Session, Star


def star_sessions(user: User, uids: Collection[uuid.UUID]) -> None:
    """Star the sessions of ``uids`` for ``user``; those that are starred stay, what is no session is ignored.

    The race: two tabs star one session at once. Each statement finds what the other has written: of two
    insertions one is ignored, of two returns of a removed star the second finds none to return. That holds
    because the conditions stand on the star's own row, which PostgreSQL looks at again after a wait; of a
    joined table it would see the state before.
    """
    now = timezone.now()
    ids = list(Session.objects.filter(uid__in=uids).values_list("pk", flat=True))
    with transaction.atomic():
        removed = Star.objects.filter(user=user, session_id__in=ids, removed_at__isnull=False)
        removed.update(removed_at=None, starred_at=now, turns=F("turns") + 1)
        Star.objects.bulk_create(
            [Star(user=user, session_id=pk, starred_at=now) for pk in ids], ignore_conflicts=True
        )


def unstar_session(user: User, uid: uuid.UUID) -> None:
    """Take a star away. Its row stays, so that calendars can be told that the session is gone."""
    found = list(Session.objects.filter(uid=uid).values_list("pk", flat=True))
    # Conditions on the row itself, for the race told above: two tabs take it away at once.
    live = Star.objects.filter(user=user, session_id__in=found, removed_at__isnull=True)
    live.update(removed_at=timezone.now(), turns=F("turns") + 1)
