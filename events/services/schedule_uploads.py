"""Keeping an uploaded schedule until it is imported, replaced or too old."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import User
from events.imports.reading import read_schedule
from events.models import Forum, ScheduleUpload


def keep_upload(*, forum: Forum, by: User, name: str, content: bytes, language: str) -> ScheduleUpload:
    """Keep a file for its preview, in place of the organizer's earlier one.

    Raises UnreadableSchedule: what cannot be read is not kept.
    """
    read_schedule(content)
    upload, _is_new = ScheduleUpload.objects.update_or_create(
        forum=forum,
        by=by,
        defaults={
            "name": name.replace("\x00", "")[-200:],
            "content": content,
            "language": language,
            "uploaded_at": timezone.now(),
        },
    )
    return upload


def kept_upload(*, forum: Forum, by: User) -> ScheduleUpload | None:
    """Return the organizer's file for this forum, if there is one that has not expired."""
    return ScheduleUpload.objects.fresh().filter(forum=forum, by=by).first()


def drop_upload(*, forum: Forum, by: User) -> None:
    """Forget the organizer's file."""
    ScheduleUpload.objects.filter(forum=forum, by=by).delete()


def drop_expired() -> None:
    """Forget what nobody can import any more: a file may hold addresses of people."""
    ScheduleUpload.objects.expired().delete()
