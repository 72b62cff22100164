"""Groups of people chosen by what is known of them: for mails, badges, exports and approvals.

A group is stored as JSON, such as ``{"types": [3, 4], "countries": ["KR"], "arrival": "came"}``. Within one
filter anything fits, between filters everything has to. A group always lies in one forum; people whose
registration has ended belong to it only where ``statuses`` names how it ended, erased ones never.
"""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.countries import country_codes
from core.errors import DomainError
from core.i18n import LANGUAGE_CODES
from events.models import Forum
from registrations.models import Answer, Consent, Registration, SeatBooking, SeatWait
from registrations.models.registration import LIVE

# More in one filter is a slip or an attack; a list by hand is as long as a list page lets one tick.
MOST_CHOSEN = 2000
BIGGEST_KEY = 2**63 - 1
CAME, NEVER_CAME = "came", "never_came"
# Details that may be missing, and what is then empty.
DETAILS = ("email", "latin_name", "job_title", "organization_name")


class UnreadableGroup(DomainError):
    """A stored or sent group holds something that no group holds."""

    status = 400

    def __init__(self) -> None:
        super().__init__(_("This choice of people cannot be read. Please choose them again."))


@dataclass(frozen=True, slots=True)
class Group:
    """Who is chosen. An empty filter lets everybody through.

    ``seats`` and ``waits`` hold uids of sessions, ``delegations`` and ``people`` ids, ``options`` keys of
    answers to choose, ``consents`` purposes that are agreed to now, ``missing`` details that are empty,
    ``without_languages`` languages of mails that are left out. ``people`` narrows the group down to those
    chosen by hand, ``without`` leaves people out by hand. Days are those of the forum's clock, both included.
    """

    types: tuple[int, ...] = ()
    countries: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    arrival: str = ""
    seats: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()
    delegations: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    without_languages: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    registered_from: date | None = None
    registered_until: date | None = None
    consents: tuple[str, ...] = ()
    options: tuple[int, ...] = ()
    people: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the filters that are set, for ``Broadcast.chosen`` and its like."""
        found: dict[str, Any] = {}
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if value:
                found[field.name] = value.isoformat() if isinstance(value, date) else _plain(value)
        return found


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


# --- Reading --------------------------------------------------------------------------------------


def _key(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= BIGGEST_KEY:
        raise UnreadableGroup
    return value


def _uuid(value: Any) -> str:
    try:
        return str(uuid.UUID(value))
    except (ValueError, TypeError, AttributeError) as error:
        raise UnreadableGroup from error


def _one_of(known: Callable[[], Any]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in known():
            raise UnreadableGroup
        return value

    return read


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (ValueError, TypeError) as error:
        raise UnreadableGroup from error


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "types": _key,
    "countries": _one_of(country_codes),
    "statuses": _one_of(lambda: Registration.Status.values),
    "seats": _uuid,
    "waits": _uuid,
    "delegations": _uuid,
    "languages": _one_of(lambda: LANGUAGE_CODES),
    "without_languages": _one_of(lambda: LANGUAGE_CODES),
    "missing": _one_of(lambda: DETAILS),
    "consents": _one_of(lambda: Consent.Kind.values),
    "options": _key,
    "people": _uuid,
    "without": _uuid,
}
_SINGLE: Mapping[str, Callable[[Any], Any]] = {
    "arrival": _one_of(lambda: (CAME, NEVER_CAME)),
    "registered_from": _day,
    "registered_until": _day,
}


def read_group(chosen: Any) -> Group:
    """Return the group that JSON describes; raises UnreadableGroup for whatever is none."""
    if not isinstance(chosen, dict):
        raise UnreadableGroup
    found: dict[str, Any] = {}
    for name, value in chosen.items():
        if name in _SINGLE:
            found[name] = _SINGLE[name](value)
        elif name in _READERS and isinstance(value, list) and len(value) <= MOST_CHOSEN:
            found[name] = tuple(dict.fromkeys(_READERS[name](one) for one in value))
        else:
            raise UnreadableGroup
    return Group(**found)


# --- Who is in it ---------------------------------------------------------------------------------


def members(forum: Forum, group: Group) -> QuerySet[Registration]:
    """Return the registrations of ``forum`` that are in ``group``: one query, whatever it holds."""
    found = Registration.objects.filter(forum=forum, erased_at=None)
    found = found.filter(status__in=group.statuses or LIVE)
    for lookup, values in (
        ("type__in", group.types),
        ("country__in", group.countries),
        ("delegation__in", group.delegations),
        ("language__in", group.languages),
        ("pk__in", group.people),
    ):
        if values:
            found = found.filter(**{lookup: values})
    found = found.exclude(language__in=group.without_languages).exclude(pk__in=group.without)
    if group.arrival:
        found = found.filter(arrived_at__isnull=group.arrival == NEVER_CAME)
    if group.missing:
        found = found.filter(_any_empty(group.missing))
    if group.registered_from:
        found = found.filter(created_at__gte=_midnight(forum, group.registered_from))
    if group.registered_until:
        found = found.filter(created_at__lt=_midnight(forum, group.registered_until + timedelta(days=1)))
    return _with_relations(found, group)


def _with_relations(found: QuerySet[Registration], group: Group) -> QuerySet[Registration]:
    """Filter by what lies in other tables, each asked with EXISTS, so that nobody is found twice."""
    if group.seats:
        found = found.filter(_has(SeatBooking.objects.live().filter(session__uid__in=group.seats)))
    if group.waits:
        found = found.filter(_has(SeatWait.objects.filter(ended_at=None, session__uid__in=group.waits)))
    if group.options:
        found = found.filter(_has(Answer.objects.filter(options__in=group.options)))
    for kind in group.consents:
        # Agreed to each of them: who may be written to and photographed.
        found = found.filter(agreed_to(kind))
    return found


def agreed_to(kind: str) -> Exists:
    """Return the condition that a registration agrees to a purpose now."""
    return _has(Consent.objects.filter(kind=kind, withdrawn_at=None))


def _has(rows: QuerySet[Any]) -> Exists:
    return Exists(rows.filter(registration=OuterRef("pk")))


def _any_empty(details: tuple[str, ...]) -> Q:
    missing = Q()
    for name in details:
        missing |= Q(**{name: ""})
    return missing


def _midnight(forum: Forum, day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=forum.zone)
