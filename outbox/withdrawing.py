"""Taking back mails that were decided and have not gone yet."""

from __future__ import annotations

from django.db import models

from outbox.models import Message


def withdraw(messages: models.QuerySet[Message]) -> int:
    """Withdraw those of ``messages`` that have not gone, in the caller's transaction; return how many.

    The race: a worker has claimed some of them. It asks once more before it hands each to the mail server,
    and finds that it may not. The lease stays in the row, so that the one mail which a server is taking at
    this very moment is written down as sent afterwards.
    """
    waiting = [Message.Status.QUEUED, Message.Status.SENDING]
    return messages.filter(status__in=waiting).update(status=Message.Status.WITHDRAWN)
