"""Countries by their ISO 3166-1 codes, named and sorted for each reader."""

from __future__ import annotations

import functools

from babel import Locale

from core.collation import sort_key
from core.i18n import current_language

# Where nearly everybody comes from: first in every list, in this order.
HOSTS = ("VN", "KR")
# What CLDR names beside the countries of ISO 3166-1: groups of countries, islands of a country that have
# no code of their own there, codes that only mark tests, and codes that the standard leaves to its users.
_NOT_IN_ISO_3166_1 = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"]
)


@functools.cache
def country_codes() -> frozenset[str]:
    """Return the two-letter codes of ISO 3166-1."""
    return frozenset(_names("en"))


def country_name(code: str, language: str) -> str:
    """Return a country's name in ``language``, or the code itself when no such country is known."""
    return _names(language).get(code, code)


@functools.cache
def country_choices(language: str) -> tuple[tuple[str, str], ...]:
    """Return ``(code, name)`` of every country: the two hosts, then the others in the reader's order."""
    names = _names(language)
    others = sorted(
        (code for code in names if code not in HOSTS), key=lambda code: sort_key(names[code], language)
    )
    return tuple((code, names[code]) for code in [*HOSTS, *others])


def selectable_countries() -> list[tuple[str, str]]:
    """Return the choices of a form field in the active language, an empty one before them.

    To be passed to the field as a function, which asks anew for each form.
    """
    return [("", "–"), *country_choices(current_language())]


@functools.cache
def _names(language: str) -> dict[str, str]:
    territories = Locale.parse(language).territories
    return {
        code: name
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NOT_IN_ISO_3166_1
    }
