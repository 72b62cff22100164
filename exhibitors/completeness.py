"""What an exhibitor's texts lack in one of the three languages, and where it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.i18n import LANGUAGE_CODES, NATIVE_NAMES, texts_of
from exhibitors.models import Exhibitor
from exhibitors.portal_cards import Card

PROFILE_TEXTS = ("tagline", "description")
PRODUCT_TEXTS = ("name", "tagline", "description")


@dataclass(frozen=True, slots=True)
class Text:
    """One text: ``is_there`` and the address of its field, by language in the order of LANGUAGE_CODES."""

    title: str
    fields: tuple[tuple[str, bool, str], ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """The profile or a product, with its texts."""

    title: str
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Completeness:
    """How far the three languages are."""

    things: tuple[Thing, ...]

    @property
    def languages(self) -> list[tuple[str, str, int, int]]:
        """By language: its code, its own name, how many texts it has, and of how many."""
        every = [text for thing in self.things for text in thing.texts]
        return [
            (code, NATIVE_NAMES[code], sum(text.fields[place][1] for text in every), len(every))
            for place, code in enumerate(LANGUAGE_CODES)
        ]

    @property
    def missing(self) -> int:
        """How many texts lack in all languages together."""
        return sum(whole - there for _code, _name, there, whole in self.languages)


def completeness_of(exhibitor: Exhibitor) -> Completeness:
    """Return what is there and what lacks. One query, for the products."""
    profile = reverse("exhibitors:profile", kwargs={"slug": exhibitor.slug})
    names = _text(
        exhibitor.organization, "name", profile, title=_("Name of the organization"), field="called"
    )
    things = [Thing(_("Profile"), (names, *_texts(exhibitor, PROFILE_TEXTS, profile)))]
    for product in exhibitor.products.all():
        page = reverse("exhibitors:products_edit", kwargs={"slug": exhibitor.slug, "pk": product.pk})
        things.append(Thing(str(product), tuple(_texts(product, PRODUCT_TEXTS, page))))
    return Completeness(tuple(things))


def _texts(row: Any, names: Iterable[str], page: str) -> Iterator[Text]:
    for name in names:
        yield _text(row, name, page)


def _text(row: Any, name: str, page: str, *, title: str = "", field: str = "") -> Text:
    title = title or capfirst(str(row._meta.get_field(name).verbose_name))
    texts = texts_of(row, name)
    return Text(
        title,
        tuple((code, bool(texts[code]), f"{page}#id_{field or name}_{code}") for code in LANGUAGE_CODES),
    )


def card(exhibitor: Exhibitor) -> Card:
    """Return what the first page says of the languages."""
    found = completeness_of(exhibitor)
    url = reverse("exhibitors:languages", kwargs={"slug": exhibitor.slug})
    title = _("What visitors read, in three languages")
    if not found.missing:
        return Card(title, _("Complete."), url, "done", order=30)
    said = ngettext("%(n)s text is missing.", "%(n)s texts are missing.", found.missing) % {
        "n": found.missing
    }
    is_begun = any(there > 1 for _code, _name, there, _whole in found.languages)
    return Card(title, said, url, "doing" if is_begun else "open", order=30)
