"""Thin leaves: beat calls, the services work."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from core.locking import Busy
from events.models import Forum
from outbox.wake import call_on_commit
from registrations import batches, broadcasts, erasure, erasure_on_request, finding, orphan_files
from registrations.check_in.admitting import count_out
from registrations.models import Door
from registrations.services.tidying import settle_due


@shared_task(name="registrations.tasks.erase_personal_data")
def erase_personal_data() -> None:
    """Keep the promise of the privacy notice. Called each night; a lost call is made up the next one."""
    due = list(erasure.forums_due(timezone.now()))
    others = Forum.objects.exclude(pk__in=[forum.pk for forum in due])
    whole = [(erasure.erase_personal_data, forum) for forum in due]
    failed = []
    for erase, forum in [*whole, *((erasure_on_request.erase_sent_mails, forum) for forum in others)]:
        try:
            erase(forum)
        except Exception as error:  # noqa: BLE001 - the others are erased all the same
            failed.append(error)
    if failed:
        raise ExceptionGroup("Personal data of some forums could not be erased.", failed)


@shared_task(name="registrations.tasks.settle_places")
def settle_places() -> None:
    """End offers whose time is over and give what is free to those who wait. Called every few minutes."""
    settle_due()


@shared_task(name="registrations.tasks.fill_outbox")
def fill_outbox() -> None:
    """Send mails to groups whose time has come, and finish what a worker that died has left."""
    if broadcasts.work():
        call_on_commit("registrations.tasks.fill_outbox")


@shared_task(name=finding.TASK)
def answer_link_requests() -> None:
    """Mail their links to those who asked for them. Called again and again."""
    if finding.answer_requests() == finding.MOST_ANSWERS:
        call_on_commit(finding.TASK)


@shared_task(name="registrations.tasks.count_out_guests")
def count_out_guests() -> None:
    """Count out whoever left without being scanned. Called every few minutes."""
    for door in Door.objects.filter(inside__gt=0).select_related("forum__venue"):
        # People crowd through this one right now: the next round counts them.
        with suppress(Busy):
            count_out(door)


@shared_task(name=batches.TASK)
def make_documents() -> None:
    """Make a file of documents that waits, or that a worker which died has left. Called again and again."""
    if batches.make_next():
        call_on_commit(batches.TASK)


@shared_task(name="registrations.tasks.delete_expired_documents")
def delete_expired_documents() -> None:
    """Delete files of documents whose time is over."""
    batches.delete_expired()


@shared_task(name="registrations.tasks.delete_orphan_files")
def delete_orphan_files() -> None:
    """Delete uploads that a process which was killed has left. Called each night."""
    orphan_files.delete_orphans()
