"""Exhibitors and their products in the admin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationStackedInline
from unfold.decorators import action, display

from accounts.admin_base import AuditedStackedInline, AuditedTranslationAdmin
from core.countries import country_name
from core.i18n import current_language
from core.translation_marks import translation_marks
from exhibitors.admin import exhibitor_people
from exhibitors.forms.exhibitor import ExhibitorForm, ProductForm
from exhibitors.models import Exhibitor, Product

_TEXTS = ("tagline", "description")
# Details of a person and of an invoice, for those who deal with exhibitors.
_INTERNAL = (
    "contact_name",
    "contact_email",
    "contact_phone",
    "language",
    "is_member",
    "billing_name",
    "billing_address",
    "tax_code",
)


class ProductInline(AuditedStackedInline, TranslationStackedInline):
    """What an exhibitor shows."""

    model = Product
    form = ProductForm
    fields = (("position", "slug"), "name", "tagline", "description", "picture", "topics", "website")
    filter_horizontal = ("topics",)
    extra = 0


@admin.register(Exhibitor)
class ExhibitorAdmin(AuditedTranslationAdmin):
    """An organization's part in the exhibition."""

    form = ExhibitorForm
    inlines = (ProductInline,)
    list_display = ("called", "country", "product_count", "is_published", "translations")
    list_filter = ("is_published", "organization__country", "topics", "is_demo")
    list_select_related = ("organization", "forum")
    list_per_page = 50
    search_fields = ("slug", "organization__name_vi", "organization__name_ko", "organization__name_en")
    search_help_text = _("Name of the organization")
    autocomplete_fields = ("organization",)
    filter_horizontal = ("topics",)
    readonly_fields = ("translations",)
    actions_detail = ("people_button",)
    constraint_fields = {
        "exhibitor_once_in_forum": "organization",
        "exhibitor_slug_in_forum": "slug",
        "exhibitor_is_no_own_guest": "host",
    }
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "forum",
                    ("organization", "slug"),
                    "host",
                    ("is_published", "is_demo"),
                    "translations",
                )
            },
        ),
        (_("What the public reads"), {"fields": (*_TEXTS, "logo", "website", "topics")}),
    )
    internal_fieldset = (
        _("For organizers"),
        {
            "fields": (
                ("contact_name", "contact_email", "contact_phone"),
                ("language", "is_member"),
                ("billing_name", "tax_code"),
                "billing_address",
            )
        },
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """With the number of products."""
        return super().get_queryset(request).annotate(_products=Count("products", distinct=True))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who only looks sees what will be public."""
        found = super().get_fieldsets(request, obj)
        return (*found, self.internal_fieldset) if self._deals_with(request, obj) else found

    def unseen_fields(self, request: HttpRequest, obj: Any) -> Sequence[str]:
        """The same holds for the history."""
        return () if self._deals_with(request, obj) else _INTERNAL

    def get_urls(self) -> list[URLPattern]:
        """Who looks after it stands in front of Django's own pages."""
        return [*exhibitor_people.urls(self), *super().get_urls()]

    @action(description=_("Who looks after it"), permissions=["change"], url_path="to-people")
    def people_button(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to the page of managers, and of withdrawing."""
        return HttpResponseRedirect(reverse("admin:exhibitors_exhibitor_people", args=[object_id]))

    def _deals_with(self, request: HttpRequest, obj: Exhibitor | None) -> bool:
        return self.has_change_permission(request, obj) if obj else self.has_add_permission(request)

    @display(description=_("exhibitor"), ordering="slug", header=True)
    def called(self, exhibitor: Exhibitor) -> tuple[str, str]:
        """The organization above the short name."""
        return str(exhibitor), exhibitor.slug

    @display(description=_("country"), ordering="organization__country")
    def country(self, exhibitor: Exhibitor) -> str:
        """The country's name in the organizer's language."""
        return country_name(exhibitor.organization.country, current_language())

    @display(description=_("products"), ordering="_products")
    def product_count(self, exhibitor: Exhibitor) -> int:
        """How many it shows."""
        return int(getattr(exhibitor, "_products", 0))

    @display(description=_("languages"))
    def translations(self, exhibitor: Exhibitor) -> SafeString:
        """Which languages are complete."""
        return translation_marks(exhibitor, _TEXTS)
