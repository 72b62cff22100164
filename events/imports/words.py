"""Words for kinds, roles and the like: as code, or as organizers of each language read them."""

from __future__ import annotations

import functools

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.folding import fold
from core.i18n import LANGUAGE_CODES
from events.imports.rows import Sentence
from events.imports.values import BadValue


def chosen(choices: type[TextChoices], word: str) -> str:
    """Return the code that ``word`` stands for, nothing for nothing. Raises BadValue for another word."""
    if not word:
        return ""
    found = _words(choices).get(fold(word.strip()))
    if found is None:
        known = ", ".join(choices.values)
        raise BadValue(
            Sentence(
                _("“%(word)s” is not known here. Known are: %(known)s."), {"word": word[:60], "known": known}
            )
        )
    return found


@functools.cache
def _words(choices: type[TextChoices]) -> dict[str, str]:
    words = {fold(value): value for value in choices.values}
    for code in LANGUAGE_CODES:
        with override(code):
            for value, label in choices.choices:
                words.setdefault(fold(str(label)), value)
    return words
