"""Which room, track or topic a file means; new ones get a short name and wait to be added."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.i18n import LANGUAGE_CODES
from events.imports.draft import KnownPlace
from events.imports.plan import NewThing
from events.imports.rows import Place, Sentence, Texts
from events.imports.short_names import short_name
from events.imports.values import BadValue

LONGEST_NAME = 120
LONGEST_SLUG = 80


def same(text: str) -> str:
    """Return what two spellings of one name have in common: case, white space and forms of letters apart."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


class Places:
    """The rooms, tracks or topics that are there, and those that the file brings along.

    ``language`` is that of names which the file gives in one language. ``columns`` makes a new one's
    columns out of what the file describes.
    """

    def __init__(
        self,
        known: Iterable[KnownPlace],
        described: Iterable[Place],
        *,
        language: str,
        fallback: str,
        columns: Callable[[Place, Mapping[str, Any]], dict[str, Any]],
    ) -> None:
        self.language, self.fallback, self.columns = language, fallback, columns
        self.slugs: set[str] = set()
        self.by_word: dict[str, str] = {}
        for place in known:
            self.slugs.add(place.slug)
            self._remember(place.slug, place.name)
        self.described: dict[str, Place] = {}
        for one in described:
            for word in (one.slug, *one.name.values()):
                self.described.setdefault(same(word), one)
        self.wanted: dict[str, NewThing] = {}

    def slug_of(self, word: str) -> str:
        """Return the slug of what the file calls ``word``: a name in any language, or a slug.

        What is not there yet is planned. Raises BadValue for a name that is too long.
        """
        if not word:
            return ""
        found = self.by_word.get(same(word))
        return found or self._plan(self.described.get(same(word)) or Place(name={"": word}), word)

    def new(self, used: set[str]) -> tuple[NewThing, ...]:
        """Return the new ones among ``used``, in the order in which the file describes or first uses them."""
        order = [self.by_word.get(word) for word in self.described]
        slugs = dict.fromkeys(slug for slug in (*order, *self.wanted) if slug in self.wanted and slug in used)
        return tuple(self.wanted[slug] for slug in slugs if slug)

    def _plan(self, place: Place, word: str) -> str:
        names = {code or self.language: text for code, text in place.name.items()}
        if any(len(name) > LONGEST_NAME for name in names.values()):
            raise BadValue(
                Sentence(
                    _("“%(name)s…” is longer than %(n)s characters."),
                    {"name": word[:40], "n": LONGEST_NAME},
                )
            )
        slug = place.slug if _is_free(place.slug, self.slugs) else ""
        slug = slug or short_name(
            next(iter(names.values()), word), otherwise=self.fallback, longest=LONGEST_SLUG, taken=self.slugs
        )
        self.slugs.add(slug)
        self._remember(slug, names)
        self.by_word.setdefault(same(word), slug)
        columns = {f"name_{code}": names.get(code, "") for code in LANGUAGE_CODES}
        self.wanted[slug] = NewThing(slug, self.columns(place, columns))
        return slug

    def _remember(self, slug: str, name: Texts) -> None:
        # Slugs go first: they are unique. Our own files write “name (slug)” for namesakes.
        self.by_word[same(slug)] = slug
        for text in name.values():
            if text:
                self.by_word.setdefault(same(text), slug)
                self.by_word.setdefault(same(f"{text} ({slug})"), slug)


def _is_free(slug: str, taken: set[str]) -> bool:
    return is_slug(slug, LONGEST_SLUG) and slug not in taken


def is_slug(text: str, longest: int) -> bool:
    """Say whether ``text`` can be a short name in addresses."""
    return 0 < len(text) <= longest and text.isascii() and all(s.isalnum() or s in "-_" for s in text)
