"""Turning the draft into the numbered, immutable document that the public reads."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.constraints import violated_constraint
from core.errors import Conflict, DomainError
from core.locking import short_transaction
from events import agenda_document, reading
from events.models import AgendaRelease, Forum
from events.services.digests import prepare_digest
from events.services.forum_lock import lock_forum
from events.withdrawals import withdrawals

# Either of them speaks when a script published without the lock at the same moment.
_LOST_RACE = {"release_number_in_forum", "release_one_current"}


class NothingToPublish(DomainError):
    """The draft reads exactly like the current release. ``release`` is that release."""

    def __init__(self, release: AgendaRelease) -> None:
        self.release = release
        super().__init__(_("Nothing has changed since the agenda was last published."))


class DraftChanged(Conflict):
    """The draft is no longer the one that was reviewed."""

    def __init__(self) -> None:
        super().__init__(
            _("The draft was changed after you opened this page. Please look at it again, then publish.")
        )


def publish_agenda(
    *,
    forum: Forum,
    by: User | None,
    note: str = "",
    reviewed: str | None = None,
    actor_label: str = "",
) -> AgendaRelease:
    """Publish the forum's draft and return the new release, numbered one above the last.

    The mails to whom it touches are prepared with it (``events.services.digests``); none is sent.
    ``by`` is None only for a program, which then says its name in ``actor_label``. ``reviewed`` is the
    digest of the document that a person has looked at; DraftChanged is raised when the draft is another
    by now. Called twice it publishes once: the second call raises :class:`NothingToPublish`, which
    carries the current release.
    """
    try:
        with short_transaction():
            release = _publish(forum, by=by, note=note, reviewed=reviewed, actor_label=actor_label)
            transaction.on_commit(lambda: reading.show_at_once(forum.pk))
    except IntegrityError as error:
        if violated_constraint(error) in _LOST_RACE:
            raise Conflict(_("Somebody else published the agenda at this very moment.")) from error
        raise
    return release


def _publish(
    forum: Forum, *, by: User | None, note: str, reviewed: str | None, actor_label: str
) -> AgendaRelease:
    # The race: two organizers press Publish together. Without the lock both would read the same last
    # number and both would find the same release current; and a session that is being saved would be
    # in the document with its new time and its old people.
    lock_forum(forum.pk)
    document = agenda_document.build_document(forum)
    digest = agenda_document.digest(document)
    current = AgendaRelease.objects.current(forum).first()
    if current and current.digest == digest:
        raise NothingToPublish(current)
    if reviewed is not None and reviewed != digest:
        raise DraftChanged
    last = AgendaRelease.objects.filter(forum=forum).order_by("-number").first()
    number, now = last.number + 1 if last else 1, timezone.now()
    AgendaRelease.objects.current(forum).update(is_current=False)
    release = AgendaRelease.objects.create(
        forum=forum,
        number=number,
        document=document,
        withdrawn=withdrawals(document, number=number, after=current, now=now),
        published_at=now,
        digest=digest,
        note=note.strip(),
        published_by=by,
        is_current=True,
    )
    audit.record(
        "agenda.published",
        release,
        actor=by,
        actor_label=actor_label,
        changes={"number": (current.number if current else None, release.number)},
        reason=release.note,
    )
    prepare_digest(release, previous=current)
    return release
