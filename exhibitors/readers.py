"""To whom mails about an exhibitor go: its managers, each in her own language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from exhibitors.models import Exhibitor, ExhibitorManager


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a mail goes to. ``key`` tells the readers of one exhibitor apart."""

    email: str
    name: str
    language: str
    key: str


def readers_of(exhibitors: Iterable[Exhibitor]) -> dict[int, list[Reader]]:
    """Return by exhibitor who manages it; the contact person as long as nobody has an account. One query."""
    exhibitors = list(exhibitors)
    found: dict[int, list[Reader]] = {exhibitor.pk: [] for exhibitor in exhibitors}
    managers = ExhibitorManager.objects.accepted().filter(exhibitor__in=list(found), user__is_active=True)
    for manager in managers.select_related("user").order_by("exhibitor", "pk"):
        user = manager.user
        assert user is not None  # noqa: S101 - those who accepted have accounts
        reader = Reader(user.email, user.name or manager.name, user.language, str(manager.pk))
        found[manager.exhibitor_id].append(reader)
    for exhibitor in exhibitors:
        if not found[exhibitor.pk] and exhibitor.contact_email:
            name = exhibitor.contact_name or str(exhibitor.organization)
            found[exhibitor.pk] = [Reader(exhibitor.contact_email, name, exhibitor.language, "contact")]
    return found
