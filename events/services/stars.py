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
    insertions one is ignored, of two returns of a removed star the second finds none to return.
    """
    now = timezone.now()
    with transaction.atomic():
        stars = Star.objects.filter(user=user, session__uid__in=uids)
        stars.filter(removed_at__isnull=False).update(removed_at=None, starred_at=now, turns=F("turns") + 1)
        sessions = Session.objects.filter(uid__in=uids).exclude(stars__user=user)
        Star.objects.bulk_create(
            [Star(user=user, session=session, starred_at=now) for session in sessions.only("pk")],
            ignore_conflicts=True,
        )


def unstar_session(user: User, uid: uuid.UUID) -> None:
    """Take a star away. Its row stays, so that calendars can be told that the session is gone."""
    live = Star.objects.filter(user=user, session__uid=uid, removed_at__isnull=True)
    live.update(removed_at=timezone.now(), turns=F("turns") + 1)
