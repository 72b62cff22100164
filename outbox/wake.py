"""Tells a worker that there is mail, without ever harming or holding up who tells it.

Nothing depends on this: the sweep of ``CELERY_BEAT_SCHEDULE`` finds what nobody was told about.
"""

from __future__ import annotations

import functools
import logging
import time

from celery import current_app
from django.core.cache import cache
from django.db import connection, transaction
from kombu import Connection
from kombu.pools import producers

logger = logging.getLogger(__name__)

TASK = "outbox.tasks.deliver_due"
# Seconds that a request waits for a broker that does not answer, per step of the conversation.
PATIENCE = 0.5
# Seconds in which nobody tries again after a failure, so that only one request in a while waits.
PAUSE_AFTER_FAILURE = 5.0
# Seconds after which an unread call is worth nothing: the sweep has been there meanwhile.
EXPIRES = 60
# Seconds after which a call is made again although nobody has read the last one: it may be lost.
UNREAD_SECONDS = 5
_UNREAD = "outbox:call-unread"


class _Pause:
    """Until when this process leaves the broker alone; the value of ``time.monotonic``."""

    until = 0.0


def wake_on_commit() -> None:
    """Wake a worker once the caller's transaction is committed; once, however often it is asked."""
    if not any(entry[1] is wake_worker for entry in connection.run_on_commit):
        transaction.on_commit(wake_worker, robust=True)


def call_on_commit(task: str) -> None:
    """Call another task, by name, once the caller's transaction is committed; beat calls it anyway."""
    transaction.on_commit(functools.partial(_call, task), robust=True)


def wake_worker() -> None:
    """Ask for a sweep of the outbox now. Never raises, and never waits longer than a second.

    While a call lies unread, another one would tell nothing new: whoever takes it strikes its mark out
    before looking (:func:`answer_call`), so every mail committed until then is seen.
    """
    if cache.add(_UNREAD, 1, UNREAD_SECONDS):
        _call(TASK)


def answer_call() -> None:
    """Strike out the mark of the call that is being answered; to be done before looking for mails."""
    cache.delete(_UNREAD)


def _call(task: str) -> None:
    if time.monotonic() < _Pause.until:
        return
    try:
        with producers[_broker()].acquire(block=True, timeout=PATIENCE) as producer:
            current_app.send_task(task, producer=producer, retry=False, expires=EXPIRES, ignore_result=True)
    except Exception as error:  # noqa: BLE001 - whatever ails the broker, the decision stands
        _Pause.until = time.monotonic() + PAUSE_AFTER_FAILURE
        logger.warning("The broker did not take the call of %s, the next sweep will: %s", task, error)


@functools.cache
def _broker() -> Connection:
    """A connection of its own for calls from requests: it gives up where the worker's would wait.

    ``max_retries`` is the one that matters: kombu's default waits two seconds before a second try,
    whatever ``retry=False`` says to Celery.
    """
    return current_app.connection_for_write(
        transport_options={
            "max_retries": 0,
            "socket_timeout": PATIENCE,
            "socket_connect_timeout": PATIENCE,
        }
    )
