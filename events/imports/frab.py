"""An event as frab, pretalx and their relatives describe it, in XML or JSON, turned into a row.

The format: https://c3voc.de/wiki/schedule and, for what our own files say in it, docs/exports.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from events.exports.schedule import NO_ROOM
from events.imports import values
from events.imports.limits import LONGEST_NAME, LONGEST_TEXT, MOST_PEOPLE_IN_A_SESSION
from events.imports.prose import one_line, prose
from events.imports.rows import Person, Refused, Row, Sentence, Texts
from events.imports.values import KINDS, BadValue
from events.models import Session, SessionSpeaker

# Parts of an event that say nothing a session could keep.
_IGNORED = ("logo", "attachments", "links", "answers", "do_not_record", "recording_license")


@dataclass(frozen=True, slots=True)
class Day:
    """The day under which events stand: its date, and when it begins on the clock."""

    date: date | None = None
    starts: time | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """An event as the file has it: texts by name, people and links as texts by name."""

    line: int
    texts: Mapping[str, str]
    day: Day
    room: str
    persons: Sequence[Mapping[str, str]] = ()
    links: Sequence[Mapping[str, str]] = ()

    def text(self, name: str) -> str:
        """Return a text without white space around it, or nothing."""
        return self.texts.get(name, "").strip()


@dataclass(slots=True)
class Findings:
    """What is said once of the whole file rather than of each row."""

    acronym: str = ""
    is_ours: bool = False
    ignored: Counter[str] = field(default_factory=Counter)
    unknown_kinds: Counter[str] = field(default_factory=Counter)
    unknown_languages: Counter[str] = field(default_factory=Counter)

    def notices(self) -> Iterator[Sentence]:
        """Yield what the person who imports should know."""
        if self.ignored:
            yield Sentence(
                _("Not taken over, because sessions have no place for it: %(what)s."), _n(self.ignored)
            )
        if self.unknown_kinds:
            yield Sentence(_("Kinds that are not known here become talks: %(what)s."), _n(self.unknown_kinds))
        if self.unknown_languages:
            yield Sentence(
                _("Spoken languages that are not among the site’s are left out: %(what)s."),
                _n(self.unknown_languages),
            )


def _n(counter: Counter[str]) -> dict[str, str]:
    found = [f"{name[:40]} ({count})" for name, count in counter.most_common(20)]
    return {"what": ", ".join(found)}


def row_of(event: Event, findings: Findings) -> Row | Refused:
    """Return the row that an event is, or why it cannot be one."""
    try:
        return _row(event, findings)
    except BadValue as error:
        return Refused(event.line, one_line(event.text("title")[:250]), error.reason)


def _row(event: Event, findings: Findings) -> Row:
    title = _line(event, "title", findings)
    if not title:
        raise BadValue(Sentence(_("The title is missing.")))
    length = values.duration(event.text("duration"))
    start = _start(event)
    if start is not None and length is None:
        raise BadValue(Sentence(_("The duration is missing.")))
    room = _line(event, "room", findings) or event.room
    for name in _IGNORED:
        if event.texts.get(name) and not (findings.is_ours and name in {"links", "attachments"}):
            findings.ignored[name] += 1
    return Row(
        line=event.line,
        uid=_uid(event, findings),
        slug=_last_segment(event.text("url")) if findings.is_ours else "",
        title={"": title},
        abstract=_texts(_abstract(event, findings)),
        note=_texts(_line(event, "subtitle", findings)),
        kind=_kind(event.text("type"), findings),
        room="" if room == NO_ROOM else room,
        start=start,
        duration=length,
        track=_line(event, "track", findings),
        spoken=_spoken(event.text("language"), findings),
        people=tuple(_people(event, findings)),
        recording=values.web_address(event.texts.get("recording_url", "")) if findings.is_ours else "",
    )


def _texts(text: str) -> Texts:
    return {"": text} if text else {}


def _start(event: Event) -> datetime | None:
    """The full moment where the file has one, else the time of day under its day."""
    written = event.text("date")
    found = values.moment(written)
    if found is not None and len(written) > len("2031-05-14"):
        return found
    at = values.clock(event.text("start"))
    on = found.date() if found else event.day.date
    if at is None and on is None:
        return None
    if at is None or on is None:
        raise BadValue(Sentence(_("The day or the time is missing.")))
    return values.at_clock(on, at, event.day.starts)


def _uid(event: Event, findings: Findings) -> str:
    guid, number = event.text("guid"), event.text("id")
    if guid:
        return values.uid(guid)
    return values.derived_uid(findings.acronym, number) if number else ""


def _line(event: Event, name: str, findings: Findings) -> str:
    """A text of one line. Our own files hold what the site holds, so nothing in them is markup."""
    text = event.text(name)
    if len(text) > LONGEST_TEXT:
        raise BadValue(Sentence(_("A line is longer than %(n)s characters."), {"n": LONGEST_TEXT}))
    return text if findings.is_ours else one_line(text)


def _abstract(event: Event, findings: Findings) -> str:
    """The abstract, and the description below it where it says something else."""
    parts: list[str] = []
    for name in ("abstract", "description"):
        text = event.text(name)
        if len(text) > LONGEST_TEXT:
            raise BadValue(Sentence(_("The abstract is longer than %(n)s characters."), {"n": LONGEST_TEXT}))
        text = text if findings.is_ours else prose(text)
        if text and text not in parts:
            parts.append(text)
    return "\n\n".join(parts)


def _kind(word: str, findings: Findings) -> str:
    if not word:
        return ""
    plain = word.casefold().replace(" ", "_")
    if plain in Session.Kind.values:
        return plain
    if plain not in KINDS:
        findings.unknown_kinds[word] += 1
    return KINDS.get(plain, Session.Kind.TALK)


def _spoken(words: str, findings: Findings) -> tuple[str, ...]:
    found = []
    for word in words.replace(";", ",").split(","):
        code = values.language(word)
        if code and code not in found:
            found.append(code)
        elif word.strip() and not code:
            findings.unknown_languages[word.strip()] += 1
    return tuple(found)


def _people(event: Event, findings: Findings) -> Iterator[Person]:
    if len(event.persons) > MOST_PEOPLE_IN_A_SESSION:
        raise BadValue(
            Sentence(_("There are more than %(n)s people in it."), {"n": MOST_PEOPLE_IN_A_SESSION})
        )
    people = [_person(raw) for raw in event.persons]
    roles = _roles(event) if findings.is_ours else []
    slugs = list(dict.fromkeys(slug for slug, _role in roles))
    if len(slugs) != len(people):
        return iter(people)
    # Persons stand in the order of their first role.
    named = dict(zip(slugs, people, strict=True))
    return (replace(named[slug], slug=slug, role=role) for slug, role in roles)


def _person(raw: Mapping[str, str]) -> Person:
    written = raw.get("public_name") or raw.get("full_public_name") or raw.get("name") or ""
    name = one_line(written[:LONGEST_TEXT])
    if not name:
        raise BadValue(Sentence(_("A person in it has no name.")))
    if len(name) > LONGEST_NAME:
        raise BadValue(Sentence(_("“%(name)s…” is too long for a name."), {"name": name[:40]}))
    return Person(
        name=name,
        identity=raw.get("guid") or raw.get("code") or raw.get("id") or "",
        email=values.email(raw.get("email") or ""),
        biography=_texts(prose((raw.get("biography") or "")[:LONGEST_TEXT])),
    )


def _roles(event: Event) -> list[tuple[str, str]]:
    """The short name and the role of everybody in a session: our own files have a link for each."""
    return [
        (_last_segment(link.get("href", "")), link.get("type", ""))
        for link in event.links
        if link.get("type") in SessionSpeaker.Role.values
    ]


def _last_segment(address: str) -> str:
    """Return the last part of an address's path: in our own files, a short name."""
    return unquote(urlsplit(address).path.rstrip("/").rpartition("/")[2])
