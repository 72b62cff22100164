"""Changes that speakers propose: sent in by them, accepted or declined by organizers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import difference, state_of
from accounts.models import User
from core import audit
from core.errors import Conflict, DomainError
from core.i18n import LANGUAGE_CODES
from core.locking import short_transaction
from events import speaker_mails
from events.models import Proposal, Session
from events.services.answers import NoLongerPart, actor_label, locked_speaker
from events.services.forum_lock import lock_forum
from events.services.sessions import write_change
from speakers.models import Speaker

Status = Proposal.Status
# What a speaker may propose: texts about herself, and the text about a session of hers.
OF_SPEAKER = tuple(
    f"{name}_{code}" for name in ("position", "affiliation", "biography") for code in LANGUAGE_CODES
)
OF_SESSION = tuple(f"abstract_{code}" for code in LANGUAGE_CODES)


class DecidedAlready(Conflict):
    """Somebody else accepted, declined or withdrew the proposal first."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(
            _("This proposal is no longer open: %(status)s.") % {"status": proposal.get_status_display()}
        )


class ChangedMeanwhile(Conflict):
    """The text, or the proposal, is no longer what the organizer looked at."""

    def __init__(self) -> None:
        super().__init__(
            _("The text or the proposal was changed after you opened this page. Please look at it again.")
        )


def columns_of(session: Session | None) -> tuple[str, ...]:
    """Return the columns that may be proposed: of a session, or of the speaker where it is None."""
    return OF_SESSION if session else OF_SPEAKER


def subject_of(proposal: Proposal) -> Speaker | Session:
    """Return what the proposal wants to change."""
    return proposal.session or proposal.speaker


