"""Finding registrations by parts of names, addresses and codes, with accents or without."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from core.folding import fold, searched
from registrations.models import Registration


def matching(found: QuerySet[Registration], typed: str) -> QuerySet[Registration]:
    """Return the registrations in which every word of ``typed`` occurs, also in the middle of a word.

    A word with accents is looked for with them, a word without finds both; one of one or two letters is
    looked for at the beginning of words. The trigram index on ``search_text`` answers all of it.
    """
    for word in typed.split():
        plain = fold(word)
        found = found.filter(search_text__contains=searched(word))
        if plain != word.casefold():
            found = found.filter(
                Q(name__icontains=word) | Q(organization_name__icontains=word) | Q(latin_name__icontains=word)
            )
    return found
