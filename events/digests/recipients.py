"""Whom the changes of a release touch."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from events.agenda_changes import ChangeKind, SessionChange, changes_between
from events.agenda_document import Document
from events.audience import Listener, Reason, listeners
from events.digests.news import is_news
from events.withdrawals import confidential_among
from speakers.models import Speaker

# In this order reasons are listed, and the first one's name and language are taken.
REASONS = tuple(Reason.values)


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person to write to: why, and of which sessions, in the order of the changes."""

    email: str
    name: str
    language: str
    reasons: tuple[str, ...]
    session_uids: tuple[uuid.UUID, ...]


def recipients(old: Document | None, new: Document) -> list[Recipient]:
    """Return everybody who is told when ``new`` follows ``old``, by name. As many queries as sources."""
    changes = {uuid.UUID(change.uid): change for change in changes_between(old, new).sessions}
    if not changes:
        return []
    heard = _by_person(chain(listeners(changes), _earlier_speakers(changes.values())))
    secret = _hidden(changes.values())
    found = [_recipient(those, changes, secret) for those in heard]
    return sorted((one for one in found if one), key=lambda one: (one.name, one.email))


def _hidden(changes: Iterable[SessionChange]) -> Collection[str]:
    """Return the sessions that have become confidential: those who take part are told by other ways."""
    return confidential_among([change.uid for change in changes if change.kind == ChangeKind.REMOVED])


def _earlier_speakers(changes: Iterable[SessionChange]) -> Iterator[Listener]:
    """Yield who had a part before: taken out since, or the session is deleted. One query."""
    parts = [
        (part["speaker"], change.uid)
        for change in changes
        if change.before
        for part in change.before["people"]
    ]
    people = Speaker.objects.exclude(email="").in_bulk({slug for slug, _uid in parts}, field_name="slug")
    for slug, uid in parts:
        person = people.get(slug)
        if person:
            name = person.display_name(person.language)
            yield Listener(person.email, name, person.language, Reason.SPEAKER, uuid.UUID(uid))


def _by_person(heard: Iterable[Listener]) -> Iterable[list[Listener]]:
    """Bring together what belongs to one address, whatever its case; leave out what is no address."""
    found: dict[str, list[Listener]] = {}
    for listener in heard:
        if _can_be_written_to(listener.email):
            found.setdefault(listener.email.lower(), []).append(listener)
    for those in found.values():
        yield sorted(those, key=lambda listener: REASONS.index(listener.reason))


def _can_be_written_to(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


def _recipient(
    those: list[Listener], changes: dict[uuid.UUID, SessionChange], secret: Collection[str]
) -> Recipient | None:
    """Return one person with the sessions that are news for her; None when nothing is."""
    language = those[0].language
    why: dict[uuid.UUID, list[str]] = {}
    for listener in those:
        why.setdefault(listener.session_uid, []).append(listener.reason)
    told = {
        uid: reasons
        for uid, reasons in why.items()
        if not (str(uid) in secret and {Reason.SPEAKER, Reason.GUEST} & set(reasons))
        and is_news(changes[uid], reasons, language)
    }
    if not told:
        return None
    because = {reason for reasons in told.values() for reason in reasons}
    return Recipient(
        email=those[0].email,
        name=next((listener.name for listener in those if listener.name), ""),
        language=language,
        reasons=tuple(reason for reason in REASONS if reason in because),
        session_uids=tuple(uid for uid in changes if uid in told),
    )
