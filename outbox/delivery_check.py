"""The mail that tells whether mail works: ``manage.py send_test_mail you@example.org``."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from core import dates
from outbox import services
from outbox.kinds import MailContent, MailKind
from outbox.models import Message


def send_test_mail(recipient: str, language: str) -> Message:
    """Put a test mail into the outbox; it takes the same road as every other."""
    return services.enqueue(
        kind=KIND.name,
        recipient=recipient,
        language=language,
        context={"asked_at": timezone.now().isoformat()},
        dedupe_key=f"outbox.test:{uuid.uuid4()}",
        forum_id=None,
    )


def prepare(context: dict[str, Any], language: str) -> MailContent:
    """Say when the mail was asked for, on the clock of the site."""
    asked_at = parse_datetime(context["asked_at"])
    if asked_at is None:
        raise ValueError(f"No moment: {context['asked_at']!r}")
    return MailContent({"asked_at": dates.moment(asked_at, timezone.get_default_timezone(), language)})


def sample(language: str) -> dict[str, Any]:
    """Return a snapshot for tests."""
    return {"asked_at": "2031-05-13T02:00:00+00:00"}


KIND = MailKind(
    name="outbox.test", title=_("Test mail"), template="outbox/mail/test", prepare=prepare, sample=sample
)
