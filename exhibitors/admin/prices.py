"""Types of booths and extras, with what they cost."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Count
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from accounts.admin_base import AuditedTabularInline, AuditedTranslationAdmin
from core.countries import selectable_countries
from core.moment_field import DayField
from core.translation_marks import translation_marks
from exhibitors.models import BoothPrice, BoothType, Extra, ExtraPrice


class BoothPriceForm(forms.ModelForm):
    """A row of the list; the country is chosen by its name."""

    until = DayField(label=capfirst(_("until")), required=False)
    country = forms.ChoiceField(
        label=capfirst(_("country")),
        required=False,
        choices=lambda: [("", _("anywhere")), *(pair for pair in selectable_countries() if pair[0])],
        widget=UnfoldAdminSelectWidget,
    )

    class Meta:
        model = BoothPrice
        fields = ("period_kind", "rate", "until", "country", "currency", "amount")


class BoothPriceInline(AuditedTabularInline):
    """The price list of a type, before VAT. Who fits several rows pays the cheapest."""

    model = BoothPrice
    form = BoothPriceForm
    fields = ("period_kind", "rate", "until", "country", "currency", "amount")
    extra = 0


class ExtraPriceInline(AuditedTabularInline):
    """What one piece costs in each currency, before VAT."""

    model = ExtraPrice
    fields = ("currency", "amount")
    extra = 0


@admin.register(BoothType)
class BoothTypeAdmin(AuditedTranslationAdmin):
    """Classes of booths, with their prices."""

    inlines = (BoothPriceInline,)
    list_display = ("called", "size", "staff_passes", "is_shared", "booth_count", "translations")
    list_filter = ("is_shared",)
    list_select_related = ("forum",)
    search_fields = ("slug", "name_vi", "name_ko", "name_en")
    readonly_fields = ("translations",)
    constraint_fields = {"booth_type_slug_in_forum": "slug", "booth_type_size": "width"}
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "forum",
                    ("slug", "position"),
                    ("width", "depth"),
                    ("staff_passes", "colour"),
                    "is_shared",
                    "translations",
                )
            },
        ),
        (_("What the public reads"), {"fields": ("name", "equipment")}),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """With the number of booths."""
        return super().get_queryset(request).annotate(_booths=Count("booths"))

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Choose the colour by eye."""
        if db_field.name == "colour":
            kwargs["widget"] = UnfoldAdminTextInputWidget(attrs={"type": "color"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @display(description=_("booth type"), ordering="position", header=True)
    def called(self, kind: BoothType) -> tuple[SafeString, str]:
        """The name behind its colour on the plan."""
        swatch = format_html(
            '<svg class="inline-block mr-2" width="12" height="12" aria-hidden="true">'
            '<rect width="12" height="12" rx="2" fill="{}"/></svg>{}',
            kind.colour,
            str(kind),
        )
        return swatch, kind.slug

    @display(description=_("size"))
    def size(self, kind: BoothType) -> str:
        """Width and depth in metres."""
        return f"{kind.width / 100:g} × {kind.depth / 100:g} m"

    @display(description=_("booths"), ordering="_booths")
    def booth_count(self, kind: BoothType) -> int:
        """How many there are."""
        return int(getattr(kind, "_booths", 0))

    @display(description=_("languages"))
    def translations(self, kind: BoothType) -> SafeString:
        """Which languages are complete."""
        return translation_marks(kind, ("name", "equipment"))


@admin.register(Extra)
class ExtraAdmin(AuditedTranslationAdmin):
    """What can be had with a booth. The database counts what is taken."""

    inlines = (ExtraPriceInline,)
    list_display = ("called", "counted", "translations")
    list_select_related = ("forum",)
    search_fields = ("slug", "name_vi", "name_ko", "name_en")
    readonly_fields = ("taken", "translations")
    constraint_fields = {"extra_slug_in_forum": "slug", "extra_not_oversold": "stock"}
    fieldsets = (
        (None, {"fields": ("forum", ("slug", "position"), ("stock", "taken"), "translations")}),
        (_("What the public reads"), {"fields": ("name", "description")}),
    )

    @display(description=_("extra"), ordering="position", header=True)
    def called(self, extra: Extra) -> tuple[str, str]:
        """The name above its short name."""
        return str(extra), extra.slug

    @display(description=_("taken"), ordering="taken")
    def counted(self, extra: Extra) -> str:
        """``3 / 10``: taken, and how many there are."""
        return f"{extra.taken} / {'∞' if extra.stock is None else extra.stock}"

    @display(description=_("languages"))
    def translations(self, extra: Extra) -> SafeString:
        """Which languages are complete."""
        return translation_marks(extra, ("name", "description"))
