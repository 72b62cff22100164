"""Text in three languages: what a model says in one of them, and the visible fallback.

A model registered with modeltranslation has one column per language (``title_vi``, ``title_ko``,
``title_en``). A missing translation is never hidden: :class:`Localized` carries the language the text
is really in, so that a template can write the right ``lang`` attribute and say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

LANGUAGE_CODES: tuple[str, ...] = ("vi", "ko", "en")
# Who reads Korean is likelier to read English than Vietnamese, and the other way round.
FALLBACKS: Mapping[str, tuple[str, ...]] = {
    "vi": ("vi", "en", "ko"),
    "ko": ("ko", "en", "vi"),
    "en": ("en", "vi", "ko"),
}
# Names of the languages as their own speakers write them; never translated.
NATIVE_NAMES: Mapping[str, str] = {"vi": "Tiếng Việt", "ko": "한국어", "en": "English"}


@dataclass(frozen=True, slots=True)
class Localized:
    """A text, the language it is in (BCP 47) and the language that was asked for."""

    text: str
    language: str
    wanted: str

    @property
    def is_fallback(self) -> bool:
        """True when the reader gets another language than she asked for."""
        return bool(self.text) and self.language != self.wanted

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def current_language() -> str:
    """Return the active language as one of the site's three codes."""
    code = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return code if code in LANGUAGE_CODES else settings.LANGUAGE_CODE


def choose(texts: Mapping[str, str], language: str | None = None) -> Localized:
    """Pick the text of ``language`` (default: the active one) from ``{"vi": …, "ko": …, "en": …}``."""
    wanted = language or current_language()
    for code in FALLBACKS[wanted]:
        if texts.get(code):
            return Localized(texts[code], code, wanted)
    return Localized("", wanted, wanted)


def texts_of(obj: Any, field: str) -> dict[str, str]:
    """Return the three columns of a translated ``field`` as ``{"vi": …, "ko": …, "en": …}``."""
    return {code: getattr(obj, f"{field}_{code}") or "" for code in LANGUAGE_CODES}


def localized(obj: Any, field: str, language: str | None = None) -> Localized:
    """Return a model's translated field in ``language``, with its visible fallback."""
    return choose(texts_of(obj, field), language)


def missing_translations(obj: Any, fields: Iterable[str]) -> list[str]:
    """Return the columns (``"title_ko"`` …) that are empty although another language has a text."""
    missing = []
    for field in fields:
        texts = texts_of(obj, field)
        if any(texts.values()):
            missing += [f"{field}_{code}" for code, text in texts.items() if not text]
    return missing
