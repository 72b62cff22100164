"""Which wording a person is shown, and which one she therefore agreed to."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from core.i18n import current_language, localized
from events.models import Forum


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """The sentence beside the box, the version it had and the language it was really read in."""

    version: int
    wording: str
    language: str


def consent_in(forum: Forum, language: str | None = None) -> ConsentGiven:
    """Return what a form in ``language`` (default: the active one) asks people to agree to."""
    wording = localized(forum, "consent_wording", language)
    if not wording:
        # A forum whose organizers wrote no sentence of their own yet must not take a nod to nothing.
        language = language or current_language()
        with translation.override(language):
            sentence = _("I agree that the organizers use these details for my attendance at the forum.")
        return ConsentGiven(forum.consent_version, sentence, language)
    return ConsentGiven(forum.consent_version, wording.text, wording.language)
