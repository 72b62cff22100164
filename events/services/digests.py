"""Telling people of a release: prepared with it, read and edited by an organizer, then sent or dropped.

One digest at most is prepared in a forum, guaranteed by the database. A newer release replaces it: the
new one tells what changed since the release that people were last told of, and takes the organizer's
words over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.errors import Conflict, DomainError
from core.i18n import LANGUAGE_CODES, texts_of
from core.locking import short_transaction
from events.agenda_document import Document
from events.digests.excerpt import Excerpts
from events.digests.mail import KIND
from events.digests.recipients import recipients
from events.models import AgendaDigest, AgendaNotice, AgendaRelease
from events.services.forum_lock import lock_forum
from events.withdrawals import confidential_among
from outbox.many import Draft, enqueue_many

Status = AgendaDigest.Status
_AT_ONCE = 1000
_INTRODUCTIONS = tuple(f"introduction_{code}" for code in LANGUAGE_CODES)


class NobodyToTell(DomainError):
    """Everybody is left out."""

    def __init__(self) -> None:
        super().__init__(_("Nobody is left to write to. Discard these mails instead."))


class Decided(Conflict):
    """The mails were sent or discarded already."""

    def __init__(self) -> None:
        super().__init__(_("These mails were sent or discarded already."))


def prepared_digest(forum_id: int) -> AgendaDigest | None:
    """Return the mails of a forum that wait for somebody, or None."""
    waiting = AgendaDigest.objects.filter(forum_id=forum_id, status=Status.PREPARED)
    # The documents are large and not always needed.
    found = waiting.select_related("release__forum", "base").defer("release__document", "base__document")
    return found.first()


def base_document(forum_id: int, current: AgendaRelease | None) -> Document | None:
    """Return the document that people know when the next release comes; None before the first."""
    waiting = prepared_digest(forum_id)
    known = waiting.base if waiting else current
    return known.document if known else None


def prepare_digest(release: AgendaRelease, *, previous: AgendaRelease | None) -> AgendaDigest | None:
    """Prepare the mails about ``release``, in the transaction and under the lock of its publication.

    ``previous`` was current before. None when the release touches nobody.
    """
    waiting = prepared_digest(release.forum_id)
    base = waiting.base if waiting else previous
    people = recipients(base.document if base else None, release.document)
    words = {name: getattr(waiting, name) for name in _INTRODUCTIONS} if waiting else {}
    if waiting:
        waiting.delete()
    if not people:
        return None
    digest = AgendaDigest.objects.create(forum_id=release.forum_id, release=release, base=base, **words)
    AgendaNotice.objects.bulk_create(
        [
            AgendaNotice(
                digest=digest,
                email=person.email,
                name=person.name,
                language=person.language,
                reasons=list(person.reasons),
                session_uids=list(person.session_uids),
            )
            for person in people
        ],
        batch_size=_AT_ONCE,
    )
    return digest


def leave_out(
    digest: AgendaDigest, *, by: User, shown: Collection[int], left_out: Collection[int]
) -> AgendaDigest:
    """Of the notices ``shown`` to an organizer, leave out those in ``left_out`` and write the others.

    Raises Decided when the mails were sent or discarded.
    """
    with short_transaction():
        current = _locked(digest)
        if current.status != Status.PREPARED:
            raise Decided
        rows, everybody_left_out = (
            current.notices.filter(pk__in=shown),
            current.notices.filter(is_left_out=True),
        )
        before = everybody_left_out.count()
        changed = rows.filter(pk__in=left_out, is_left_out=False).update(is_left_out=True)
        changed += rows.filter(is_left_out=True).exclude(pk__in=left_out).update(is_left_out=False)
        if changed:
            # Numbers alone: who it was stands in the notices, and is erased with them.
            counts = (str(before), str(everybody_left_out.count()))
            audit.record("agendadigest.changed", current, actor=by, changes={"left out": counts})
    return current


def send_digest(digest: AgendaDigest, *, by: User) -> int:
    """Write the mails to the outbox, one to each person who is not left out; return how many.

    Sending what was sent changes nothing and returns 0. Raises Decided for discarded mails and
    NobodyToTell.
    """
    with short_transaction():
        current = _locked(digest)
        if current.status == Status.SENT:
            return 0
        if current.status == Status.DISCARDED:
            raise Decided
        written = enqueue_many(kind=KIND, drafts=list(_drafts(current)), forum_id=current.release.forum_id)
        if not written:
            raise NobodyToTell
        _decide(current, Status.SENT, by=by, changes={"mails": ("", str(written))})
    return written


def discard_digest(digest: AgendaDigest, *, by: User) -> AgendaDigest:
    """Tell nobody of these changes, now or with a later release. Discarding twice changes nothing."""
    with short_transaction():
        current = _locked(digest)
        if current.status == Status.SENT:
            raise Decided
        if current.status == Status.PREPARED:
            _decide(current, Status.DISCARDED, by=by, changes={})
    return current


def snapshot(notice: AgendaNotice) -> dict[str, Any]:
    """Return what the mail to one person is written from."""
    digest = notice.digest
    return _snapshot(notice, digest, *_excerpts(digest))


def _locked(digest: AgendaDigest) -> AgendaDigest:
    """Lock the forum, and return the digest as it is now. Raises Conflict when a newer one replaced it."""
    # The race: two organizers press Send together, or one sends what a newer release is replacing.
    # Without the lock the replaced mails would go out beside those that replace them.
    lock_forum(digest.release.forum_id)
    found = AgendaDigest.objects.select_related("release__forum", "base").filter(pk=digest.pk).first()
    if found is None:
        raise Conflict(_("A newer release has replaced these mails. Please look at the new ones."))
    return found


def _decide(digest: AgendaDigest, status: str, *, by: User, changes: dict[str, tuple[str, str]]) -> None:
    before, digest.status = digest.status, status
    digest.decided_at, digest.decided_by = timezone.now(), by
    digest.save(update_fields=["status", "decided_at", "decided_by"])
    audit.record(f"agendadigest.{status}", digest, actor=by, changes={"status": (before, status), **changes})


def _drafts(digest: AgendaDigest) -> Iterator[Draft]:
    excerpts = _excerpts(digest)
    for notice in digest.notices.filter(is_left_out=False):
        person = hashlib.sha256(notice.email.lower().encode()).hexdigest()[:32]
        yield Draft(
            recipient=notice.email,
            recipient_name=notice.name,
            language=notice.language,
            context=_snapshot(notice, digest, *excerpts),
            dedupe_key=f"{KIND}:{digest.release_id}:{person}",
        )


def _excerpts(digest: AgendaDigest) -> tuple[Excerpts | None, Excerpts]:
    """Return what cuts excerpts out of both releases. What is confidential by now is not named."""
    new = Excerpts(digest.release.document)
    if digest.base is None:
        return None, new
    gone = [one["uid"] for one in digest.base.document["sessions"] if one["uid"] not in new.sessions]
    return Excerpts(digest.base.document, secret=confidential_among(gone)), new


def _snapshot(
    notice: AgendaNotice, digest: AgendaDigest, old: Excerpts | None, new: Excerpts
) -> dict[str, Any]:
    release, uids = digest.release, [str(uid) for uid in notice.session_uids]
    return {
        "release": release.number,
        "published_at": release.published_at.isoformat(),
        "introduction": texts_of(digest, "introduction"),
        "host_note": texts_of(release.forum, "host_note"),
        "contact_email": release.forum.contact_email,
        "reasons": list(notice.reasons),
        "old": old.of(uids) if old else None,
        "new": new.of(uids),
        "uids": uids,
    }
