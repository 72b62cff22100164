"""Registering the people of an organizer's list: shown first, then each for herself, and twice is once."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError
from events.models import Forum
from registrations.consents import consent_in
from registrations.models import Registration, RegistrationType
from registrations.people.planning import Defaults, PlannedPerson, plan_people
from registrations.people.reading import PeopleSheet, text_of
from registrations.services import register

# Of one list. Each person takes some hundredths of a second, and a page should answer within a few
# seconds: a long list is registered in several goes, each of which goes on where the one before ended.
MOST_PEOPLE: Final = 5_000
AT_ONCE: Final = 200
# Names the rows of lists, so that the same list again finds the registrations it made.
_LISTS: Final = uuid.UUID("6e2d1c0a-4f0e-5b9d-9a55-2f6f3c2f7b11")


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What importing a list would do. ``text`` is the list again, ``digest`` what the organizer saw of it."""

    forum: Forum
    people: Sequence[PlannedPerson]
    left_out: Sequence[str]
    known: frozenset[str]
    text: str
    digest: str

    @property
    def new(self) -> list[PlannedPerson]:
        """Those who would be registered: without a fault, and not there already."""
        return [one for one in self.people if not one.errors and one.email not in self.known]

    @property
    def next(self) -> list[PlannedPerson]:
        """Those of ``new`` whom ``import_people`` registers in one go."""
        return self.new[:AT_ONCE]

    @property
    def valid(self) -> list[PlannedPerson]:
        """Those who are registered, or would be."""
        return [one for one in self.people if not one.errors]

    @property
    def refused(self) -> list[PlannedPerson]:
        """Those who cannot be registered as the list has them."""
        return [one for one in self.people if one.errors]

    @property
    def unchanged(self) -> list[PlannedPerson]:
        """Those whose address is registered already; they stay as they are."""
        return [one for one in self.people if not one.errors and one.email in self.known]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a list. ``failed`` are people whose place or address was lost since the preview."""

    confirmed: int
    waiting: int
    failed: Sequence[tuple[PlannedPerson, str]]


def plan_import(
    forum: Forum,
    sheet: PeopleSheet,
    *,
    type: RegistrationType,  # noqa: A002 # the word of the form, the admin and the model
    country: str,
    language: str,
) -> ImportPlan:
    """Return what importing ``sheet`` would do; ``type`` and the rest hold where it says nothing."""
    types = list(RegistrationType.objects.filter(forum=forum))
    defaults = Defaults(type, "–", country, language)
    people = plan_people(sheet, types=types, defaults=defaults, needs_email=True)
    for person in people:
        if person.organization_name == defaults.organization_name and not person.errors:
            person.errors.append(_("The organization is missing."))
    addresses = {person.email for person in people if person.email}
    live = (
        Registration.objects.live().alias(address=Lower("email")).filter(forum=forum, address__in=addresses)
    )
    seen = repr([(forum.pk, type.pk, country, language), *map(_said_by, people)])
    return ImportPlan(
        forum,
        people,
        sheet.left_out,
        frozenset(live.values_list(Lower("email"), flat=True)),
        text_of(sheet),
        hashlib.sha256(seen.encode()).hexdigest()[:16],
    )


def _said_by(person: PlannedPerson) -> tuple[object, ...]:
    # Not its row: the same person stands in another one once a file is shown as text.
    return (
        *(person.type.pk, person.name, person.latin_name, person.job_title, person.organization_name),
        *(person.email, person.country, person.language, person.precedence, person.errors),
    )


def import_people(plan: ImportPlan, *, by: User) -> Imported:
    """Register the next who can be. Each is a transaction of its own: the same list again goes on."""
    confirmed = waiting = 0
    failed: list[tuple[PlannedPerson, str]] = []
    for person in plan.next:
        try:
            made = register(
                forum=plan.forum,
                type=person.type,
                form_token=uuid.uuid5(_LISTS, f"{plan.digest}:{person.number}"),
                details=person.details,
                consents=[consent_in(plan.forum, person.language)],
                precedence=person.precedence,
                by=by,
            )
        except DomainError as error:
            failed.append((person, str(error)))
        else:
            confirmed += made.is_confirmed
            waiting += not made.is_confirmed
    return Imported(confirmed, waiting, failed)
