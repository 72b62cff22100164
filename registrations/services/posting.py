"""The mail with the ticket, whenever it goes out after the form itself."""

from __future__ import annotations

from registrations import mails, mails_places
from registrations.models import Registration
from registrations.occasion import Occasion
from registrations.seat_wishes import seats_of


def post_ticket(
    row: Registration,
    occasion: Occasion,
    *,
    kind: str = mails.CONFIRMED,
    occurrence: str | int | None = None,
) -> None:
    """Write the mail with the ticket: with every seat its holder has by now, and those she waits for."""
    occurrence = row.link_version if occurrence is None else occurrence
    mails.post(kind, row, occasion, occurrence=occurrence, more=seats_of(row).snapshot())


def post_state(row: Registration, occasion: Occasion, *, occurrence: str | int) -> None:
    """Write the mail that says how things stand with a live registration, with its link."""
    kind = mails_places.OF_STATUS.get(row.status)
    if kind is None:
        post_ticket(row, occasion, occurrence=occurrence)
    else:
        mails.post(kind, row, occasion, occurrence=occurrence, more=mails_places.facts_of(row))
