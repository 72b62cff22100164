"""Thin leaves: beat calls, the services work."""

from celery import shared_task
from django.utils import timezone

from events.models import Forum
from outbox.wake import call_on_commit
from registrations import broadcasts, erasure, erasure_on_request
from registrations.check_in.admitting import count_out
from registrations.models import Door


@shared_task(name="registrations.tasks.erase_personal_data")
def erase_personal_data() -> None:
    """Keep the promise of the privacy notice. Called each night; a lost call is made up the next one."""
    due = list(erasure.forums_due(timezone.now()))
    for forum in due:
        erasure.erase_personal_data(forum)
    for forum in Forum.objects.exclude(pk__in=[forum.pk for forum in due]):
        erasure_on_request.erase_sent_mails(forum)


@shared_task(name="registrations.tasks.fill_outbox")
def fill_outbox() -> None:
    """Send mails to groups whose time has come, and finish what a worker that died has left."""
    if broadcasts.work():
        call_on_commit("registrations.tasks.fill_outbox")


@shared_task(name="registrations.tasks.count_out_guests")
def count_out_guests() -> None:
    """Count out whoever left without being scanned. Called every few minutes."""
    for door in Door.objects.filter(inside__gt=0).select_related("forum__venue"):
        count_out(door)
