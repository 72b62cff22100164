"""Claims on booths in the admin: looked at. What changes them are deeds with rules of their own."""

from __future__ import annotations

from typing import Any

from babel.numbers import format_currency
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from accounts.admin_base import AuditedModelAdmin
from accounts.permissions import can
from core import dates
from core.i18n import current_language
from exhibitors.admin import desk, desk_lines, desk_plan
from exhibitors.models import BoothBooking

_COLOURS = {
    "held": "info",
    "requested": "warning",
    "asked": "warning",
    "offered": "info",
    "accepted": "info",
    "confirmed": "success",
    "released": "danger",
    "expired": "danger",
    "declined": "danger",
}


@admin.register(BoothBooking)
class BoothBookingAdmin(AuditedModelAdmin):
    """Who has claimed which booths, and how far that is."""

    forum_lookup = "exhibitor__forum"
    list_display = ("who", "which", "state", "shown_period", "shown_amount", "until", "since")
    list_filter = ("status", "type", "period")
    list_select_related = ("exhibitor__organization", "exhibitor__forum", "type", "period")
    list_per_page = 100
    search_fields = (
        "exhibitor__organization__name_vi",
        "exhibitor__organization__name_ko",
        "exhibitor__organization__name_en",
        "booths__booth__number",
    )
    search_help_text = _("Name of the organization, or number of a booth")
    fieldsets = (
        (
            None,
            {"fields": (("exhibitor", "which"), ("type", "shown_period"), ("state", "until"), "since")},
        ),
        (_("Offer"), {"fields": (("shown_amount", "currency"), "reason")}),
    )
    readonly_fields = (
        *("exhibitor", "which", "type", "shown_period", "state", "until", "since"),
        *("shown_amount", "currency", "reason"),
    )

    def get_urls(self) -> list[URLPattern]:
        """The desk, the plan and the waiting lists, in front of single bookings."""
        return [*desk.urls(self), *desk_plan.urls(self), *desk_lines.urls(self), *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Whoever decides here sees the booking on the desk."""
        booking = self.get_object(request, object_id)
        is_read = request.method in {"GET", "HEAD"}
        if is_read and isinstance(booking, BoothBooking) and can(request.user, desk.DECIDE, booking):
            return desk.booking_page(self, request, booking)
        return super().change_view(request, object_id, form_url, extra_context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A claim begins with a hold."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Its state is changed by deeds alone."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A claim ends; its history stays."""
        return False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """With the booths of each."""
        return super().get_queryset(request).prefetch_related("booths__booth")

    @display(description=_("exhibitor"))
    def who(self, booking: BoothBooking) -> str:
        """The organization."""
        return str(booking.exhibitor)

    @display(description=_("booths"))
    def which(self, booking: BoothBooking) -> str:
        """The numbers of its booths."""
        return ", ".join(sorted(claim.booth.number for claim in booking.booths.all())) or "–"

    @display(description=_("state"), ordering="status", label=_COLOURS)
    def state(self, booking: BoothBooking) -> tuple[str, str]:
        """The state as a coloured word."""
        return booking.status, booking.get_status_display()

    @display(description=_("period"))
    def shown_period(self, booking: BoothBooking) -> str:
        """The period's name in the organizer's language."""
        return str(booking.period)

    @display(description=_("amount with VAT"), ordering="amount")
    def shown_amount(self, booking: BoothBooking) -> str:
        """What was offered."""
        if booking.amount is None or not booking.currency:
            return "–"
        return format_currency(booking.amount, booking.currency, locale=current_language())

    @display(description=_("expires"), ordering="expires_at")
    def until(self, booking: BoothBooking) -> str:
        """When a hold or an offer ends, on the forum's clock."""
        return self._moment(booking, booking.expires_at)

    @display(description=_("since"), ordering="created_at")
    def since(self, booking: BoothBooking) -> str:
        """When it was made, on the forum's clock."""
        return self._moment(booking, booking.created_at)

    def _moment(self, booking: BoothBooking, moment: Any) -> str:
        return dates.moment(moment, booking.exhibitor.forum.zone, current_language()) if moment else "–"
