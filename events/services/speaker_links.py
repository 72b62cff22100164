"""Mailing speakers the link to their own page, and replacing it."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.errors import DomainError
from core.locking import short_transaction
from events import speaker_mails
from events.models import Forum, Session, SessionSpeaker
from events.services.answers import locked_speaker
from speakers.models import Speaker


class NoAddress(DomainError):
    """There is nowhere to send the link."""

    def __init__(self, speaker: Speaker) -> None:
        super().__init__(_("No e-mail address is known of %(name)s.") % {"name": speaker})


def without_answer(forum: Forum) -> QuerySet[Speaker]:
    """Speakers with an address and a part in a session that takes place, to which they have not answered."""
    open_parts = SessionSpeaker.objects.filter(
        session__forum=forum, session__period__isnull=False, answer=SessionSpeaker.Answer.OPEN
    ).exclude(session__state=Session.State.CANCELLED)
    return Speaker.objects.filter(pk__in=open_parts.values("speaker")).exclude(email="").order_by("pk")


def send_link(speaker: Speaker, *, forum: Forum, by: User) -> None:
    """Mail the link with her sessions; two clicks within a minute are one mail. Raises NoAddress."""
    snapshot = speaker_mails.link_snapshot(speaker, forum)
    with short_transaction():
        row = _with_address(speaker)
        speaker_mails.post_link(row, forum, snapshot, occurrence=f"{timezone.now():%Y%m%d%H%M}")
        audit.record("speaker.link_sent", row, actor=by)


def renew_link(speaker: Speaker, *, forum: Forum, by: User) -> bool:
    """Make every link sent so far worthless and mail a new one: one of them fell into wrong hands.

    Without an address the old links end all the same. Return whether a mail was written.
    """
    snapshot = speaker_mails.link_snapshot(speaker, forum)
    with short_transaction():
        row = locked_speaker(speaker)
        row.link_version += 1
        row.save(update_fields=["link_version"])
        if row.email:
            speaker_mails.post_link(row, forum, snapshot, occurrence="new")
        audit.record(
            "speaker.link_replaced",
            row,
            actor=by,
            changes={"link_version": (row.link_version - 1, row.link_version)},
        )
    return bool(row.email)


def _with_address(speaker: Speaker) -> Speaker:
    row = locked_speaker(speaker)
    if not row.email:
        raise NoAddress(row)
    return row
