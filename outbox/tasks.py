"""Thin leaves: Celery calls, ``outbox.delivery`` works."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from outbox import delivery
from outbox.wake import TASK, answer_call, wake_worker


@shared_task(name=TASK)
def deliver_due() -> None:
    """Send what is due. Called after each commit that wrote a mail, and by beat every few seconds."""
    answer_call()
    if delivery.deliver_due().more:
        wake_worker()


@worker_ready.connect
def sweep_at_start(**_: Any) -> None:
    """Begin with what gathered while no worker ran."""
    wake_worker()
