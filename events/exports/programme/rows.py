"""What stands below each other on the pages: headings of days, sessions, the key of the tracks, people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph

from core import dates
from core.i18n import choose
from core.typeset.faces import width
from events.agenda import Agenda, AgendaPart, AgendaSession, AgendaSpeaker, AgendaTrack
from events.exports.programme import ink
from events.exports.programme.lines import paragraph
from events.exports.programme.weaves import draw_weave
from events.models import SessionSpeaker

_CLOCK_WIDTH = 31 * mm
_WEAVE_AT, _WEAVE_WIDTH = 33 * mm, 2.4 * mm
_MAIN_AT = 38.5 * mm
_SIDE_WIDTH = 38 * mm
_MAIN_WIDTH = ink.WIDTH - _MAIN_AT - _SIDE_WIDTH - 5 * mm
_PADDING = 2.2 * mm
# With more people than this, their names stand in one line each after the other.
_MOST_WITH_AFFILIATION = 4


class SectionHeading(Flowable):
    """A heading above a line, also among the bookmarks of the file. It stays with what is below it."""

    keepWithNext = 1  # noqa: N815 # reportlab's name

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.line = paragraph(text, ink.DAY)

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return the space it takes; called by reportlab before :meth:`draw`."""
        self.line.wrap(width, ink.PAGE_HEIGHT)
        return width, 14 * mm

    def draw(self) -> None:
        """Draw the words above a line."""
        self.canv.bookmarkPage(self.text)
        self.canv.addOutlineEntry(self.text, self.text)
        self.line.drawOn(self.canv, 0, 3 * mm)
        self.canv.setStrokeColor(ink.BRAND)
        self.canv.setLineWidth(0.8)
        self.canv.line(0, 1.2 * mm, ink.WIDTH, 1.2 * mm)


class SessionRow(Flowable):
    """A session: when, its track's weave, what and who, where and in which languages. Never torn in two."""

    def __init__(self, session: AgendaSession, agenda: Agenda, language: str) -> None:
        super().__init__()
        self.is_quiet = session.is_break
        self.weave = session.track.weave if session.track else ""
        self.clocks = list(_clocks(session, agenda, language))
        self.main = list(_main(session, language))
        self.side = list(_side(session, language))

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return the space it takes; called by reportlab before :meth:`draw`."""
        columns = (
            (self.clocks, _CLOCK_WIDTH),
            (self.main, _MAIN_WIDTH),
            (self.side, _SIDE_WIDTH),
        )
        self.inner = max(
            sum(line.wrap(width, ink.PAGE_HEIGHT)[1] for line in lines) for lines, width in columns
        )
        return width, self.inner + 2 * _PADDING

    def draw(self) -> None:
        """Draw the columns from their common upper edge, and a hairline below."""
        height = self.inner + 2 * _PADDING
        if self.is_quiet:
            self.canv.setFillColor(ink.SUNK)
            self.canv.rect(0, 0, ink.WIDTH, height, stroke=0, fill=1)
        else:
            self.canv.setStrokeColor(ink.LINE)
            self.canv.setLineWidth(0.5)
            self.canv.line(0, 0, ink.WIDTH, 0)
        if self.weave:
            draw_weave(self.canv, self.weave, (_WEAVE_AT, _PADDING), (_WEAVE_WIDTH, self.inner))
        side_at = ink.WIDTH - _SIDE_WIDTH
        indent = 2 * mm if self.is_quiet else 0
        for lines, x in ((self.clocks, indent), (self.main, _MAIN_AT), (self.side, side_at)):
            y = height - _PADDING
            for line in lines:
                y -= line.height
                line.drawOn(self.canv, x, y)


class TrackKey(Flowable):
    """Which weave is which track, in as many lines as it takes."""

    def __init__(self, tracks: Iterable[AgendaTrack], language: str) -> None:
        super().__init__()
        self.entries = [(track.weave, str(choose(track.name, language))) for track in tracks]

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        """Return the space it takes; called by reportlab before :meth:`draw`."""
        self.places: list[tuple[float, float]] = []
        x, line = 0.0, 0
        for _weave, name in self.entries:
            taken = 6.5 * mm + width(name, ink.SMALL.fontSize) + 6 * mm
            if x and x + taken > available + 6 * mm:
                x, line = 0.0, line + 1
            self.places.append((x, line))
            x += taken
        self.height = (line + 1) * 5.5 * mm + 2 * mm
        return available, self.height

    def draw(self) -> None:
        """Draw each weave before its name."""
        for (weave, name), (x, line) in zip(self.entries, self.places, strict=True):
            y = self.height - (line + 1) * 5.5 * mm
            draw_weave(self.canv, weave, (x, y), (4.8 * mm, 2.9 * mm))
            text = paragraph(name, ink.SMALL)
            text.wrap(ink.WIDTH, ink.PAGE_HEIGHT)
            text.drawOn(self.canv, x + 6.5 * mm, y - 0.6 * mm)


@dataclass(frozen=True, slots=True)
class _Entry:
    name: Paragraph
    facts: Paragraph


class PeopleRow(Flowable):
    """Two people side by side, with what they are."""

    def __init__(self, people: Sequence[AgendaSpeaker], language: str) -> None:
        super().__init__()
        self.entries = [
            _Entry(
                paragraph(speaker.display_name(language), ink.PLACE, href=_page_of("speaker", speaker.slug)),
                paragraph(_facts(speaker, language), ink.SMALL),
            )
            for speaker in people
        ]

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return the space it takes; called by reportlab before :meth:`draw`."""
        column = width / 2 - 4 * mm
        self.inner = max(
            entry.name.wrap(column, ink.PAGE_HEIGHT)[1] + entry.facts.wrap(column, ink.PAGE_HEIGHT)[1]
            for entry in self.entries
        )
        return width, self.inner + 3.6 * mm

    def draw(self) -> None:
        """Draw both from their common upper edge."""
        for number, entry in enumerate(self.entries):
            x, y = number * (ink.WIDTH / 2 + 2 * mm), self.inner + 1.6 * mm - entry.name.height
            entry.name.drawOn(self.canv, x, y)
            entry.facts.drawOn(self.canv, x, y - entry.facts.height)


