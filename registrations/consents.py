"""Which wordings a person is shown, and which ones she therefore agreed to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from core.i18n import current_language, localized
from events.models import Forum
from registrations.models import ConsentPurpose
from registrations.models.consents import Purpose


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """The sentence beside the box, the version it had and the language it was really read in."""

    version: int
    wording: str
    language: str
    kind: str = Purpose.PRIVACY.value


def consent_in(forum: Forum, language: str | None = None) -> ConsentGiven:
    """Return the sentence in ``language`` (default: the active one) without which nobody registers."""
    wording = localized(forum, "consent_wording", language)
    if not wording:
        # A forum whose organizers wrote no sentence of their own yet must not take a nod to nothing.
        language = language or current_language()
        with translation.override(language):
            sentence = _("I agree that the organizers use these details for my attendance at the forum.")
        return ConsentGiven(forum.consent_version, sentence, language)
    return ConsentGiven(forum.consent_version, wording.text, wording.language)


def wording_of(purpose: ConsentPurpose, language: str | None = None) -> ConsentGiven:
    """Return what people are asked for one purpose, as it stands now."""
    wording = localized(purpose, "wording", language)
    return ConsentGiven(purpose.version, wording.text, wording.language, purpose.kind)


def optional_consents(offered: Iterable[ConsentPurpose], language: str | None = None) -> list[ConsentGiven]:
    """Return what a form asks about beside the first consent, of the purposes that a forum offers.

    Each stands apart, and nobody need agree to any. A purpose without words is not
    asked about: nobody can agree to nothing.
    """
    asked = [wording_of(purpose, language) for purpose in offered]
    return [consent for consent in asked if consent.wording]
