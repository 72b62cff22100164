"""The order of people in a list, as readers of each language expect it.

PostgreSQL runs here without ICU, and no collation of a database knows that a Vietnamese list goes by
given names; so lists of people, a few hundred at most, are ordered in Python. Why these conventions:
docs/decisions/order-of-names.md.
"""

from __future__ import annotations

from typing import Any

from core.collation import sort_key


def order_key(name: str, *, country: str, language: str) -> Any:
    """Return the key by which ``name``, as shown to readers of ``language``, stands in a list.

    In Vietnamese a Vietnamese person stands under the given name, the last syllable; everybody else, and
    everybody in the other languages, under the name as it is written, family name first. Names that
    Korean readers see in Latin letters come after those in Hangul.
    """
    if language == "vi" and country == "VN":
        words = name.split()
        name = " ".join([*words[-1:], *words[:-1]])
    if language == "ko":
        return not _begins_with_hangul(name), sort_key(name, language)
    return sort_key(name, language)


def _begins_with_hangul(name: str) -> bool:
    return "\uac00" <= name[:1] <= "\ud7a3"
