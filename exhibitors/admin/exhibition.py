"""The frame of an exhibition: when it is, for which times booths can be had, under which terms."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationTabularInline
from unfold.decorators import action, display

from accounts.admin_base import AuditedTabularInline, AuditedTranslationAdmin
from core import dates
from core.i18n import current_language
from core.translation_marks import translation_marks
from exhibitors.admin import numbers
from exhibitors.forms.exhibition import ExhibitionForm, PeriodForm
from exhibitors.models import BookingPeriod, Exhibition


class PeriodInline(AuditedTabularInline, TranslationTabularInline):
    """For which times a booth can be had. Bookings keep the time as it was when they were made."""

    model = BookingPeriod
    form = PeriodForm
    fields = ("position", "kind", "name", "starts", "ends")
    extra = 0


@admin.register(Exhibition)
class ExhibitionAdmin(AuditedTranslationAdmin):
    """One exhibition a forum."""

    form = ExhibitionForm
    inlines = (PeriodInline,)
    list_display = ("called", "begins", "ends", "booking", "translations")
    list_select_related = ("forum",)
    actions_list = ("numbers_button",)
    readonly_fields = ("terms_version", "translations")
    constraint_fields = {
        "exhibition_ends_after_beginning": "ends_at",
        "exhibition_booking_closes_after_opening": "booking_closes_at",
    }
    fieldsets = (
        (None, {"fields": ("forum", ("starts_at", "ends_at"))}),
        (
            _("Booking"),
            {
                "fields": (
                    ("booking_opens_at", "booking_closes_at"),
                    ("hold_minutes", "offer_days", "vat_percent"),
                )
            },
        ),
        (
            _("Terms of participation"),
            {
                "fields": ("terms", "terms_version", "translations"),
                "description": _("With each change of the wording they are a new version."),
            },
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """An exhibition stays with its forum."""
        fields = tuple(super().get_readonly_fields(request, obj))
        return (*fields, "forum") if obj else fields

    def get_urls(self) -> list[URLPattern]:
        """The figures, in front of Django's own pages."""
        return [*numbers.urls(self), *super().get_urls()]

    @action(description=_("Numbers"), permissions=["view"], url_path="to-numbers")
    def numbers_button(self, request: HttpRequest) -> HttpResponse:
        """Lead to the page with the figures."""
        return HttpResponseRedirect(reverse("admin:exhibitors_exhibition_numbers"))

    @display(description=_("forum"))
    def called(self, exhibition: Exhibition) -> str:
        """The forum's name."""
        return str(exhibition.forum)

    @display(description=_("begins"), ordering="starts_at")
    def begins(self, exhibition: Exhibition) -> str:
        """When it begins, on the forum's clock."""
        return dates.moment(exhibition.starts_at, exhibition.forum.zone, current_language())

    @display(description=_("ends"), ordering="ends_at")
    def ends(self, exhibition: Exhibition) -> str:
        """When it ends, on the forum's clock."""
        return dates.moment(exhibition.ends_at, exhibition.forum.zone, current_language())

    @display(description=_("booths can be had from"), ordering="booking_opens_at")
    def booking(self, exhibition: Exhibition) -> str:
        """When booking opens."""
        opens = exhibition.booking_opens_at
        return dates.moment(opens, exhibition.forum.zone, current_language()) if opens else "–"

    @display(description=_("languages"))
    def translations(self, exhibition: Exhibition) -> SafeString:
        """Which languages of the terms are complete."""
        return translation_marks(exhibition, ("terms",))
