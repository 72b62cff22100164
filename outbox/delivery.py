"""Sends what is due: claim with a lease, send, mark.

A worker claims a few messages by compare-and-set and holds them for the time of a lease. Whatever it
does afterwards, it does only if the lease is still its own. When it dies, the lease runs out and
another worker takes over. Between the server's "250 OK" and our note of it lies the one window in which
a mail can go out twice; both have the same Message-ID.

No transaction is open while we render or talk to the mail server.
"""

from __future__ import annotations

import logging
import time
import uuid
from dataclasses import dataclass
from datetime import timedelta
from random import SystemRandom
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.db.models.functions import Now

from outbox import kinds, rendering
from outbox.cleaning import clean_text
from outbox.kinds import UnknownKind
from outbox.letter import Letter
from outbox.mail_server import MailServer, NotTaken, ServerAway
from outbox.models import Message, MessageQuerySet

logger = logging.getLogger(__name__)

# Long enough for one mail at a server that uses its whole EMAIL_TIMEOUT at each of MAIL, RCPT, DATA and
# the end: it begins anew before each mail.
LEASE = timedelta(minutes=2)
BATCH = 20
# 30 s, 1 min, 2 min … 4 h 16 min, then every 6 hours: seventeen attempts take two days.
MAX_ATTEMPTS = 17
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=6)
# While the server cannot be reached, nothing is charged to the messages; they wait for it.
DELAY_WHILE_AWAY = timedelta(seconds=30)
# What no later attempt would change.
FINAL = {Message.Problem.REFUSED, Message.Problem.UNWRITABLE}
LONGEST_ERROR = 2000
# One sweep ends after this, so that a worker that is asked to stop can.
PATIENCE = timedelta(seconds=60)

_random = SystemRandom()


