"""What the cells of a row name: rooms, tracks, kinds and people, as organizers of any language write them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

from django.utils.translation import gettext as _

from core.folding import fold
from core.i18n import texts_of
from events.imports.values import KINDS, BadValue
from events.imports.words import chosen
from events.models import Forum, Room, Session, SessionSpeaker, Track
from events.services.sessions import Part
from speakers.models import Speaker

Thing = TypeVar("Thing", Room, Track, Speaker)
# What a cell says that is to be emptied; an empty cell leaves things as they are.
NOTHING: Final = frozenset({"-", "–", "—"})
_NAME_AND_ROLE = re.compile(r"(?P<name>[^()（）]+?)\s*[(（](?P<role>[^()（）]+)[)）]")


class Unknown(ValueError):
    """A cell names something that is not here, or not one thing alone; the text says so to a person."""


class Known:
    """The forum's rooms and tracks and all speakers, by every name they have. Three queries."""

    def __init__(self, forum: Forum, *, with_people: bool) -> None:
        self.rooms = _by_names(Room.objects.filter(venue_id=forum.venue_id), _texts)
        self.tracks = _by_names(Track.objects.filter(forum=forum), _texts)
        people = Speaker.objects.all() if with_people else Speaker.objects.none()
        self.speakers = _by_names(people, lambda one: [one.name, one.latin_name, one.hangul_name])

    def room(self, text: str) -> Room | None:
        """Return the room that a cell names."""
        return None if text in NOTHING else _one(self.rooms, text, _("There is no room “%(name)s”."))

    def track(self, text: str) -> Track | None:
        """Return the track that a cell names."""
        return None if text in NOTHING else _one(self.tracks, text, _("There is no track “%(name)s”."))

    def people(self, text: str) -> list[Part]:
        """Return the people that a cell names: one a line or with semicolons (or commas) between them."""
        if text in NOTHING:
            return []
        names = [name.strip() for name in re.split(r"[;\n；]", text) if name.strip()]
        if len(names) == 1 and fold(names[0]) not in self.speakers:
            names = [name.strip() for name in re.split(r"[,，、]", text) if name.strip()]
        parts = [self._part(name) for name in names]
        return list({(part.speaker.pk, part.role): part for part in parts}.values())

    def _part(self, text: str) -> Part:
        match = _NAME_AND_ROLE.fullmatch(text)
        name, role = (match["name"], match["role"]) if match else (text, "")
        missing = _("“%(name)s” is not among the speakers. Please add this person first.")
        return Part(
            _one(self.speakers, name, missing), chosen_or_unknown(SessionSpeaker.Role, role) or "speaker"
        )


def kind(text: str) -> str:
    """Return the kind of session that a cell names."""
    return KINDS.get(text.casefold().replace(" ", "_")) or chosen_or_unknown(Session.Kind, text)


def chosen_or_unknown(choices: Any, text: str) -> str:
    """Return the code of a choice by its code or its label in any language. Raises Unknown."""
    try:
        return chosen(choices, text)
    except BadValue as error:
        raise Unknown(str(error.reason)) from error


def _texts(thing: Room | Track) -> Iterable[str]:
    return texts_of(thing, "name").values()


def _by_names(
    things: Iterable[Thing], names: Callable[[Thing], Iterable[str]]
) -> Mapping[str, Sequence[Thing]]:
    """Return things by their names and short names, folded; two things may share a name."""
    found: defaultdict[str, list[Thing]] = defaultdict(list)
    thing: Thing
    for thing in things:
        for name in _folded([thing.slug, *names(thing)]):
            found[name].append(thing)
    return found


def _folded(names: Iterable[str]) -> set[str]:
    return {fold(" ".join(name.split())) for name in names if name}


def _one(known: Mapping[str, Sequence[Thing]], text: str, missing: str) -> Thing:
    """Return the one thing of this name. Raises Unknown."""
    found = known.get(fold(" ".join(text.split())), ())
    if not found:
        raise Unknown(missing % {"name": text[:80]})
    if len(found) > 1:
        slugs = ", ".join(str(one.slug) for one in found)
        said = _("“%(name)s” could be any of these: %(slugs)s. Write the short name.")
        raise Unknown(said % {"name": text[:80], "slugs": slugs})
    return found[0]
