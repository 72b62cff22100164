"""Takes out of old mails what they said and to whom; that a mail of a kind was sent stays known."""

from __future__ import annotations

from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Cast, Concat

from outbox.models import Message

# RFC 2606, 2: no mail is ever delivered to .invalid.
NOBODY = "@erased.invalid"


def not_erased(messages: models.QuerySet[Message]) -> models.QuerySet[Message]:
    """Leave out the messages that were erased before."""
    return messages.exclude(recipient__endswith=NOBODY)


def is_erased(message: Message) -> bool:
    """True when nothing is known of a mail but its kind, its time and whether it was sent."""
    return message.recipient.endswith(NOBODY)


def erase(messages: models.QuerySet[Message]) -> int:
    """Erase recipient, subject, content and the mail server's words; return of how many messages.

    What was still waiting is given up: there is nobody left to send it to. A worker that has claimed one
    at this moment finds its claim gone and writes nothing.
    """
    waiting = Q(status__in=[Message.Status.QUEUED, Message.Status.SENDING])
    return not_erased(messages).update(
        recipient=Concat(Cast("pk", models.TextField()), Value(NOBODY)),
        recipient_name="",
        subject="",
        search_text="",
        context={},
        last_error="",
        status=Case(When(waiting, then=Value(Message.Status.FAILED)), default="status"),
        problem=Case(When(waiting, then=Value(Message.Problem.UNWRITABLE)), default="problem"),
        lease=None,
        lease_until=None,
    )
