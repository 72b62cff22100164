"""In which languages a page is looked at: one in every run, all with BROWSER_LANGUAGES=every."""

import os
from collections.abc import Sequence

LANGUAGES = ("vi", "ko", "en")
EVERY = os.environ.get("BROWSER_LANGUAGES") == "every"


def languages_for(number: int, among: Sequence[str] = LANGUAGES) -> tuple[str, ...]:
    """Return the languages for the page of that number in its list.

    In turn, so that each language is seen on a third of the pages of every part of the site.
    """
    return tuple(among) if EVERY else (among[number % len(among)],)
