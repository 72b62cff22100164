"""Speakers in the admin."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from accounts.admin_base import AuditedTabularInline, AuditedTranslationAdmin
from accounts.permissions import forums_where
from core.countries import country_name
from core.i18n import current_language
from core.translation_marks import translation_marks
from speakers.forms import SpeakerForm, UnavailabilityForm
from speakers.models import Speaker, Unavailability

_TEXTS = ("position", "affiliation", "biography")


class UnavailabilityInline(AuditedTabularInline):
    """When a speaker cannot be on stage; the agenda warns of sessions at that time."""

    model = Unavailability
    form = UnavailabilityForm
    fields = ("starts", "ends", "note")
    extra = 1


@admin.register(Speaker)
class SpeakerAdmin(AuditedTranslationAdmin):
    """The people on stage: names in their scripts, texts in three languages, a portrait."""

    form = SpeakerForm
    list_display: tuple[str, ...] = (
        "shown_name",
        "own_name",
        "country_shown",
        "session_count",
        "translations",
    )
    list_filter: ClassVar[tuple[Any, ...]] = ("country", "is_demo")
    search_fields = ("name", "latin_name", "hangul_name", "slug", "affiliation_vi", "affiliation_en")
    search_help_text = _("Name in any script, or organization")
    list_per_page = 50
    autocomplete_fields = ("organization", "user")
    prepopulated_fields = {"slug": ("latin_name",)}
    readonly_fields = ("translations",)
    inlines = (UnavailabilityInline,)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    ("latin_name", "hangul_name"),
                    ("slug", "country"),
                    "portrait",
                    "translations",
                )
            },
        ),
        (_("What the public reads"), {"fields": _TEXTS}),
        (_("For organizers"), {"fields": (("email", "language"), ("organization", "user"), "is_demo")}),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """With the number of sessions beside each person, of those that the organizer may see."""
        found = super().get_queryset(request)
        # By name: the sessions' models stand above this app.
        forums = forums_where(request.user, "events.view_confidential_session")
        seen = ~Q(session_speakers__session__visibility="confidential") | Q(
            session_speakers__session__forum__in=forums
        )
        return found.annotate(_sessions=Count("session_speakers__session", distinct=True, filter=seen))

    @display(description=_("name"), ordering="slug")
    def shown_name(self, speaker: Speaker) -> str:
        """The name as the organizer's language writes it."""
        return speaker.display_name()

    @display(description=_("as the person writes it"), ordering="name")
    def own_name(self, speaker: Speaker) -> SafeString | str:
        """The name in its own script, when that differs."""
        return "" if speaker.name == speaker.display_name() else format_html("{}", speaker.name)

    @display(description=_("country"), ordering="country")
    def country_shown(self, speaker: Speaker) -> str:
        """The country's name in the organizer's language."""
        return country_name(speaker.country, current_language())

    @display(description=_("sessions"), ordering="_sessions")
    def session_count(self, speaker: Speaker) -> int:
        """In how many sessions she has a part."""
        return int(getattr(speaker, "_sessions", 0))

    @display(description=_("languages"))
    def translations(self, speaker: Speaker) -> SafeString:
        """Which languages are complete."""
        return translation_marks(speaker, _TEXTS)
