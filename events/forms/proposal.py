"""What organizers fill in about a speaker's proposal."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget


class DeclineForm(forms.Form):
    """Why the text stays as it was."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("The speaker reads it in the mail."),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        error_messages={"required": _("Please say why: the speaker reads it.")},
    )
