"""Kinds of attendance: names, places, when they are open."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import display

from accounts.admin_base import AuditedTranslationAdmin
from core.moment_field import MomentField, in_zone
from core.translation_marks import translation_marks
from registrations.models import RegistrationType


class RegistrationTypeForm(forms.ModelForm):
    """Refuses fewer places than are taken, with a sentence that says how many those are."""

    opens_at = MomentField(label=capfirst(_("opens")), help_text=_("On the forum’s clock."))
    closes_at = MomentField(label=capfirst(_("closes")))

    class Meta:
        model = RegistrationType
        # Which fields are shown, and in which rows, the admin says.
        exclude = ()  # noqa: DJ006

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("opens_at", "closes_at"):
            stored = getattr(self.instance, name)
            if stored:
                self.initial[name] = stored.astimezone(self.instance.forum.zone).replace(tzinfo=None)

    def clean_opens_at(self) -> datetime | None:
        """The instant at which the forum's clocks show it."""
        return self._instant("opens_at")

    def clean_closes_at(self) -> datetime | None:
        """The instant at which the forum's clocks show it."""
        return self._instant("closes_at")

    def _instant(self, name: str) -> datetime | None:
        local: datetime | None = self.cleaned_data[name]
        forum = self.cleaned_data.get("forum") or (self.instance.forum if self.instance.pk else None)
        return in_zone(local, forum.zone) if local and forum else None

    def clean_capacity(self) -> int | None:
        """Compare with the count as it is now; the constraint decides about what comes in between."""
        capacity: int | None = self.cleaned_data["capacity"]
        current = RegistrationType.objects.filter(pk=self.instance.pk).values_list("taken", flat=True)
        taken = current.first() or 0
        if capacity is not None and capacity < taken:
            raise ValidationError(
                ngettext(
                    "%(taken)d place is taken already, so there cannot be fewer places than that.",
                    "%(taken)d places are taken already, so there cannot be fewer places than that.",
                    taken,
                ),
                params={"taken": taken},
            )
        return capacity


@admin.register(RegistrationType)
class RegistrationTypeAdmin(AuditedTranslationAdmin):
    """A kind of attendance. The database counts its places; nobody writes that number."""

    form = RegistrationTypeForm
    list_display = ("called", "places", "visibility", "opens_at", "closes_at", "position", "translations")
    list_filter = ("visibility",)
    list_select_related = ("forum",)
    search_fields = ("slug", "name_vi", "name_ko", "name_en")
    readonly_fields = ("taken", "translations")
    constraint_fields = {
        "registration_type_not_oversold": "capacity",
        "registration_type_closes_after_opening": "closes_at",
        "registration_type_slug_in_forum": "slug",
    }
    fieldsets = (
        (
            None,
            {"fields": ("forum", ("slug", "position"), ("capacity", "taken"), "visibility", "translations")},
        ),
        (_("When visitors may choose it"), {"fields": (("opens_at", "closes_at"),)}),
        (_("What visitors read"), {"fields": ("name", "description")}),
    )

    @display(description=_("kind of attendance"), ordering="position")
    def called(self, kind: RegistrationType) -> str:
        """The name in the reader's language."""
        return str(kind)

    @display(description=_("places taken"), ordering="taken")
    def places(self, kind: RegistrationType) -> str:
        """``73 / 100``, or the number alone where there is no limit."""
        return f"{kind.taken} / {kind.capacity}" if kind.capacity is not None else str(kind.taken)

    @display(description=_("translations"))
    def translations(self, kind: RegistrationType) -> SafeString | str:
        """Which languages are complete."""
        return translation_marks(kind, ("name", "description"))
