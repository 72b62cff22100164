"""What people may agree to beside the use of their details: each purpose in the forum's own words."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from accounts.admin_base import AuditedTranslationAdmin
from core.i18n import localized
from core.translation_marks import translation_marks
from registrations.models import Consent, ConsentPurpose
from registrations.models.consents import Purpose


@admin.register(ConsentPurpose)
class ConsentPurposeAdmin(AuditedTranslationAdmin):
    """A purpose. Nobody need agree to it; new words are a new version, and each person keeps her own."""

    list_display = ("called", "words", "version", "is_offered", "agreed", "translations")
    list_select_related = ("forum",)
    readonly_fields = ("version", "agreed", "translations")
    constraint_fields = {"consent_purpose_once": "kind"}
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "forum",
                    ("kind", "position"),
                    "is_offered",
                    ("version", "agreed"),
                    "translations",
                ),
                "description": _(
                    "Each purpose has a box of its own on the form, and none is ticked beforehand. "
                    "Whoever agreed keeps the words they agreed to; other words are a new version."
                ),
            },
        ),
        (_("What people agree to"), {"fields": ("wording",)}),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """With the number of those who agree now."""
        given = Consent.objects.filter(
            registration__forum=OuterRef("forum"), kind=OuterRef("kind"), withdrawn_at=None
        )
        counted = given.order_by().values("kind").annotate(n=Count("pk")).values("n")
        return super().get_queryset(request).annotate(_agreed=Coalesce(Subquery(counted), 0))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """What it is for does not change: consents name it."""
        fields = tuple(super().get_readonly_fields(request, obj))
        return (*fields, "kind") if obj else fields

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the purposes that are free; the first one stands on the page of the forum."""
        if db_field.name == "kind":
            kwargs["choices"] = [pair for pair in Purpose.choices if pair[0] != Purpose.PRIVACY]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    @display(description=_("purpose"), ordering="position")
    def called(self, purpose: ConsentPurpose) -> str:
        """The purpose in the reader's language."""
        return str(purpose)

    @display(description=_("wording"))
    def words(self, purpose: ConsentPurpose) -> str:
        """The beginning of the sentence."""
        return str(Truncator(localized(purpose, "wording").text).chars(80))

    @display(description=_("agree now"), ordering="_agreed")
    def agreed(self, purpose: ConsentPurpose) -> int:
        """How many agreed and have not withdrawn it."""
        return int(getattr(purpose, "_agreed", 0))

    @display(description=_("translations"))
    def translations(self, purpose: ConsentPurpose) -> SafeString | str:
        """Which languages are complete."""
        return translation_marks(purpose, ("wording",))
