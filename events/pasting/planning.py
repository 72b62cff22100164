"""What a pasted sheet would do to the draft, row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core.i18n import Localized, choose
from core.moment_field import in_zone
from events.bulk.plan import Line, Plan, new_clashes, place_in_words
from events.imports.short_names import short_name
from events.models import Forum, Session
from events.pasting.cells import BadCell, clock_in, day_and_clock, day_in, length_in
from events.pasting.columns import TITLES
from events.pasting.matching import Match, Wanted, match_rows
from events.pasting.reading import Sheet, SheetRow
from events.pasting.things import NOTHING, Known, Unknown, kind
from events.services.sessions import Part
from events.services.steps import SessionAddition, SessionMove
from events.session_history import field_label, shown

_LONGEST_TITLE = 250
_LONGEST_SLUG = 100
_MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class _Row:
    """A row on its way: what of it is understood so far.

    ``start`` and ``end`` are minutes after midnight of ``day``, ``length`` is in minutes; ``clear_time``
    takes the session out of the calendar.
    """

    source: SheetRow
    fields: dict[str, Any] = field(default_factory=dict)
    people: list[Part] | None = None
    day: date | None = None
    start: int | None = None
    end: int | None = None
    length: int | None = None
    clear_time: bool = False
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def number(self) -> int:
        return self.source.number

    def cell(self, name: str) -> str:
        return self.source.cells.get(name, "")

    def take(self, name: str, read: Callable[[str], Any]) -> Any:
        """Return what a cell means; None for an empty one, or with an error added."""
        text = self.cell(name)
        if not text:
            return None
        try:
            return read(text)
        except BadCell as error:
            self.errors.append(str(error.reason))
        except Unknown as error:
            self.errors.append(str(error))
        return None


def plan_paste(forum: Forum, sheet: Sheet, *, by: User) -> Plan:
    """Return what pasting ``sheet`` would do. An empty cell leaves what is there; a hyphen empties it."""
    sessions = list(
        Session.objects.filter(forum=forum)
        .visible_to(by)
        .select_related("forum", "room", "track")
        .prefetch_related("session_speakers__speaker")
        .order_by("period__startswith", "id")
    )
    known = Known(forum, with_people="speakers" in sheet.columns)
    rows = [_Row(source) for source in sheet.rows]
    days = [forum.first_day + timedelta(days=n) for n in range((forum.last_day - forum.first_day).days + 1)]
    _read_times(rows, days)
    for row in rows:
        _read_things(row, known)
    matches = match_rows([_wanted(row, forum) for row in rows], sessions)
    slugs = set(Session.objects.filter(forum=forum).values_list("slug", flat=True))
    lines, changes = [], []
    for row in rows:
        match = matches[row.number]
        change, line = _changed(row, match, forum) if match.session else _added(row, match, forum, slugs)
        lines.append(line)
        if change:
            changes.append(change)
    return Plan(
        forum,
        _label(len(changes)),
        tuple(lines),
        tuple(changes),
        new_clashes(forum, changes, seen_by=by) if not any(line.errors for line in lines) else (),
        _remarks(sheet),
    )


# --- reading the cells ------------------------------------------------------------------------------


def _read_times(rows: Sequence[_Row], days: Sequence[date]) -> None:
    """Read days and times. A row without a date has that of the row above, as merged cells are copied."""
    above: date | None = None
    for row in rows:
        row.clear_time = any(row.cell(name) in NOTHING for name in ("date", "start"))
        if row.clear_time:
            continue
        day_text, start_text = day_and_clock(row.cell("start"))
        end_day, end_text = day_and_clock(row.cell("end"))
        row.source = SheetRow(
            row.number,
            {
                **row.source.cells,
                "date": row.cell("date") or day_text,
                "start": start_text,
                "end": end_text,
                "end day": end_day,
            },
        )
        row.day = row.take("date", lambda text: day_in(text, days))
        row.start, row.end = row.take("start", clock_in), row.take("end", clock_in)
        last = row.take("end day", lambda text: day_in(text, days))
        row.length = row.take("duration", length_in)
        above = row.day or above
        if row.start is not None and row.day is None and not row.cell("date"):
            row.day = above
        if last and row.day and row.end is not None:
            row.end += (last - row.day).days * 24 * 60


def _read_things(row: _Row, known: Known) -> None:
    """Read everything but the time."""
    for name in TITLES:
        title = " ".join(row.cell(name).split())
        if len(title) > _LONGEST_TITLE:
            row.errors.append(_("A title is longer than %(n)s characters.") % {"n": _LONGEST_TITLE})
        elif title:
            row.fields[name] = "" if title in NOTHING else title
    for name, read in (("room", known.room), ("track", known.track)):
        if row.cell(name):
            found = row.take(name, read)
            if found or row.cell(name) in NOTHING:
                row.fields[name] = found
    found_kind = row.take("kind", kind)
    if found_kind:
        row.fields["kind"] = found_kind
    if row.cell("speakers"):
        row.people = row.take("speakers", known.people)


def _wanted(row: _Row, forum: Forum) -> Wanted:
    titles = tuple(row.fields[name] for name in TITLES if row.fields.get(name))
    return Wanted(row.number, row.cell("uid"), row.cell("slug"), titles, _moment(row.day, row.start, forum))


# --- what comes of a row ----------------------------------------------------------------------------


def _changed(row: _Row, match: Match, forum: Forum) -> tuple[SessionMove | None, Line]:
    """Return the change of a session that is there, if there is any."""
    session = match.session
    assert session is not None  # noqa: S101 # the caller has looked
    period = _period(row, session, forum)
    fields = dict(row.fields)
    if row.clear_time or period is not None:
        fields["period"] = period
    changed = {name: value for name, value in fields.items() if getattr(session, name) != value}
    present = [(part.speaker_id, part.role) for part in _parts(session)]
    people = row.people
    if people is not None and [(part.speaker.pk, part.role) for part in people] == present:
        people = None
    if not any(changed.get(name, getattr(session, name)) for name in TITLES):
        row.errors.append(_("Please write a title in at least one language."))
    notes = [*row.notes, *_differences(session, changed)]
    if people is not None:
        notes.append(f"{field_label('people')}: {_people_in_words(people)}")
    before = place_in_words(forum, session.period, session.room)
    is_moved = "period" in changed or "room" in changed
    after = place_in_words(forum, changed.get("period", session.period), changed.get("room", session.room))
    move = (
        SessionMove(session, session.version, changed, people=people)
        if changed or people is not None
        else None
    )
    line = Line(
        session.display_title,
        before,
        after if is_moved or move else "",
        session,
        notes=tuple(notes),
        errors=tuple(row.errors),
        number=row.number,
    )
    return move, line


def _added(row: _Row, match: Match, forum: Forum, slugs: set[str]) -> tuple[SessionAddition | None, Line]:
    """Return the new session that a row makes. ``slugs`` are taken; the new one is added to them."""
    title = choose({name[-2:]: row.fields.get(name, "") for name in TITLES})
    shown_title = title or Localized(row.cell("slug") or "–", title.wanted, title.wanted)
    if match.error:
        row.errors.append(match.error)
        return None, Line(shown_title, "", "", errors=tuple(row.errors), number=row.number)
    if not title:
        row.errors.append(_("Please write a title in at least one language."))
    period = _period(row, None, forum)
    fields = {name: value for name, value in row.fields.items() if value is not None}
    fields |= {"period": period, "slug": _slug(row, slugs)}
    people = row.people or []
    notes = [_("New session"), *row.notes]
    if "kind" in fields:
        notes.append(str(Session.Kind(fields["kind"]).label))
    if "track" in fields:
        notes.append(str(fields["track"]))
    if people:
        notes.append(_people_in_words(people))
    line = Line(
        shown_title,
        "",
        place_in_words(forum, period, fields.get("room")),
        notes=tuple(notes),
        errors=tuple(row.errors),
        number=row.number,
    )
    return (None if row.errors else SessionAddition(fields, people=people)), line


def _slug(row: _Row, slugs: set[str]) -> str:
    """Return the short name that the row gives, else one made of its title."""
    slug = row.cell("slug")
    if slug:
        try:
            validate_slug(slug)
        except ValidationError:
            row.errors.append(_("A short name has letters without accents, digits and hyphens."))
        if len(slug) > _LONGEST_SLUG:
            row.errors.append(_("The short name is too long."))
    else:
        text = next((row.fields[name] for name in reversed(TITLES) if row.fields.get(name)), "")
        slug = short_name(text, otherwise="session", longest=_LONGEST_SLUG, taken=slugs)
    if slug in slugs:
        row.errors.append(_("Another session of this forum has this short name."))
    slugs.add(slug)
    return slug


def _period(row: _Row, session: Session | None, forum: Forum) -> DateTimeTZRange | None:
    """Return when the session shall be; None for no time, for none given, and after adding an error."""
    if row.clear_time or not any((row.day, row.start is not None, row.end is not None, row.length)):
        return None
    now = session.starts_at.astimezone(forum.zone) if session and session.starts_at else None
    then = session.ends_at.astimezone(forum.zone) if session and session.ends_at else None
    day = row.day or (now.date() if now else None)
    start = row.start if row.start is not None else (now.hour * 60 + now.minute if now else None)
    if day is None or start is None:
        if row.start is not None or row.end is not None:
            row.errors.append(_("The day is missing.") if day is None else _("The start is missing."))
        elif not row.errors:
            row.notes.append(_("Without a start it stays unscheduled."))
        return None
    end = row.end if row.end is not None else _end(row, start, (now, then))
    if end == 0:
        end = 24 * 60  # until midnight
    if end is None:
        row.errors.append(_("The end or the duration is missing."))
        return None
    if end <= start:
        row.errors.append(_("The end must be after the start."))
        return None
    begins, finishes = _moment(day, start, forum), _moment(day, end, forum)
    if begins is None or finishes is None or finishes <= begins:
        row.errors.append(_("The clocks are put forward at this hour, so this time does not exist."))
        return None
    return DateTimeTZRange(begins, finishes, "[)")


def _end(row: _Row, start: int, known: tuple[datetime | None, datetime | None]) -> int | None:
    """Return the end in minutes, by the duration that is given or by the length that the session has."""
    if row.length:
        return start + row.length
    now, then = known
    return start + (then - now) // _MINUTE if now and then else None


def _moment(day: date | None, minutes: int | None, forum: Forum) -> datetime | None:
    """Return an instant, from a day and minutes after its midnight; None when the clocks never show it."""
    if day is None or minutes is None:
        return None
    local = datetime.combine(day, time.min) + minutes * _MINUTE
    try:
        return in_zone(local, forum.zone)
    except ValidationError:
        return None


# --- words ------------------------------------------------------------------------------------------


def _differences(session: Session, changed: Mapping[str, Any]) -> list[str]:
    """Say what changes besides the place, as old → new."""
    after = Session(forum=session.forum, **{name: changed[name] for name in changed if name != "period"})
    return [
        f"{field_label(name)}: {shown(session, name)} → {shown(after, name)}"
        for name in changed
        if name not in {"period", "room"}
    ]


def _parts(session: Session) -> list[Any]:
    return sorted(session.session_speakers.all(), key=lambda part: (part.position, part.pk))


def _people_in_words(people: Sequence[Part]) -> str:
    return ", ".join(part.speaker.display_name() for part in people) or "–"


def _label(n: int) -> str:
    return ngettext("%(n)s session pasted", "%(n)s sessions pasted", n) % {"n": n}


def _remarks(sheet: Sheet) -> tuple[str, ...]:
    if not sheet.left_out:
        return ()
    said = _("Not known and left out: %(columns)s")
    return (said % {"columns": ", ".join(heading[:40] for heading in sheet.left_out)},)
