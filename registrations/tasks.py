"""Thin leaves: beat calls, the services work."""

from celery import shared_task
from django.utils import timezone

from registrations import erasure


@shared_task(name="registrations.tasks.erase_personal_data")
def erase_personal_data() -> None:
    """Keep the promise of the privacy notice. Called each night; a lost call is made up the next one."""
    for forum in erasure.forums_due(timezone.now()):
        erasure.erase_personal_data(forum)
