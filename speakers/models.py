"""Speakers and how their names are written in three scripts' worth of readers."""

from __future__ import annotations

import re

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from core.i18n import current_language

_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


class Speaker(models.Model):
    """A person on stage.

    ``name`` is one field as the person writes it; ``latin_name`` and ``hangul_name`` are how readers of
    the other script find it. ``position``, ``affiliation`` and ``biography`` have three languages.
    """

    slug = models.SlugField(_("short name in addresses"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200, help_text=_("As the person writes it."))
    latin_name = models.CharField(_("name in Latin letters"), max_length=200, blank=True)
    hangul_name = models.CharField(_("name in Hangul"), max_length=200, blank=True)
    country = models.CharField(_("country (ISO 3166)"), max_length=2)
    position = models.CharField(_("position"), max_length=250, blank=True)
    affiliation = models.CharField(_("affiliation"), max_length=250, blank=True)
    biography = models.TextField(_("biography"), blank=True)
    portrait = models.ImageField(
        _("portrait"),
        upload_to="portraits/",
        blank=True,
        help_text=_("Without one, a portrait is drawn from the initials."),
    )
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Never shown in public."))
    organization = models.ForeignKey(
        Organization,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="speakers",
        verbose_name=_("organization"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="speakers",
        verbose_name=_("account"),
    )
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.display_name()

    @property
    def names(self) -> dict[str, str]:
        """The name as readers of each language know it."""
        return names_by_language(self.name, self.latin_name, self.hangul_name)

    def display_name(self, language: str | None = None) -> str:
        """The name as readers of ``language`` know it (default: the active one)."""
        return self.names[language or current_language()]


def names_by_language(name: str, latin_name: str, hangul_name: str) -> dict[str, str]:
    """Return ``{"vi": …, "ko": …, "en": …}``: Hangul for Korean readers, Latin letters for the others."""
    latin = (latin_name or name) if is_hangul(name) else name
    return {"vi": latin, "en": latin, "ko": name if is_hangul(name) else hangul_name or name}


def is_hangul(text: str) -> bool:
    """True when a text contains Korean letters."""
    return bool(_HANGUL.search(text))
