"""What apps above keep about registrations: they are asked wherever a person's data are shown or erased."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

if TYPE_CHECKING:
    from registrations.models import Registration
    from registrations.own_data.records import Section, Writer


@dataclass(frozen=True, slots=True)
class OwnLink:
    """A link on the page of a registration; ``asks`` is true when its holder is asked for something there."""

    title: str
    text: str
    url: str
    asks: bool


@dataclass(frozen=True, slots=True)
class Attached:
    """One app's part.

    ``own_data`` returns what of it belongs into a person's export, ``own_link`` the way to it from her page,
    ``count`` says in how many rows something of these registrations stands, and ``erase`` takes it away, in
    the caller's transaction, and says from how many. ``consent_withdrawn`` hears, in the transaction, that
    the holder takes a consent back.
    """

    own_data: Callable[[Writer, Registration], Section]
    own_link: Callable[[Registration], OwnLink | None]
    count: Callable[[QuerySet[Registration]], int]
    erase: Callable[[QuerySet[Registration]], int]
    consent_withdrawn: Callable[[Registration, str], None]


_parts: list[Attached] = []


def register(part: Attached) -> None:
    """Ask ``part`` too. Twice is once."""
    if part not in _parts:
        _parts.append(part)


def attached_parts() -> list[Attached]:
    """Return what the apps above have registered."""
    return list(_parts)


def own_links(registration: Registration) -> list[OwnLink]:
    """Return the links that stand on the page of a registration."""
    return [link for part in _parts if (link := part.own_link(registration))]
