"""A page of the agenda is framed by its forum: when that changes, the cached page is no longer right."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.utils import timezone

from events import reading
from events.models import Forum, Venue


def connect() -> None:
    """Called once, when the app is ready."""
    post_save.connect(forum_saved, sender=Forum, dispatch_uid="events.forum_saved")
    post_save.connect(venue_saved, sender=Venue, dispatch_uid="events.venue_saved")


def forum_saved(instance: Forum, **kwargs: Any) -> None:
    """A forum was changed, or another one became the forum of the site."""
    transaction.on_commit(lambda: reading.show_at_once(instance.pk))


def venue_saved(instance: Venue, **kwargs: Any) -> None:
    """A venue was changed: so were the forums held there."""
    held_here = list(Forum.objects.filter(venue=instance).values_list("pk", flat=True))
    Forum.objects.filter(pk__in=held_here).update(changed_at=timezone.now())

    def show() -> None:
        for pk in held_here:
            reading.show_at_once(pk)

    transaction.on_commit(show)