@dataclass(slots=True)
class Tally:
    """What one sweep did. ``more`` tells that it stopped before everything due was tried."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0
    more: bool = False


def deliver_due(*, lease: timedelta = LEASE, patience: timedelta = PATIENCE) -> Tally:
    """Send what is due, batch by batch, until nothing is left, the server is away or time is up.

    Any number of workers may do this at the same time.
    """
    tally = Tally()
    end = time.monotonic() + patience.total_seconds()
    try:
        while messages := claim(lease=lease):
            deliver(messages, lease=lease, tally=tally)
            if time.monotonic() > end:
                tally.more = True
                break
    except ServerAway as error:
        logger.warning("The mail server is away, mails wait for it: %s", error)
    if tally.sent or tally.put_off or tally.failed:
        logger.info("Mails: %s sent, %s put off, %s failed", tally.sent, tally.put_off, tally.failed)
    return tally


def claim(*, lease: timedelta, limit: int = BATCH) -> list[Message]:
    """Take up to ``limit`` due messages for this worker, those that wait longest first.

    The race: two workers see the same due message. SKIP LOCKED lets each see its own; and the update
    asks once more whether the message is due, so that the second one to come changes nothing.
    """
    token = uuid.uuid4()
    due = Message.objects.due()
    with transaction.atomic():
        seen = due.select_for_update(skip_locked=True).order_by("next_attempt_at")[:limit]
        ids = list(seen.values_list("pk", flat=True))
        due.filter(pk__in=ids).update(status=Message.Status.SENDING, lease=token, lease_until=Now() + lease)
    return list(Message.objects.held(token).order_by("next_attempt_at"))


def deliver(messages: list[Message], *, lease: timedelta, tally: Tally) -> None:
    """Send a batch over one connection. Raises ServerAway after giving back what was not tried."""
    with MailServer() as server:
        for number, message in enumerate(messages):
            try:
                _deliver_one(message, server, lease=lease, tally=tally)
            except ServerAway as error:
                tally.put_off += _give_back(messages[number:], error)
                raise


def _deliver_one(message: Message, server: MailServer, *, lease: timedelta, tally: Tally) -> None:
    server.open()
    if message.attempts >= MAX_ATTEMPTS:
        # Only a worker that died at the last attempt leaves this behind.
        tally.failed += _fail(message, Message.Problem.INTERRUPTED, message.last_error)
        return
    if not _begin(message, lease=lease):
        logger.info("Message %s was taken over by another worker", message.pk)
        return
    if not _is_wanted(message):
        _conclude(message, _held(message), status=Message.Status.WITHDRAWN, words="", problem="")
        return
    try:
        server.send(_written(message))
    except NotTaken as error:
        last = message.attempts >= MAX_ATTEMPTS
        if last or error.problem in FINAL:
            tally.failed += _fail(message, error.problem, error.words)
        else:
            tally.put_off += _put_off(message, error.problem, error.words)
    else:
        tally.sent += _sent(message)


def _is_wanted(message: Message) -> bool:
    try:
        kind = kinds.get(message.kind)
    except UnknownKind:
        return True  # writing it says so
    return kind.is_wanted(message.context)


def _written(message: Message) -> Letter:
    """Return the mail, built to the last byte; raises NotTaken when it cannot be written."""
    try:
        mail = rendering.letter(message)
        mail.message()
    except (OperationalError, InterfaceError):
        # The database is away: no fault of the mail, and nothing could be noted. The lease runs out.
        raise
    except UnknownKind as error:
        # During a deployment an old worker meets a new kind of mail: a later worker knows it.
        raise NotTaken(Message.Problem.UNKNOWN, str(error)) from error
    except Exception as error:  # a kind's own code may raise anything; one bad mail stops no other
        logger.exception("Message %s (%s) cannot be written", message.pk, message.kind)
        raise NotTaken(Message.Problem.UNWRITABLE, f"{type(error).__name__}: {error}") from error
    message.subject = str(mail.subject)
    return mail


def _begin(message: Message, *, lease: timedelta) -> bool:
    """Count an attempt and begin the lease anew; False when another worker has the message by now.

    Counted before anything is done with it: a mail whose rendering kills the worker is given up, too.
    """
    begun = _held(message).update(attempts=F("attempts") + 1, lease_until=Now() + lease)
    message.attempts += begun
    return bool(begun)


def _sent(message: Message) -> int:
    # One that was withdrawn while the mail server was taking it was sent all the same, and says so.
    at_work = [Message.Status.SENDING, Message.Status.WITHDRAWN]
    ours = Message.objects.filter(pk=message.pk, lease=message.lease, status__in=at_work)
    return _conclude(message, ours, status=Message.Status.SENT, words="", problem="", sent_at=Now())


def _fail(message: Message, problem: Message.Problem, words: str) -> int:
    logger.error("Message %s (%s) failed: %s", message.pk, message.kind, words)
    return _conclude(message, _held(message), status=Message.Status.FAILED, words=words, problem=problem)


def _put_off(message: Message, problem: Message.Problem, words: str) -> int:
    later = Now() + delay_after(message.attempts)
    queued = Message.Status.QUEUED
    return _conclude(
        message, _held(message), status=queued, words=words, problem=problem, next_attempt_at=later
    )


def _give_back(messages: list[Message], error: ServerAway) -> int:
    """Let messages that were not tried wait for the server; it costs them no attempt."""
    ours = Message.objects.held(messages[0].lease)
    return ours.filter(pk__in=[message.pk for message in messages]).update(
        status=Message.Status.QUEUED,
        lease=None,
        lease_until=None,
        next_attempt_at=Now() + jittered(DELAY_WHILE_AWAY),
        problem=Message.Problem.AWAY,
        last_error=clean_text(str(error))[:LONGEST_ERROR],
    )


def _conclude(message: Message, ours: MessageQuerySet, *, words: str, **changes: Any) -> int:
    """End our hold on ``message``, if ``ours`` still finds it. Returns 1, or 0 when it does not."""
    changed = ours.update(
        lease=None,
        lease_until=None,
        subject=message.subject,
        last_error=clean_text(words)[:LONGEST_ERROR],
        **changes,
    )
    if not changed:
        logger.warning("Message %s was taken over while it was sent; it may go out twice", message.pk)
    return changed


def _held(message: Message) -> MessageQuerySet:
    """The message, for an update that happens only while this worker's lease on it stands."""
    return Message.objects.held(message.lease).filter(pk=message.pk)


def delay_after(attempts: int) -> timedelta:
    """Return how long to wait after the ``attempts``-th failed attempt: growing, capped, never exact."""
    return jittered(min(FIRST_DELAY * 2 ** min(attempts - 1, 20), LONGEST_DELAY))


def jittered(delay: timedelta) -> timedelta:
    """Return ``delay``, a fifth shorter or longer: those who failed together do not come back together."""
    return delay * _random.uniform(0.8, 1.2)
