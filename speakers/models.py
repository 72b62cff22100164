"""Speakers and how their names are written in three scripts' worth of readers."""

from __future__ import annotations

import re

from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q
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
    language = models.CharField(
        _("language of mails"), max_length=2, choices=settings.LANGUAGES, default="en"
    )
    # Part of the secret link to the speaker's own page; raising it makes older links worthless.
    link_version = models.PositiveIntegerField(default=1, editable=False)
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


class Unavailability(models.Model):
    """A time at which a speaker cannot be on stage: a half-open range of instants [start, end)."""

    speaker = models.ForeignKey(
        Speaker, models.CASCADE, related_name="unavailabilities", verbose_name=_("speaker")
    )
    period = DateTimeRangeField(_("time"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("time when not available")
        verbose_name_plural = _("times when not available")
        ordering = ["period"]
        constraints = [
            models.CheckConstraint(
                name="unavailability_bounded",
                condition=Q(
                    period__isempty=False,
                    period__lower_inf=False,
                    period__upper_inf=False,
                    period__lower_inc=True,
                    period__upper_inc=False,
                ),
                violation_error_message=_("The end must be after the start."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker}: {self.period.lower:%Y-%m-%d %H:%M}–{self.period.upper:%H:%M} UTC"


def names_by_language(name: str, latin_name: str, hangul_name: str) -> dict[str, str]:
    """Return ``{"vi": …, "ko": …, "en": …}``: Hangul for Korean readers, Latin letters for the others."""
    latin = (latin_name or name) if is_hangul(name) else name
    return {"vi": latin, "en": latin, "ko": name if is_hangul(name) else hangul_name or name}


def is_hangul(text: str) -> bool:
    """True when a text contains Korean letters."""
    return bool(_HANGUL.search(text))
