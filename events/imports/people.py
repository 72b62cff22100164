"""Who in a file is who here. Two people of one name stay two; nobody is changed by an import.

A person of the file is taken for a speaker who is here already when, in this order:

1. the file gives the speaker's short name, and the name agrees or she has a part in the same session;
2. a speaker of that name has a part in the same session already;
3. a speaker of that name has the same e-mail address;
4. exactly one speaker has that name, no address speaks against it, and nobody else in the file has the
   name. This one is a guess, so the plan says it.

Everybody else is new.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.i18n import LANGUAGE_CODES
from events.imports.draft import Draft, KnownPerson, SessionState
from events.imports.places import is_slug, same
from events.imports.plan import NewThing
from events.imports.rows import Person, Row, Sentence, Texts
from events.imports.short_names import short_name

LONGEST_SLUG = 80


@dataclass(slots=True)
class _Asked:
    """A person of the file, and the sessions here in which the file has her."""

    person: Person
    sessions: list[SessionState] = field(default_factory=list)


class People:
    """Finds or plans the speaker for each person of a file."""

    def __init__(
        self, draft: Draft, pairs: Iterable[tuple[Row, SessionState | None]], *, language: str
    ) -> None:
        self.language = language
        self.known = {one.slug: one for one in draft.people}
        self.named: dict[str, list[KnownPerson]] = defaultdict(list)
        for one in draft.people:
            for name in {same(name) for name in one.names if name}:
                self.named[name].append(one)
        pairs = list(pairs)
        self.identities = _identities(pairs)
        self.asked = self._asked(pairs)
        self.namesakes = Counter(same(asked.person.name) for asked in self.asked.values())
        self.found: dict[str, str] = {}
        self.guessed: list[str] = []
        self.doubled: list[str] = []
        self.wanted: dict[str, NewThing] = {}
        self._find_all()

    def slug_of(self, person: Person) -> str:
        """Return the slug of a person of the file, or nothing when the file gives an unknown slug alone."""
        return self.found.get(self._key(person), "")

    def new(self, used: set[str]) -> tuple[NewThing, ...]:
        """Return the new people among ``used``, in the order of the file."""
        return tuple(thing for slug, thing in self.wanted.items() if slug in used)

    def notices(self, used: set[str]) -> Iterator[Sentence]:
        """Yield what was decided about people whom only their name identifies."""
        guessed = [self.known[slug].names[0] for slug in self.guessed if slug in used]
        doubled = [str(self.wanted[slug].columns["name"]) for slug in self.doubled if slug in used]
        if guessed:
            yield Sentence(
                _("Taken for people who are here already, by their names alone: %(names)s."),
                {"names": ", ".join(guessed)},
            )
        if doubled:
            yield Sentence(
                _("Added although others here have the same names: %(names)s."), {"names": ", ".join(doubled)}
            )

    def _key(self, person: Person) -> str:
        """Return what makes a person one: her identity, or her name when nobody else in the file has it."""
        if person.identity:
            return person.identity
        name = same(person.name)
        known = self.identities.get(name, set())
        return next(iter(known)) if len(known) == 1 else f"name:{name}"

    def _asked(self, pairs: Iterable[tuple[Row, SessionState | None]]) -> dict[str, _Asked]:
        asked: dict[str, _Asked] = {}
        for row, session in pairs:
            for person in row.people:
                one = asked.setdefault(self._key(person), _Asked(person))
                if session is not None:
                    one.sessions.append(session)
        return asked

    def _find_all(self) -> None:
        """The surest ways first for everybody, so that a guess takes nobody's place."""
        claimed: set[str] = set()
        for way in (self._by_slug, self._by_session, self._by_email, self._by_name):
            for key, asked in self.asked.items():
                if key not in self.found:
                    one = way(asked)
                    if one is not None and one.slug not in claimed:
                        claimed.add(one.slug)
                        self.found[key] = one.slug
                        if way == self._by_name:
                            self.guessed.append(one.slug)
        for key, asked in self.asked.items():
            if key not in self.found and asked.person.name:
                self.found[key] = self._plan(asked.person)

    def _by_slug(self, asked: _Asked) -> KnownPerson | None:
        person = asked.person
        one = self.known.get(person.slug) if person.slug else None
        if one is None or not person.name or same(person.name) in map(same, one.names):
            return one
        here = {slug for session in asked.sessions for slug, _role in session.people}
        return one if one.slug in here else None

    def _by_session(self, asked: _Asked) -> KnownPerson | None:
        here = {slug for session in asked.sessions for slug, _role in session.people}
        return _only(one for one in self.named[same(asked.person.name)] if one.slug in here)

    def _by_email(self, asked: _Asked) -> KnownPerson | None:
        email = asked.person.email.casefold()
        return _only(
            one for one in self.named[same(asked.person.name)] if email and one.email.casefold() == email
        )

    def _by_name(self, asked: _Asked) -> KnownPerson | None:
        name, email = same(asked.person.name), asked.person.email.casefold()
        one = _only(self.named[name])
        if one is None or self.namesakes[name] > 1 or (email and one.email and one.email.casefold() != email):
            return None
        return one

    def _plan(self, person: Person) -> str:
        taken = self.known.keys() | self.wanted.keys()
        slug = person.slug if is_slug(person.slug, LONGEST_SLUG) and person.slug not in taken else ""
        slug = slug or short_name(
            person.latin_name or person.name, otherwise="person", longest=LONGEST_SLUG, taken=taken
        )
        self.wanted[slug] = NewThing(slug, dict(self._columns(person)))
        if self.named[same(person.name)] or self.namesakes[same(person.name)] > 1:
            self.doubled.append(slug)
        return slug

    def _columns(self, person: Person) -> Iterator[tuple[str, Any]]:
        yield from (
            ("name", person.name),
            ("latin_name", person.latin_name),
            ("hangul_name", person.hangul_name),
            ("country", person.country),
            ("email", person.email),
            ("is_demo", person.is_demo),
        )
        texts: Mapping[str, Texts] = {
            "position": person.position,
            "affiliation": person.affiliation,
            "biography": person.biography,
        }
        for name, found in texts.items():
            for code in LANGUAGE_CODES:
                own = found.get("", "") if code == self.language else ""
                yield f"{name}_{code}", found.get(code) or own


def _identities(pairs: Iterable[tuple[Row, SessionState | None]]) -> Mapping[str, set[str]]:
    """Return by name the identities under which the file has people of that name."""
    identities: dict[str, set[str]] = defaultdict(set)
    for row, _session in pairs:
        for person in row.people:
            if person.identity:
                identities[same(person.name)].add(person.identity)
    return identities


def _only(found: Iterable[KnownPerson]) -> KnownPerson | None:
    distinct = {one.slug: one for one in found}
    return next(iter(distinct.values())) if len(distinct) == 1 else None