def _clocks(session: AgendaSession, agenda: Agenda, language: str) -> Iterable[Paragraph]:
    first, second = agenda.forum.zone, agenda.forum.second_zone
    for zone, style in ((first, ink.CLOCK), (second, ink.SECOND_CLOCK)):
        start, end = session.start.astimezone(zone), session.end.astimezone(zone)
        words = f"{dates.clock(start, zone)}–{dates.clock(end, zone)}"
        if zone is second:
            words = f"{words} {dates.zone_city(zone, language)}"
        yield paragraph(words, style)
        if zone is first and end.date() > start.date():
            yield paragraph(_("until %(day)s") % {"day": dates.short_day(end.date(), language)}, ink.SMALL)


def _main(session: AgendaSession, language: str) -> Iterable[Paragraph]:
    title = str(choose(session.title, language))
    if session.is_cancelled:
        yield paragraph(_("Cancelled"), ink.WARNING)
    style = ink.QUIET_TITLE if session.is_break or session.is_cancelled else ink.TITLE
    yield paragraph(title, style, href=_page_of("session", session.slug))
    note = str(choose(session.note, language))
    if note:
        yield paragraph(note, ink.NOTE)
    yield from _people(session.people, language)


def _people(parts: Sequence[AgendaPart], language: str) -> Iterable[Paragraph]:
    if len(parts) > _MOST_WITH_AFFILIATION:
        yield paragraph(", ".join(_with_role(part, language) for part in parts), ink.PEOPLE)
        return
    for part in parts:
        affiliation = str(choose(part.speaker.affiliation, language))
        name = _with_role(part, language)
        yield paragraph(f"{name} · {affiliation}" if affiliation else name, ink.PEOPLE)


def _with_role(part: AgendaPart, language: str) -> str:
    """A name, with the role where it is not the one that everybody expects."""
    name = part.speaker.display_name(language)
    return name if part.role == SessionSpeaker.Role.SPEAKER else f"{name} ({part.role_label})"


def _side(session: AgendaSession, language: str) -> Iterable[Paragraph]:
    if session.room:
        style = ink.NOTE if session.is_break else ink.PLACE
        yield paragraph(str(choose(session.room.name, language)), style)
    if session.is_by_invitation:
        yield paragraph(_("by invitation"), ink.PLACE)
    if not session.is_quiet and session.spoken:
        spoken = ", ".join(code.upper() for code in session.spoken)
        into = ", ".join(code.upper() for code in session.interpretation)
        yield paragraph(f"{spoken} → {into}" if into else spoken, ink.SMALL)


def _facts(speaker: AgendaSpeaker, language: str) -> str:
    parts = (str(choose(text, language)) for text in (speaker.position, speaker.affiliation))
    return ", ".join(part for part in parts if part)


def _page_of(kind: str, slug: str) -> str:
    return settings.SITE_URL + reverse(f"events:{kind}", args=[slug])
