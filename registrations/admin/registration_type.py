"""Kinds of attendance: names, places, when they are open, whom they admit."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextInputWidget

from accounts.admin_base import AuditedTranslationAdmin
from core.moment_field import DayField, MomentField
from core.translation_marks import translation_marks
from registrations.admin.clock import OnTheForumsClock
from registrations.admin.places import ChangesPlaces
from registrations.admin.quota import counted, refuse_too_few
from registrations.models import Quota, RegistrationType


class RegistrationTypeForm(OnTheForumsClock):
    """Refuses fewer places than are taken and held, with a sentence that says how many those are."""

    moments = ("opens_at", "closes_at")
    opens_at = MomentField(label=capfirst(_("opens")), help_text=_("On the forum’s clock."))
    closes_at = MomentField(label=capfirst(_("closes")))
    valid_from = DayField(
        label=capfirst(_("first day of admission")),
        required=False,
        help_text=_("Empty means the whole forum."),
    )
    valid_until = DayField(label=capfirst(_("last day of admission")), required=False)

    class Meta:
        model = RegistrationType
        # Which fields are shown, and in which rows, the admin says.
        exclude = ()
        widgets = {"colour": UnfoldAdminTextInputWidget(attrs={"type": "color"})}

    def clean_capacity(self) -> int | None:
        """Compare with the counts as they are now; the constraint decides about what comes in between."""
        capacity: int | None = self.cleaned_data["capacity"]
        taken, held = self._counts()
        refuse_too_few(capacity, taken=taken, held=held)
        return capacity

    def clean(self) -> dict[str, Any]:
        """See that the quota has room for whoever is registered, and belongs to the same forum."""
        cleaned = super().clean()
        forum = cleaned.get("forum") or (self.instance.forum_id and self.instance.forum)
        for name in ("quota", "priority_class"):
            shared = cleaned.get(name)
            if shared and forum and shared.forum_id != forum.pk:
                self.add_error(name, _("This belongs to another forum."))
        quota: Quota | None = cleaned.get("quota")
        if quota and quota.pk != self.initial.get("quota"):
            taken, held = self._counts()
            left = quota.capacity - quota.taken - quota.held
            if taken + held > left:
                self.add_error(
                    "quota",
                    _("This quota has %(left)d places left, and this kind needs %(needed)d.")
                    % {"left": left, "needed": taken + held},
                )
        return cleaned

    def _counts(self) -> tuple[int, int]:
        rows = RegistrationType.objects.filter(pk=self.instance.pk).values_list("taken", "held")
        return rows.first() or (0, 0)


@admin.register(RegistrationType)
class RegistrationTypeAdmin(ChangesPlaces, AuditedTranslationAdmin):  # type: ignore[misc] # stubs disagree
    """A kind of attendance. The database counts its places; nobody writes those numbers."""

    form = RegistrationTypeForm
    list_display = (
        *("called", "places", "waiting", "chosen_by"),
        *("opens_at", "closes_at", "translations"),
    )
    list_filter = ("visibility", "needs_approval", "quota")
    list_select_related = ("forum",)
    search_fields = ("slug", "name_vi", "name_ko", "name_en")
    readonly_fields = ("taken", "held", "translations")
    constraint_fields = {
        "registration_type_not_oversold": "capacity",
        "quota_not_oversold": "quota",
        "registration_type_closes_after_opening": "closes_at",
        "registration_type_valid_days": "valid_until",
        "registration_type_price_has_currency": "price",
        "registration_type_slug_in_forum": "slug",
    }
    fieldsets = (
        (None, {"fields": ("forum", ("slug", "position"), ("visibility", "needs_approval"), "translations")}),
        (
            _("Places"),
            {
                "fields": (
                    ("capacity", "quota"),
                    ("taken", "held"),
                    ("has_waiting_list", "offer_hours"),
                    "priority_class",
                ),
                "description": _("New places go to whoever waits, in order, as soon as they are saved."),
            },
        ),
        (_("When visitors may choose it"), {"fields": (("opens_at", "closes_at"),)}),
        (_("What visitors read"), {"fields": ("name", "description")}),
        (_("At the door"), {"fields": (("valid_from", "valid_until"), "colour")}),
        (_("Price"), {"fields": (("price", "currency"),), "classes": ("collapse",)}),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """With the number of those who wait."""
        waiting = Count("registrations", filter=Q(registrations__status="waiting"))
        return super().get_queryset(request).annotate(_waiting=waiting)

    @display(description=_("kind of attendance"), ordering="position", header=True)
    def called(self, kind: RegistrationType) -> tuple[SafeString, str]:
        """The name in the reader's language, behind the colour of its badges."""
        swatch = format_html(
            '<svg class="inline-block mr-2" width="12" height="12" aria-hidden="true">'
            '<rect width="12" height="12" rx="2" fill="{}"/></svg>{}',
            kind.colour,
            str(kind),
        )
        return swatch, kind.slug

    @display(description=_("places taken"), ordering="taken")
    def places(self, kind: RegistrationType) -> SafeString | str:
        """``73 + 12 / 100``: taken, held for invitations, and how many there are."""
        return counted(kind.taken, kind.held, kind.capacity)

    @display(description=_("waiting"), ordering="_waiting")
    def waiting(self, kind: RegistrationType) -> int:
        """How many are on its waiting list."""
        return int(getattr(kind, "_waiting", 0))

    @display(description=_("who may choose it"), ordering="visibility", header=True)
    def chosen_by(self, kind: RegistrationType) -> tuple[str, str]:
        """Who may choose it, above whether somebody approves each one."""
        approval = str(_("an organizer approves each one")) if kind.needs_approval else ""
        return kind.get_visibility_display(), approval

    @display(description=_("translations"))
    def translations(self, kind: RegistrationType) -> SafeString | str:
        """Which languages are complete."""
        return translation_marks(kind, ("name", "description"))
