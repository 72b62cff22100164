"""Who gets a mail to a group, at which address and in which language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import Lower

from core.i18n import FALLBACKS, LANGUAGE_CODES, texts_of
from registrations.groups import agreed_to, members, read_group
from registrations.models import Broadcast, Consent, Registration
from registrations.models.registration import ENDED, LIVE


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many people of one language get the mail, and in which language; None where it has no text."""

    language: str
    people: int
    read_in: str | None

    @property
    def is_fallback(self) -> bool:
        """True when they get another language than theirs."""
        return self.read_in != self.language


def audience(broadcast: Broadcast) -> QuerySet[Registration]:
    """Return the registrations that are written to.

    News goes to those alone who agree to the newsletter, at their own address. Of several registrations of
    one address the one that has not ended gets the mail, or else the last: nobody gets it twice. Once
    sending began, nobody joins.
    """
    found = members(broadcast.forum, read_group(broadcast.chosen))
    if broadcast.purpose == Broadcast.Purpose.NEWS:
        found = found.filter(agreed_to(Consent.Kind.NEWSLETTER)).exclude(email="")
    if broadcast.started_at:
        found = found.filter(created_at__lte=broadcast.started_at)
    others = Registration.objects.alias(address=Lower("email")).filter(
        Q(status__in=LIVE) | Q(created_at__gt=OuterRef("created_at")),
        forum=broadcast.forum_id,
        address=Lower(OuterRef("email")),
        erased_at=None,
    )
    superseded = Q(status__in=ENDED) & Exists(others.exclude(pk=OuterRef("pk")))
    return found.exclude(superseded)


# Members of a delegation without an address of their own are written to by way of their lead.
READ_LANGUAGE = Case(When(email="", then=F("delegation__language")), default=F("language"))


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a mail about a registration goes to."""

    email: str
    name: str
    language: str


def reader_of(registration: Registration) -> Reader:
    """Return the person herself, or the lead of her delegation when she has no address of her own."""
    lead = registration.delegation
    if registration.email or lead is None:
        return Reader(registration.email, registration.name, registration.language)
    return Reader(lead.email, lead.lead_name, lead.language)


def coverage(broadcast: Broadcast) -> list[Coverage]:
    """Count the readers by language, and say in which they read it. One query."""
    readers = audience(broadcast).annotate(read_language=READ_LANGUAGE).order_by()
    by_language = dict(readers.values_list("read_language").annotate(Count("pk")))
    written = set(written_languages(broadcast))
    return [
        Coverage(code, by_language[code], next((one for one in FALLBACKS[code] if one in written), None))
        for code in LANGUAGE_CODES
        if by_language.get(code)
    ]


def written_languages(broadcast: Broadcast) -> Iterator[str]:
    """Yield the languages in which there is both a subject and a text."""
    subjects, bodies = texts_of(broadcast, "subject"), texts_of(broadcast, "body")
    return (code for code in LANGUAGE_CODES if subjects[code] and bodies[code])
