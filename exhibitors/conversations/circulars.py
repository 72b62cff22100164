"""One message to many exhibitors: into each thread, and by mail to whoever looks after them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from core.audit import record
from core.constraints import violated_constraint
from core.errors import DomainError
from core.i18n import LANGUAGE_CODES
from core.locking import short_transaction
from events.models import Forum
from exhibitors import mails_portal
from exhibitors.conversations.choosing import Choice, chosen_in
from exhibitors.models import Circular, ExhibitorMessage
from exhibitors.readers import readers_of
from outbox.cleaning import clean_text, one_line
from outbox.many import enqueue_many
from outbox.placeholders import refuse_unknown
from outbox.prose import refuse_links

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_BODY = 10_000
LONGEST_SUBJECT = 150


class NobodyChosen(DomainError):
    """Nobody is meant."""

    def __init__(self) -> None:
        super().__init__(_("No exhibitor is meant by this choice."))


def cleaned_texts(subject: Mapping[str, str], body: Mapping[str, str]) -> dict[str, str]:
    """Return the columns of a message; raises DomainError, beside its field, for what cannot be sent."""
    found: dict[str, str] = {}
    for code in LANGUAGE_CODES:
        found[f"subject_{code}"] = one_line(subject.get(code, ""), at_most=LONGEST_SUBJECT)
        found[f"body_{code}"] = clean_text(body.get(code, "")).strip()[:LONGEST_BODY]
        if bool(found[f"subject_{code}"]) != bool(found[f"body_{code}"]):
            empty = "body" if found[f"subject_{code}"] else "subject"
            raise DomainError(
                _("Here is a subject without a text or a text without a subject. Fill in both."),
                field=f"{empty}_{code}",
            )
        for field in (f"subject_{code}", f"body_{code}"):
            try:
                refuse_unknown(found[field], mails_portal.PLACEHOLDERS)
                refuse_links(found[field], ())
            except ValidationError as error:
                raise DomainError(" ".join(error.messages), field=field) from error
    if not any(found.values()):
        raise DomainError(_("Write a subject and a text in one language at least."), field="subject_vi")
    return found


def send_circular(
    forum: Forum,
    *,
    subject: Mapping[str, str],
    body: Mapping[str, str],
    choice: Choice,
    by: User,
    token: uuid.UUID,
) -> Circular:
    """Write a message into the threads of all chosen exhibitors, and mail it to their managers.

    The same form twice is one message. Raises DomainError for texts that cannot be sent, and NobodyChosen.
    """
    texts = cleaned_texts(subject, body)
    exhibitors = chosen_in(forum, choice, now=timezone.now())
    if not exhibitors:
        raise NobodyChosen
    readers = readers_of(exhibitors)
    try:
        with short_transaction():
            circular = Circular.objects.create(
                forum=forum,
                chosen=choice.as_json(),
                total=len(exhibitors),
                form_token=token,
                sent_by=by,
                **texts,
            )
            ExhibitorMessage.objects.bulk_create(
                ExhibitorMessage(
                    exhibitor=exhibitor,
                    is_from_organizers=True,
                    author=by,
                    author_name=by.name,
                    circular=circular,
                )
                for exhibitor in exhibitors
            )
            drafts = [
                draft
                for exhibitor in exhibitors
                for draft in mails_portal.circular_drafts(circular, exhibitor, readers[exhibitor.pk])
            ]
            if drafts:
                enqueue_many(kind=mails_portal.CIRCULAR, drafts=drafts, forum_id=forum.pk)
            record("circular.sent", circular, actor=by, changes={"total": ("", len(exhibitors))})
    except IntegrityError as error:
        # The race: the same form, sent twice.
        if not violated_constraint(error).startswith("exhibitors_circular_form_token"):
            raise
        return Circular.objects.get(form_token=token)
    return circular
