"""Writing many mails of one decision to the outbox: as few statements as for one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from outbox.models import Message
from outbox.services import checked_message
from outbox.wake import wake_on_commit

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Draft:
    """One mail to be written; the fields are those of ``outbox.services.enqueue``."""

    recipient: str
    recipient_name: str
    language: str
    context: Mapping[str, Any]
    dedupe_key: str


def enqueue_many(*, kind: str, drafts: Iterable[Draft], forum_id: int | None) -> int:
    """Write mails of one kind to the outbox, in the caller's transaction; return how many are new.

    What is said of ``enqueue`` holds for each: a repeated dedupe key writes nothing, and the first that
    no caller should send raises before anything is written. One statement for 500 mails.
    """
    messages = [
        checked_message(
            kind=kind,
            recipient=draft.recipient,
            recipient_name=draft.recipient_name,
            language=draft.language,
            context=dict(draft.context),
            dedupe_key=draft.dedupe_key,
            forum_id=forum_id,
        )
        for draft in drafts
    ]
    Message.objects.bulk_create(messages, ignore_conflicts=True, batch_size=AT_ONCE)
    written = Message.objects.filter(pk__in=[message.pk for message in messages]).count()
    if written:
        wake_on_commit()
    return written
