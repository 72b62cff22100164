"""Writing to the outbox. Sending from it is ``outbox.delivery``'s work."""

from __future__ import annotations

import json
from typing import Any

from django.core.validators import validate_email
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from core.audit import record
from core.errors import Conflict
from core.i18n import LANGUAGE_CODES
from outbox import kinds
from outbox.cleaning import clean_values, one_line
from outbox.erasure import is_erased
from outbox.models import Message
from outbox.wake import wake_on_commit

LONGEST_KEY = 200
LONGEST_NAME = 200


def enqueue(
    *,
    kind: str,
    recipient: str,
    recipient_name: str = "",
    language: str,
    context: dict[str, Any],
    dedupe_key: str,
    forum_id: int | None,
) -> Message:
    """Write a mail to the outbox, in the caller's transaction.

    Call it in the transaction of the decision it reports: both are kept, or neither. A repeated
    ``dedupe_key`` returns the first message and writes nothing. A worker is woken after the commit;
    a broker that is away changes nothing but the seconds until the mail goes out.

    ``context`` holds JSON values alone and no secret link, ``language`` is the reader's. ``forum_id`` is
    the forum that the mail speaks of, whose organizers may read it and send it again; None is for what
    concerns an account alone. Control characters are taken out of all texts. Raises UnknownKind,
    ValueError or TypeError for what no caller should send, and ValidationError for an address that is none.
    """
    message, _created = _insert(
        checked_message(
            kind=kind,
            recipient=recipient,
            recipient_name=recipient_name,
            language=language,
            context=context,
            dedupe_key=dedupe_key,
            forum_id=forum_id,
        )
    )
    return message


def checked_message(
    *,
    kind: str,
    recipient: str,
    recipient_name: str,
    language: str,
    context: dict[str, Any],
    dedupe_key: str,
    forum_id: int | None,
) -> Message:
    """Return a message that may be written; raises what :func:`enqueue` says."""
    kinds.get(kind)
    if language not in LANGUAGE_CODES:
        raise ValueError(f"Mails are written in {', '.join(LANGUAGE_CODES)}, not in {language!r}.")
    if not 0 < len(dedupe_key) <= LONGEST_KEY:
        raise ValueError(f"A dedupe key has 1 to {LONGEST_KEY} characters.")
    recipient = recipient.strip()
    validate_email(recipient)
    message = Message(
        kind=kind,
        recipient=recipient,
        recipient_name=one_line(recipient_name, at_most=LONGEST_NAME),
        language=language,
        context=_snapshot(context),
        dedupe_key=dedupe_key,
        forum_id=forum_id,
    )
    message.search_text = message.searched_by()
    return message


def resend(message: Message, *, by: models.Model) -> Message:
    """Send a mail once more, as a new message that is linked to ``message``; recorded in the audit trail.

    The new one is rendered again from the same snapshot. Two organizers who click at the same moment
    send one mail. Raises Conflict while ``message`` is still on its way, and for a private kind.
    """
    if message.kind not in kinds.readable_names():
        raise Conflict(_("Mails of this kind are not sent again: the reader can ask for a new one."))
    if is_erased(message):
        raise Conflict(_("What this mail said was erased with the personal data of its forum."))
    if message.status == Message.Status.WITHDRAWN:
        raise Conflict(_("This mail was withdrawn before it was sent, so it is not sent again."))
    if not message.is_settled:
        raise Conflict(_("This mail is still on its way; it can be sent again once it was sent or failed."))
    with transaction.atomic():
        again, created = _insert(
            Message(
                kind=message.kind,
                recipient=message.recipient,
                recipient_name=message.recipient_name,
                language=message.language,
                context=message.context,
                forum_id=message.forum_id,
                search_text=message.searched_by(),
                dedupe_key=f"resend:{message.pk}:{message.resends.count() + 1}",
                resent_from=message,
            )
        )
        if created:
            record("message.resent", message, actor=by, changes={"resent_as": ("", str(again.pk))})
    return again


def _insert(message: Message) -> tuple[Message, bool]:
    """Insert ``message``, or return the one that has its dedupe key; tell whether it was inserted.

    ON CONFLICT DO NOTHING: a refused INSERT would break the caller's transaction. The race of two
    equal decisions: the second INSERT waits for the first one's commit, inserts nothing, and the
    SELECT after it sees the first row.
    """
    Message.objects.bulk_create([message], ignore_conflicts=True)
    same = Message.objects.filter(dedupe_key=message.dedupe_key)
    if same.values_list("pk", flat=True).get() != message.pk:
        return same.get(), False
    wake_on_commit()
    return message, True


def _snapshot(context: dict[str, Any]) -> dict[str, Any]:
    """Return ``context`` as JSON gives it back, cleaned; raises TypeError or ValueError if it is none."""
    copied: dict[str, Any] = json.loads(json.dumps(context, allow_nan=False))
    cleaned: dict[str, Any] = clean_values(copied)
    return cleaned
