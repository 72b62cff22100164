"""What follows a change whoever makes it: framed pages are no longer right, files of deleted rows go too."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from events import reading
from events.models import Forum, Material, Proposal, Venue


def connect() -> None:
    """Called once, when the app is ready."""
    post_save.connect(forum_saved, sender=Forum, dispatch_uid="events.forum_saved")
    post_save.connect(venue_saved, sender=Venue, dispatch_uid="events.venue_saved")
    post_delete.connect(material_deleted, sender=Material, dispatch_uid="events.material_deleted")
    post_delete.connect(proposal_deleted, sender=Proposal, dispatch_uid="events.proposal_deleted")


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


def material_deleted(instance: Material, **kwargs: Any) -> None:
    """A file was deleted, alone or with its session."""
    _forget(instance.file)


def proposal_deleted(instance: Proposal, **kwargs: Any) -> None:
    """A proposal was deleted with its speaker or session; its portrait is nowhere else."""
    _forget(instance.portrait)


def _forget(file: FieldFile) -> None:
    storage, name = file.storage, file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))
