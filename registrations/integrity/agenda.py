"""Sessions and releases."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from events.agenda_document import digest
from events.models import AgendaRelease, Session


def agenda() -> Iterator[str]:
    """No room holds two sessions at once, none ends before it begins, no release was forged."""
    placed = Session.objects.exclude(state=Session.State.CANCELLED).filter(
        room__isnull=False, period__isnull=False
    )
    twice = placed.filter(pk__lt=OuterRef("pk"), room=OuterRef("room"), period__overlap=OuterRef("period"))
    for session in placed.filter(Exists(twice)):
        yield f"Session {session.slug}: its room holds another session at that time."
    for session in Session.objects.filter(period__isempty=True):
        yield f"Session {session.slug}: it ends before it begins."
    for release in AgendaRelease.objects.order_by("pk").iterator(chunk_size=10):
        if digest(release.document) != release.digest:
            yield f"Release {release}: its document is not the one that was published."
