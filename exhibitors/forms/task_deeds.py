"""What organizers are asked when they decide about an exhibitor's task."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.moment_field import MomentField, in_zone
from events.models import Forum
from exhibitors.services.statuses import LONGEST_REASON


class _DeedForm(forms.Form):
    """A decision about one exhibitor's task."""

    template_name = "admin/exhibitors/desk/_fields.html"

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.forum = forum


def _reason(help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        help_text=help_text,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("Please say why: the reason is kept in the audit trail.")},
    )


class SendBackForm(_DeedForm):
    """Why something is sent back."""

    reason = _reason(_("The exhibitor reads it in the mail, as you write it."))


class WaiveForm(_DeedForm):
    """Why a task need not be done."""

    reason = _reason(_("The exhibitor reads it on the page of the task."))


class DeadlineForm(_DeedForm):
    """Until when one exhibitor has time, and why."""

    due_at = MomentField(label=_("New deadline"), required=True, help_text=_("On the forum’s clock."))
    reason = _reason(_("The exhibitor reads it on the page of the task."))

    def clean_due_at(self) -> datetime:
        """The instant at which the forum's clocks show it."""
        local: datetime | None = self.cleaned_data["due_at"]
        if local is None:
            raise forms.ValidationError(_("Please say when."))
        return in_zone(local, self.forum.zone)
