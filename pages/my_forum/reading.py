"""Who asks, and what she has of the forum: read from her account, or from her browser's cookie."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from accounts.addresses import proven_addresses
from accounts.models import User
from events.agenda import Agenda
from events.invitations import invitations_of
from events.models import Star
from events.stars import stars_of
from pages.my_forum.choices import Choices, Mark, Marks
from registrations.models import Registration, SeatBooking
from registrations.seats import registrations_of


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever asks. Without an account nothing is known of her."""

    user: User | None
    addresses: Collection[str] = ()
    registrations: Sequence[Registration] = ()


def person_of(user: User | AnonymousUser, forum_id: int) -> Person:
    """Return what is known of ``user``: her proven addresses, and her live registrations. Two queries."""
    if not isinstance(user, User):
        return Person(None)
    addresses = proven_addresses(user)
    return Person(user, addresses, registrations_of(user, addresses, forum_id))


def choices_of(person: Person, forum_id: int, agenda: Agenda) -> Choices:
    """Return what the person of an account has of the forum. A constant number of queries."""
    return Choices(
        stars=_stars(person, forum_id),
        seats=_seats(person),
        invitations=invitations_of(person.addresses, forum_id, agenda),
    )


def visitors_choices(request: HttpRequest, person: Person, forum_id: int, agenda: Agenda) -> Choices:
    """Return what whoever asks has of the forum; somebody without an account has stars alone."""
    if person.user is not None:
        return choices_of(person, forum_id, agenda)
    starred = stars_of(request, forum_id)
    return Choices(stars={str(uid): Mark(True, 1, agenda.published_at) for uid in starred})


def _stars(person: Person, forum_id: int) -> Marks:
    rows = Star.objects.filter(user=person.user, session__forum=forum_id)
    columns = ("session__uid", "starred_at", "removed_at", "turns")
    return {
        str(uid): Mark(removed_at is None, turns, removed_at or starred_at)
        for uid, starred_at, removed_at, turns in rows.values_list(*columns)
    }


def _seats(person: Person) -> Marks:
    """Return the seats of her registrations; two people behind one account share what they hold."""
    rows = SeatBooking.objects.filter(registration__in=person.registrations)
    marks: dict[str, Mark] = {}
    columns = ("session__uid", "booked_at", "released_at", "turns")
    for uid, booked_at, released_at, turns in rows.values_list(*columns):
        other = marks.get(str(uid), Mark(False, 0, booked_at))
        at = max(other.at, released_at or booked_at)
        marks[str(uid)] = Mark(other.is_live or released_at is None, other.turns + turns, at)
    return marks
