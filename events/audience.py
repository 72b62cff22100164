"""Who wants to know what happens to a session: asked of every app that knows some of them.

Speakers, guests and those who starred it are known here. Apps that stand above register a source of their
own in ``AppConfig.ready``: who holds a seat.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models.functions import Lower

from accounts.models import User
from events.models import AgendaNotice, SessionGuest, SessionSpeaker, Star

Reason = AgendaNotice.Reason
# Guests without an account have never told which language they read.
GUESTS_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Listener:
    """One person and one session. ``reason`` is one of ``AgendaNotice.Reason``, ``language`` the mail's."""

    email: str
    name: str
    language: str
    reason: str
    session_uid: uuid.UUID


Source = Callable[[Collection[uuid.UUID]], Iterable[Listener]]

_sources: list[Source] = []


def register_source(source: Source) -> None:
    """Ask ``source`` too. It gets the sessions' uids and must answer with a constant number of queries."""
    if source not in _sources:
        _sources.append(source)


def listeners(uids: Collection[uuid.UUID]) -> Iterator[Listener]:
    """Yield everybody whom a source knows, once for each session and reason."""
    for source in _sources:
        yield from source(uids)


def speakers(uids: Collection[uuid.UUID]) -> Iterator[Listener]:
    """Yield whoever has a part in a session of the draft and an address. One query."""
    found = SessionSpeaker.objects.filter(session__uid__in=uids).exclude(speaker__email="")
    for part in found.select_related("speaker", "session"):
        person = part.speaker
        yield Listener(
            person.email,
            person.display_name(person.language),
            person.language,
            Reason.SPEAKER,
            part.session.uid,
        )


def guests(uids: Collection[uuid.UUID]) -> Iterator[Listener]:
    """Yield whoever is invited to a session, in the language of her account if she has one. Two queries."""
    found = list(SessionGuest.objects.filter(session__uid__in=uids).select_related("session"))
    addresses = {guest.email.lower() for guest in found}
    known = User.objects.annotate(address=Lower("email")).filter(address__in=addresses)
    languages = dict(known.values_list("address", "language")) if addresses else {}
    for guest in found:
        yield Listener(
            guest.email,
            guest.name,
            languages.get(guest.email.lower(), GUESTS_LANGUAGE),
            Reason.GUEST,
            guest.session.uid,
        )


def starred_by(uids: Collection[uuid.UUID]) -> Iterator[Listener]:
    """Yield whoever starred a session and can still sign in. One query."""
    found = Star.objects.live().filter(session__uid__in=uids, user__is_active=True)
    columns = ("user__email", "user__name", "user__language", "session__uid")
    for email, name, language, uid in found.values_list(*columns):
        yield Listener(email, name, language, Reason.STAR, uid)
