"""As what the staff of exhibitors attend: one row a forum."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from accounts.admin_base import AuditedModelAdmin
from leads.models import PassSetting, StaffPass


class PassSettingForm(forms.ModelForm):
    """The kind of attendance has to be one of the forum's own."""

    class Meta:
        model = PassSetting
        fields = ("forum", "type")

    def clean(self) -> dict[str, Any]:
        """Say beside the field what the database would refuse."""
        cleaned = super().clean() or self.cleaned_data
        forum_id = cleaned["forum"].pk if cleaned.get("forum") else self.instance.forum_id
        kind = cleaned.get("type")
        if forum_id and kind and kind.forum_id != forum_id:
            self.add_error("type", ValidationError(_("Please choose a type of attendance of this forum.")))
        return cleaned


@admin.register(PassSetting)
class PassSettingAdmin(AuditedModelAdmin):
    """Which ticket staff passes are. Changing it changes no pass that was given."""

    form = PassSettingForm
    list_display = ("forum", "type", "passes")
    list_select_related = ("forum", "type")
    fields = ("forum", "type", "passes")
    readonly_fields = ("passes",)
    constraint_fields = {"pass_type_of_its_forum": "type"}

    def get_readonly_fields(self, request: Any, obj: Any = None) -> tuple[str, ...]:
        """The forum is the row's name."""
        fields = tuple(super().get_readonly_fields(request, obj))
        return (*fields, "forum") if obj else fields

    @display(description=_("passes given"))
    def passes(self, setting: PassSetting) -> str:
        """How many staff passes are in use."""
        return str(StaffPass.objects.live().filter(exhibitor__forum=setting.forum_id).count())
