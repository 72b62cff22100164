"""Which exhibitors a message to many goes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from events.models import Forum
from exhibitors.duties.reading import matrix_of
from exhibitors.models import BoothBooking, Exhibitor
from exhibitors.models.booking import LIVE


@dataclass(frozen=True, slots=True)
class Choice:
    """By what exhibitors are chosen; what is empty chooses nobody out.

    ``types`` are keys of booth types, ``statuses`` those of live bookings, ``countries`` ISO codes,
    ``overdue`` is the key of a task that is late, or "any".
    """

    types: Sequence[int] = field(default_factory=tuple)
    statuses: Sequence[str] = field(default_factory=tuple)
    countries: Sequence[str] = field(default_factory=tuple)
    overdue: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it as a message keeps it."""
        return {
            "types": list(self.types),
            "statuses": list(self.statuses),
            "countries": list(self.countries),
            "overdue": self.overdue,
        }


def read_choice(stored: Mapping[str, Any]) -> Choice:
    """Return what a message keeps."""
    return Choice(
        types=tuple(stored.get("types", ())),
        statuses=tuple(stored.get("statuses", ())),
        countries=tuple(stored.get("countries", ())),
        overdue=stored.get("overdue", ""),
    )


def chosen_in(forum: Forum, choice: Choice, *, now: datetime) -> list[Exhibitor]:
    """Return the exhibitors of a forum whom ``choice`` means, by their names in addresses."""
    rows = Exhibitor.objects.filter(forum=forum, withdrawn_at=None).select_related("organization", "forum")
    if choice.countries:
        rows = rows.filter(organization__country__in=choice.countries)
    if choice.types or choice.statuses:
        bookings = BoothBooking.objects.filter(exhibitor=OuterRef("pk"), status__in=choice.statuses or LIVE)
        if choice.types:
            bookings = bookings.filter(type__in=choice.types)
        rows = rows.filter(Exists(bookings))
    found = list(rows.order_by("slug"))
    if choice.overdue:
        late = {
            line.exhibitor.pk
            for line in matrix_of(forum, now=now).lines
            if line.is_late and choice.overdue in {"any", str(line.task.pk)}
        }
        found = [exhibitor for exhibitor in found if exhibitor.pk in late]
    return found
