"""Thin leaves: beat calls, the services work."""

from celery import shared_task

from events.services import schedule_uploads


@shared_task(name="events.tasks.drop_expired_uploads")
def drop_expired_uploads() -> None:
    """Forget schedules that were uploaded and not imported. Called each hour."""
    schedule_uploads.drop_expired()
