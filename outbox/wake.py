"""Tells a worker that there is mail, without ever harming or holding up who tells it.

Nothing depends on this: the sweep of ``CELERY_BEAT_SCHEDULE`` finds what nobody was told about.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import time

import redis
from celery import current_app
from django.conf import settings
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
    _call(TASK, mark=_UNREAD)


def answer_call() -> None:
    """Strike out the mark of the call that is being answered; to be done before looking for mails."""
    with contextlib.suppress(redis.RedisError):
        _marks().delete(_UNREAD)


def _call(task: str, *, mark: str = "") -> None:
    if time.monotonic() < _Pause.until:
        return
    try:
        if mark and not _marks().set(mark, 1, nx=True, ex=UNREAD_SECONDS):
            return
        with producers[_broker()].acquire(block=True, timeout=PATIENCE) as producer:
            current_app.send_task(task, producer=producer, retry=False, expires=EXPIRES, ignore_result=True)
    except Exception as error:  # noqa: BLE001 - whatever ails the broker, the decision stands
        _Pause.until = time.monotonic() + PAUSE_AFTER_FAILURE
        logger.warning("The broker did not take the call of %s, the next sweep will: %s", task, error)


@functools.cache
def _marks() -> redis.Redis:
    """A connection beside the cache's, which would wait twice as long."""
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=None
    )


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
