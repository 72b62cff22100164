"""A day once more: every session of one day as a new session on another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from accounts.models import User
from core import dates
from core.i18n import LANGUAGE_CODES, current_language
from core.moment_field import in_zone
from events.bulk.plan import Line, Plan, new_clashes, place_in_words
from events.clashes.reading import span_of
from events.imports.short_names import numbered
from events.models import Forum, Session, SessionSpeaker
from events.services.sessions import EDITABLE, Part
from events.services.steps import SessionAddition

_TITLES = tuple(f"title_{code}" for code in LANGUAGE_CODES)
_LONGEST_SLUG = 100


def plan_copy(forum: Forum, source: date, target: date, *, with_people: bool, by: User) -> Plan:
    """Return what copying the sessions that begin on ``source`` to ``target`` would do.

    Times of day stay. Where the room is taken then, the copy has no time and waits with the unscheduled
    ones. A session that stands there already, with its titles and time, is not copied again. Guests are
    not copied: they were invited to one meeting.
    """
    sessions = _sessions(forum, by)
    originals = [one for one in sessions if _day(one, forum) == source]
    standing = [one for one in sessions if one.period is not None]
    slugs = set(Session.objects.filter(forum=forum).values_list("slug", flat=True))
    additions: list[SessionAddition] = []
    lines = []
    for original in originals:
        period = _on(original, target, forum)
        before = place_in_words(forum, original.period, original.room)
        if any(_is_copy(one, original, period) for one in standing):
            notes = (_("Is there already; not copied again."),)
            lines.append(Line(original.display_title, before, "", original, notes=notes))
            continue
        room = original.room
        taken = room is not None and period is not None and _is_taken(room.pk, period, standing, additions)
        fields = _fields(original) | {
            "period": None if taken else period,
            "slug": next(name for name in numbered(original.slug, _LONGEST_SLUG) if name not in slugs),
        }
        slugs.add(fields["slug"])
        parts = [Part(row.speaker, row.role) for row in original.session_speakers.all()]
        additions.append(
            SessionAddition(fields, tuple(original.topics.all()), tuple(parts) if with_people else ())
        )
        lines.append(
            Line(
                original.display_title,
                before,
                place_in_words(forum, fields["period"], room),
                original,
                notes=_notes(original, taken=taken),
            )
        )
    return Plan(
        forum,
        _label(source, target),
        tuple(lines),
        tuple(additions),
        new_clashes(forum, additions, seen_by=by),
    )


def _sessions(forum: Forum, by: User) -> Sequence[Session]:
    parts = Prefetch("session_speakers", SessionSpeaker.objects.select_related("speaker"))
    return list(
        Session.objects.filter(forum=forum)
        .exclude(state=Session.State.CANCELLED)
        .visible_to(by)
        .select_related("forum", "room", "track")
        .prefetch_related(parts, "topics", "guests")
        .order_by("period__startswith", "room__position", "id")
    )


def _day(session: Session, forum: Forum) -> date | None:
    return session.starts_at.astimezone(forum.zone).date() if session.starts_at else None


def _on(session: Session, target: date, forum: Forum) -> DateTimeTZRange | None:
    """Return the session's time of day on another day; its length stays.

    None when the clocks of that day never show it.
    """
    span = span_of(session.period)
    try:
        start = span and in_zone(datetime.combine(target, span[0].astimezone(forum.zone).time()), forum.zone)
    except ValidationError:
        return None
    return DateTimeTZRange(start, start + (span[1] - span[0]), "[)") if span and start else None


def _is_copy(one: Session, original: Session, period: DateTimeTZRange | None) -> bool:
    """Say whether ``one`` is what a copy of ``original`` at ``period`` would be."""
    return (
        one.pk != original.pk
        and one.period == period
        and all(getattr(one, name) == getattr(original, name) for name in _TITLES)
    )


def _is_taken(
    room: int, period: DateTimeTZRange, standing: Iterable[Session], additions: Iterable[SessionAddition]
) -> bool:
    taken = [(one.room_id, span_of(one.period)) for one in standing]
    taken += [
        (one.fields["room"].pk, span_of(one.fields["period"])) for one in additions if one.fields["room"]
    ]
    wanted = span_of(period)
    return any(
        key == room and span and wanted and span[0] < wanted[1] and wanted[0] < span[1] for key, span in taken
    )


def _fields(original: Session) -> dict[str, Any]:
    """Return what a copy has from its original."""
    fields = {name: getattr(original, name) for name in EDITABLE}
    # The recording is of what took place on the first day.
    return fields | {"recording_url": ""}


def _notes(original: Session, *, taken: bool) -> tuple[str, ...]:
    notes = []
    if taken:
        notes.append(_("The room is taken then, so the copy has no time yet."))
    if original.guests.all():
        notes.append(_("The guests are not invited to the copy."))
    return tuple(notes)


def _label(source: date, target: date) -> str:
    language = current_language()
    return _("%(source)s copied to %(target)s") % {
        "source": dates.day(source, language),
        "target": dates.day(target, language),
    }
