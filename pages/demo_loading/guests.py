"""The invented guests, registered the way visitors register: with a consent, a ticket and a mail."""

import uuid

from django.db import transaction

from events.models import Forum
from pages.demo.guests import GUESTS, GuestRecord
from registrations.consents import consent_in
from registrations.models import Registration, RegistrationType
from registrations.services import PersonDetails, cancel_registration, register


@transaction.atomic
def load_guests(forum: Forum) -> int:
    """
    Register the guests unless some of them are there, and return how many were registered.

    The outbox sends their mails. Call it after the agenda was published, outside that transaction:
    tickets say when the forum begins.
    """
    if Registration.objects.filter(form_token__in=[form_token_of(guest.slug) for guest in GUESTS]).exists():
        return 0
    types = {kind.slug: kind for kind in RegistrationType.objects.filter(forum=forum)}
    for guest in GUESTS:
        _register(guest, forum=forum, kind=types[guest.type])
    return len(GUESTS)


def _register(guest: GuestRecord, *, forum: Forum, kind: RegistrationType) -> None:
    registration = register(
        forum=forum,
        type=kind,
        form_token=form_token_of(guest.slug),
        details=PersonDetails(
            name=guest.name,
            email=guest.email,
            organization_name=guest.organization,
            country=guest.country,
            language=guest.language,
        ),
        consents=[consent_in(forum, guest.language)],
    )
    if guest.cancelled:
        cancel_registration(registration, by=None, reason=guest.cancelled)


def form_token_of(slug: str) -> uuid.UUID:
    """The same for one guest in every run, and so the key by which she is found again."""
    return uuid.uuid5(uuid.NAMESPACE_DNS, f"{slug}.guest.forum.example")