def fingerprint(proposal: Proposal) -> str:
    """Return a digest of what the proposal says and of what stands there now: what a person decides on."""
    now = {name: getattr(subject_of(proposal), name) or "" for name in sorted(proposal.fields)}
    # A portrait matters only where one is proposed.
    before = proposal.speaker.portrait.name if proposal.portrait else ""
    portraits = [proposal.portrait.name or "", before or ""]
    seen = json.dumps([proposal.fields, now, portraits], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(seen.encode()).hexdigest()


def is_stale(proposal: Proposal) -> bool:
    """True when the texts were changed after the speaker wrote hers."""
    now = subject_of(proposal)
    return any((getattr(now, name) or "") != text for name, text in proposal.seen.items())


def pending(speaker: Speaker, session: Session | None = None) -> Proposal | None:
    """Return the proposal that waits, about the session or about the speaker herself."""
    found = Proposal.objects.filter(speaker=speaker, session=session, status=Status.PENDING)
    return found.select_related("speaker", "session__forum").first()


def propose(
    speaker: Speaker,
    *,
    session: Session | None = None,
    fields: Mapping[str, str],
    portrait: ContentFile[bytes] | None = None,
) -> Proposal | None:
    """Send in texts, and a portrait made by ``speakers.portraits``; return what waits now, if anything.

    ``fields`` holds every column of :func:`columns_of` as the speaker wants it; only what differs from
    what stands there is kept. What waited before is replaced; a portrait that waits stays until another
    comes. Nothing differing withdraws what waited. Raises NoLongerPart.
    """
    with _stored(speaker, portrait) as stored, short_transaction():
        # The race: one form sent twice, or two windows. The second finds the proposal of the first.
        row = locked_speaker(speaker)
        if session is not None and not session.session_speakers.filter(speaker=row).exists():
            raise NoLongerPart
        subject: Any = Session.objects.get(pk=session.pk) if session else row
        seen = {name: getattr(subject, name) or "" for name in columns_of(session)}
        wanted = {name: fields[name] for name in seen if fields[name] != seen[name]}
        known = pending(row, session)
        picture = stored or (known.portrait.name if known else "")
        if not wanted and not picture:
            if known:
                _close(known, Status.WITHDRAWN, by=None, label=actor_label(row))
            return None
        proposal = known or Proposal(speaker=row, session=session)
        before = {} if known is None else dict(known.fields)
        before_picture = proposal.portrait.name or ""
        proposal.fields, proposal.seen = wanted, {name: seen[name] for name in wanted}
        proposal.created_at = timezone.now()
        if stored:
            _forget_portrait(proposal)
            proposal.portrait.name = stored
        proposal.save()
        changes = difference(before, wanted) | ({"portrait": (before_picture, stored)} if stored else {})
        if changes or known is None:
            audit.record(
                "proposal.changed" if known else "proposal.added",
                proposal,
                actor=None,
                actor_label=actor_label(row),
                changes=changes,
            )
    return proposal


def withdraw_proposal(speaker: Speaker, *, proposal_id: int) -> None:
    """Take back what waits. Raises DecidedAlready when an organizer was faster; twice is once."""
    with short_transaction():
        locked_speaker(speaker)
        proposal = (
            Proposal.objects.select_for_update(of=("self",)).filter(pk=proposal_id, speaker=speaker).first()
        )
        if proposal is None or proposal.status == Status.WITHDRAWN:
            return
        if proposal.status != Status.PENDING:
            raise DecidedAlready(proposal)
        _close(proposal, Status.WITHDRAWN, by=None, label=actor_label(speaker))


@contextmanager
def _stored(speaker: Speaker, portrait: ContentFile[bytes] | None) -> Iterator[str]:
    """Write a proposed portrait where no browser reads, and yield its name; "" when there is none.

    Outside the transaction, whose locks would otherwise wait for the storage. When the block fails, the
    file goes again.
    """
    if portrait is None:
        yield ""
        return
    field = Proposal(speaker=speaker).portrait
    name = field.field.generate_filename(field.instance, portrait.name or "portrait.webp")
    name = field.storage.save(name, portrait)
    try:
        yield name
    except BaseException:
        field.storage.delete(name)
        raise


def accept_proposal(proposal: Proposal, *, by: User, looked_at: str) -> Proposal:
    """Write what the speaker proposed, and tell her; return the proposal as it is now.

    ``looked_at`` is the :func:`fingerprint` of what the organizer saw. Raises ChangedMeanwhile when text
    or proposal are no longer that, and DecidedAlready when somebody else was faster.
    """
    picture = _published_copy(proposal)
    try:
        with _open(proposal) as current:
            _check_same(current, looked_at, proposal.portrait.name or "")
            if current.session is not None:
                write_change(current.session, by=by, fields=current.fields)
            else:
                _write_speaker(current.speaker, current.fields, picture, by=by)
            current.status = Status.ACCEPTED
            speaker_mails.post_decision(current)
            _close(current, Status.ACCEPTED, by=by)
    except BaseException:
        # What was copied for nothing is not left lying where browsers read.
        if picture is not None:
            proposal.speaker.portrait.storage.delete(picture)
        raise
    return current


def _check_same(current: Proposal, looked_at: str, copied: str) -> None:
    """Refuse what the organizer has not seen, texts and the portrait that was copied for her."""
    if fingerprint(current) != looked_at or (current.portrait.name or "") != copied:
        raise ChangedMeanwhile


def decline_proposal(proposal: Proposal, *, by: User, reason: str) -> Proposal:
    """Leave everything as it is, and tell the speaker why.

    Raises DecidedAlready, and DomainError without a reason.
    """
    reason = reason.strip()
    if not reason:
        raise DomainError(_("Please say why: the speaker reads it."), field="reason")
    with _open(proposal) as current:
        current.status, current.reason = Status.DECLINED, reason
        speaker_mails.post_decision(current)
        _close(current, Status.DECLINED, by=by, reason=reason)
    return current


@contextmanager
def _open(proposal: Proposal) -> Iterator[Proposal]:
    """Open the transaction, lock, and yield the proposal read anew with what it is about.

    Raises DecidedAlready.
    """
    with short_transaction():
        # The race: two organizers decide at once, or the speaker writes while one does. Sessions are locked
        # by their forum as everywhere, then the speaker: each waits for the same rows in the same order.
        forum = lock_forum(proposal.session.forum_id) if proposal.session else None
        speaker = locked_speaker(proposal.speaker)
        current = _locked_proposal(proposal.pk)
        if current is None:
            raise Conflict(_("The session of this proposal was removed."))
        current.speaker = speaker
        if forum is not None:
            current.session = Session.objects.select_related("room", "track").get(proposals=current.pk)
            current.session.forum = forum
        if current.status != Status.PENDING:
            raise DecidedAlready(current)
        yield current


def _locked_proposal(pk: int) -> Proposal | None:
    return Proposal.objects.select_for_update(of=("self",)).filter(pk=pk).first()


def _close(proposal: Proposal, status: str, *, by: User | None, label: str = "", reason: str = "") -> None:
    """Write the decision. What is decided needs no picture: an accepted one has a copy of its own."""
    proposal.status, proposal.decided_at, proposal.decided_by = status, timezone.now(), by
    proposal.reason = reason
    _forget_portrait(proposal)
    proposal.save(update_fields=["status", "decided_at", "decided_by", "reason", "portrait"])
    audit.record(
        f"proposal.{status}",
        proposal,
        actor=by,
        actor_label=label,
        changes={"status": (Status.PENDING.value, str(status))},
        reason=reason,
    )


def _forget_portrait(proposal: Proposal) -> None:
    """Take the picture off the row, which the caller saves, and delete its file with the transaction."""
    storage, name = proposal.portrait.storage, proposal.portrait.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))
        proposal.portrait.name = ""


def _published_copy(proposal: Proposal) -> str | None:
    """Copy a proposed portrait to where browsers read portraits; return its name there."""
    if not proposal.portrait:
        return None
    field = proposal.speaker.portrait.field
    with proposal.portrait.storage.open(str(proposal.portrait.name)) as file:
        content = ContentFile(file.read())
    name = field.generate_filename(proposal.speaker, str(proposal.portrait.name).rsplit("/", 1)[-1])
    return field.storage.save(name, content)


def _write_speaker(speaker: Speaker, fields: Mapping[str, str], picture: str | None, *, by: User) -> None:
    before = state_of(speaker)
    for name, text in fields.items():
        setattr(speaker, name, text)
    names = list(fields)
    if picture is not None:
        speaker.portrait.name = picture
        names.append("portrait")
    speaker.save(update_fields=names)
    audit.record("speaker.changed", speaker, actor=by, changes=difference(before, state_of(speaker)))
