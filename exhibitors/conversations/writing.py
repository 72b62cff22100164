"""Writing into an exhibitor's thread, reading it, and saying that it wants no answer."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.audit import record
from core.constraints import violated_constraint
from core.errors import DomainError
from core.locking import short_transaction
from exhibitors import mails_organizers, mails_portal
from exhibitors.models import Exhibitor, ExhibitorMessage
from exhibitors.readers import readers_of
from outbox.cleaning import clean_text

if TYPE_CHECKING:
    from accounts.models import User

LONGEST = 5000
# The constraint that makes a form that is sent twice one message.
_ONCE = "exhibitors_exhibitormessage_form_token"


class NothingWritten(DomainError):
    """A message says something."""

    status = 400

    def __init__(self) -> None:
        super().__init__(_("Please write something."), field="text")


def write_to_organizers(
    exhibitor: Exhibitor, *, text: str, by: User, token: uuid.UUID | None = None
) -> ExhibitorMessage:
    """Write a manager's message, and tell the organizers by mail. The same form twice is one message."""
    message = ExhibitorMessage(exhibitor=exhibitor, is_from_organizers=False)
    return _write(message, text=text, by=by, token=token)


def write_to_exhibitor(
    exhibitor: Exhibitor, *, text: str, by: User, token: uuid.UUID | None = None
) -> ExhibitorMessage:
    """Write an organizer's message, and tell the managers by mail. The same form twice is one message."""
    message = ExhibitorMessage(exhibitor=exhibitor, is_from_organizers=True)
    return _write(message, text=text, by=by, token=token)


def _write(message: ExhibitorMessage, *, text: str, by: User, token: uuid.UUID | None) -> ExhibitorMessage:
    message.text = clean_text(text).strip()[:LONGEST]
    if not message.text:
        raise NothingWritten
    message.author, message.author_name, message.form_token = by, by.name, token
    try:
        with short_transaction():
            message.save()
            # The words themselves stay in the thread, which is erased with the exhibitor.
            record("exhibitormessage.written", message, actor=by, changes=_length(message))
            _tell(message)
    except IntegrityError as error:
        # The race: the same form, sent twice by an impatient finger.
        if token is None or not violated_constraint(error).startswith(
            "exhibitors_exhibitormessage_form_token"
        ):
            raise
        return ExhibitorMessage.objects.get(form_token=token)
    return message


def _length(message: ExhibitorMessage) -> dict[str, tuple[Any, Any]]:
    return {"characters": ("", len(message.text))}


def _tell(message: ExhibitorMessage) -> None:
    exhibitor = message.exhibitor
    if message.is_from_organizers:
        mails_portal.post_message(message, readers_of([exhibitor])[exhibitor.pk])
        return
    mails_organizers.tell_organizers(
        mails_organizers.MESSAGE,
        exhibitor,
        text=message.text,
        path=reverse("admin:exhibitors_exhibitormessage_thread", args=[exhibitor.pk]),
        key=str(message.pk),
    )


def mark_read(exhibitor: Exhibitor, *, by_organizers: bool) -> int:
    """Note that one side has seen what the other wrote; return how many messages were new."""
    unread = ExhibitorMessage.objects.filter(
        exhibitor=exhibitor, read_at=None, is_from_organizers=not by_organizers
    )
    return unread.update(read_at=timezone.now())


def settle(exhibitor: Exhibitor, *, by: User) -> int:
    """Say of an exhibitor's messages so far that they want no answer; return how many that are."""
    with short_transaction():
        waiting = ExhibitorMessage.objects.filter(
            exhibitor=exhibitor, is_from_organizers=False, is_settled=False
        )
        settled = waiting.update(is_settled=True)
        if settled:
            record("exhibitor.thread_settled", exhibitor, actor=by, changes={"messages": ("", settled)})
    return settled
