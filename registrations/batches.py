"""Files of many badges, tickets or certificates: ordered by an organizer, made by a worker, deleted in time.

A worker holds a batch for a short while and says again and again that it is still there (``lease_until``).
What a worker that died has left is begun anew by the next one; that is cheap, since a thousand badges take
seconds and nothing of a half file is worth keeping. Only the worker whose lease it is can say how far it is
or hand in the file, so that a stopped batch stays stopped and two workers never hand in the same one.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy, gettext_noop

from accounts.models import User
from core.audit import record
from core.errors import Conflict, DomainError
from core.private_files import private_files
from events.models import Forum
from outbox.wake import call_on_commit
from registrations.certificates import issue_certificates
from registrations.documents import BadgeLayout, render_badges, render_certificates, render_tickets
from registrations.documents.badges import unsettable
from registrations.models import Certificate, DocumentBatch, Registration

logger = logging.getLogger(__name__)

Kind, Status = DocumentBatch.Kind, DocumentBatch.Status
TASK = "registrations.tasks.make_documents"
LEASE = timedelta(minutes=2)
# A file full of names is not kept longer than it takes to print it.
KEPT = timedelta(hours=24)
MOST = 5_000
# After so many workers that died over it.
MOST_TRIES = 3
_AT_ONCE = 200
_TELL_EVERY = 20
_MOST_NAMED = 50


# Errors are stored in English and shown in the reader's language.
KILLS = gettext_noop("Several workers ended while they made it; a smaller one may work.")
NOBODY = gettext_noop("None of these people has a ticket, or has earned a certificate.")


class _NotMine(Exception):
    """The batch was stopped, or another worker has it."""


def order_batch(
    registrations: Collection[UUID],
    *,
    forum: Forum,
    kind: str,
    layout: str = "",
    language: str = "",
    by: User | None,
) -> DocumentBatch:
    """Have a file made of ``registrations``, in their order; those of other forums are left out.

    ``layout`` is the paper of badges, or the kind of certificates, which are issued to those who have
    earned them and have none. Raises DomainError for nobody and for too many at once.
    """
    chosen = list(dict.fromkeys(registrations))
    if not 1 <= len(chosen) <= MOST:
        raise DomainError(gettext_lazy("Choose 1 to %(most)s people.") % {"most": MOST})
    if layout not in _LAYOUTS[Kind(kind)]:
        raise ValueError(f"{kind} have no layout {layout!r}.")
    with transaction.atomic():
        batch = DocumentBatch.objects.create(
            forum=forum,
            kind=kind,
            layout=layout,
            language=language,
            chosen=[str(key) for key in chosen],
            total=len(chosen),
            created_by=by,
        )
        record("documents.ordered", batch, actor=by, changes={"total": ("", len(chosen))})
        call_on_commit(TASK)
    return batch


_LAYOUTS: dict[str, Collection[str]] = {
    Kind.BADGES: BadgeLayout.values,
    Kind.TICKETS: [""],
    Kind.CERTIFICATES: Certificate.Kind.values,
}


def stop_batch(batch: DocumentBatch, *, by: User | None) -> None:
    """Stop what is waiting or being made. Raises Conflict when it is finished already."""
    with transaction.atomic():
        going_on = DocumentBatch.objects.filter(pk=batch.pk, status__in=[Status.WAITING, Status.WORKING])
        if not going_on.update(status=Status.STOPPED, lease_until=None, finished_at=timezone.now()):
            raise Conflict(gettext_lazy("It is finished already."))
        record("documents.stopped", batch, actor=by)


def make_next() -> bool:
    """Make the batch that has waited longest; say whether there was one."""
    job = _claimed()
    if job is None:
        return False
    with suppress(_NotMine):
        try:
            content = _made(job)
        except _NotMine:
            raise
        except Exception as error:
            logger.exception("The batch %s could not be made.", job.batch.pk)
            job.finish(status=Status.FAILED, error=f"{type(error).__name__}: {error}"[:300])
        else:
            if job.pages:
                _hand_in(job, content)
            else:
                job.finish(status=Status.FAILED, error=NOBODY, done=job.batch.total, outcome=job.outcome)
    return True


def delete_expired(now: datetime | None = None) -> int:
    """Delete the files whose time is over, and say how many; the rows stay, without whom they were about."""
    due = DocumentBatch.objects.filter(expires_at__lte=now or timezone.now()).exclude(file="", chosen=[])
    count = 0
    for batch in due:
        name = batch.file.name
        # The row first: a file that nobody names can be deleted again, one that is gone cannot be fetched.
        if DocumentBatch.objects.filter(pk=batch.pk, expires_at=batch.expires_at).update(file="", chosen=[]):
            private_files().delete(name) if name else None
            count += 1
    return count


@dataclass(slots=True)
class _Job:
    """A batch, and the lease by which this worker holds it."""

    batch: DocumentBatch
    lease: datetime
    told: int = 0
    # How many people have a page in it.
    pages: int = 0
    outcome: dict[str, Any] = field(default_factory=dict)

    def tell(self, done: int) -> None:
        """Say how far it is, and hold the batch for a while longer. Raises _NotMine."""
        if done - self.told < _TELL_EVERY and done != self.batch.total:
            return
        lease = timezone.now() + LEASE
        if not self._mine().update(done=done, lease_until=lease):
            raise _NotMine
        self.told, self.lease = done, lease

    def finish(self, **values: Any) -> None:
        """Write what became of it. Raises _NotMine."""
        now = timezone.now()
        # Also what failed stops naming people when its time is over.
        ended = {"lease_until": None, "finished_at": now, "expires_at": now + KEPT}
        if not self._mine().update(**ended, **values):
            raise _NotMine

    def _mine(self) -> Any:
        return DocumentBatch.objects.filter(pk=self.batch.pk, status=Status.WORKING, lease_until=self.lease)


def _claimed() -> _Job | None:
    now = timezone.now()
    left_behind = Q(status=Status.WORKING, lease_until__lt=now)
    with transaction.atomic():
        # The race: two workers look for work at the same moment. Each takes a row that the other skips.
        batch = (
            DocumentBatch.objects.select_for_update(skip_locked=True)
            .filter(Q(status=Status.WAITING) | left_behind)
            .order_by("created_at")
            .first()
        )
        if batch is None:
            return None
        if batch.tries >= MOST_TRIES:
            batch.status, batch.finished_at, batch.expires_at = Status.FAILED, now, now + KEPT
            batch.error = KILLS
            batch.lease_until = None
            batch.save(update_fields=["status", "finished_at", "expires_at", "error", "lease_until"])
            return None
        lease = now + LEASE
        DocumentBatch.objects.filter(pk=batch.pk).update(
            status=Status.WORKING, lease_until=lease, done=0, tries=F("tries") + 1
        )
    return _Job(batch, lease)


def _made(job: _Job) -> bytes:
    batch = job.batch
    with translation.override(batch.language or translation.get_language()):
        if batch.kind == Kind.BADGES:
            return render_badges(_people(job), batch.layout, batch.language, progress=job.tell)
        if batch.kind == Kind.TICKETS:
            return render_tickets(_people(job), progress=job.tell)
        return render_certificates(_certificates(job))


def _people(job: _Job) -> Iterator[Registration]:
    """Yield those who still have a ticket, in the order chosen, some hundred at a time."""
    for keys in _portions(job.batch):
        rows = Registration.objects.confirmed().filter(forum=job.batch.forum_id)
        found = rows.select_related("type", "forum__venue").in_bulk(keys)
        here = [found[key] for key in keys if key in found]
        named = job.outcome.setdefault("unprintable", [])
        named += [person.code for person in unsettable(here)][: _MOST_NAMED - len(named)]
        job.pages += len(here)
        yield from here


def _certificates(job: _Job) -> Iterator[tuple[Certificate, str]]:
    """Issue what was earned, and yield every valid certificate, each in its holder's language."""
    batch = job.batch
    counts = job.outcome
    counts.update(issued=0, without=0, revoked=0)
    done = 0
    for keys in _portions(batch):
        issued = issue_certificates(keys, forum=batch.forum, kind=batch.layout, by=batch.created_by)
        counts["issued"] += issued.new
        counts["without"] += len(issued.without)
        counts["revoked"] += len(issued.revoked)
        valid = {certificate.registration_id: certificate for certificate in issued.certificates}
        languages = dict(Registration.objects.filter(pk__in=keys).values_list("pk", "language"))
        for key in keys:
            done += 1
            job.tell(done)
            if key in valid:
                certificate = valid[key]
                certificate.forum = batch.forum
                job.pages += 1
                yield certificate, batch.language or languages[key]


def _portions(batch: DocumentBatch) -> Iterator[list[UUID]]:
    keys = [UUID(key) for key in batch.chosen]
    for first in range(0, len(keys), _AT_ONCE):
        yield keys[first : first + _AT_ONCE]


def _hand_in(job: _Job, content: bytes) -> None:
    """Store the file and say that it is there. Raises _NotMine, and leaves no file behind then."""
    storage, batch = private_files(), job.batch
    name = storage.save(f"batches/{batch.pk}.pdf", ContentFile(content))
    try:
        job.finish(status=Status.READY, file=name, done=batch.total, outcome=job.outcome)
    except BaseException:
        storage.delete(name)
        raise
