"""A forum that is founded from a schedule file: its name, days, zone and venue; nothing is shown yet."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.audit import difference, state_of
from accounts.models import User
from core import audit
from core.errors import DomainError
from core.locking import short_transaction
from events.imports.places import is_slug
from events.imports.rows import ScheduleFile, Sentence
from events.models import Forum, Venue


class CannotFound(DomainError):
    """The file does not say enough of the conference."""


def found_forum(
    *,
    slug: str,
    file: ScheduleFile,
    by: User | None,
    language: str = "",
    time_zone: str = "",
    country: str = "",
    actor_label: str = "",
) -> Forum:
    """Create the forum that ``file`` describes, with its venue, and return it.

    ``language`` is that of the conference's title where the file does not say; ``time_zone`` and
    ``country`` (ISO 3166) go before what the file says. The site goes on showing the forum it shows.
    Raises CannotFound when name, days or zone are missing.
    """
    conference = file.conference
    zone = time_zone or conference.zone
    first, last = _days(file)
    columns = dict(conference.forum) or _columns(file, file.language or language)
    if not is_slug(slug, 80):
        raise CannotFound(str(Sentence(_("“%(text)s” is no short name."), {"text": slug})))
    if not columns:
        raise CannotFound(_("The file does not name the conference, or not in which language."))
    if first is None or last is None:
        raise CannotFound(_("The file does not say on which days the conference is."))
    if not zone:
        raise CannotFound(_("The file does not name the time zone of the conference."))
    with short_transaction():
        venue = _venue(slug, file, columns, country, by=by, actor_label=actor_label)
        columns |= {"first_day": first, "last_day": last, "time_zone": zone}
        forum = Forum(slug=slug, venue=venue, **{"main_day": first, **columns})
        _save(forum, by=by, actor_label=actor_label)
    return forum


def _columns(file: ScheduleFile, language: str) -> dict[str, Any]:
    """The names of a conference that has one language."""
    title, acronym = file.conference.title, file.conference.acronym
    if not (title and language):
        return {}
    return {f"name_{language}": title, f"short_name_{language}": (acronym or title)[:80]}


def _days(file: ScheduleFile) -> tuple[date | None, date | None]:
    """The days that the file names, widened to those on which something begins."""
    conference = file.conference
    begun = [row.start.date() for row in file.rows if row.start is not None]
    days = sorted({*begun, *(day for day in (conference.first_day, conference.last_day) if day)})
    if not days:
        return None, None
    # A file that names its days knows them; one that does not has at least those of its sessions.
    first, last = conference.first_day or days[0], conference.last_day or days[-1]
    return (first, last) if first <= last else (days[0], days[-1])


def _venue(
    slug: str, file: ScheduleFile, forum: dict[str, Any], country: str, *, by: User | None, actor_label: str
) -> Venue:
    """The venue of the file if it is here already, else a new one, named after the conference."""
    called = {name: text for name, text in forum.items() if name.startswith("name_")}
    columns = dict(file.conference.venue) or {**called, "slug": slug}
    if country:
        columns["country"] = country
    known = Venue.objects.filter(slug=columns["slug"]).first()
    if known is not None:
        return known
    venue = Venue(**columns)
    _save(venue, by=by, actor_label=actor_label)
    return venue


def _save(thing: Forum | Venue, *, by: User | None, actor_label: str) -> None:
    thing.save(force_insert=True)
    audit.record(
        f"{thing._meta.model_name}.created",
        thing,
        actor=by,
        actor_label=actor_label,
        changes=difference({}, state_of(thing)),
    )
