"""What an organizer says when she publishes."""

from __future__ import annotations

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget


class PublishForm(forms.Form):
    """A note, and the digest of the draft that she has read: nothing else is published."""

    note = forms.CharField(
        label=capfirst(_("note")),
        required=False,
        max_length=2000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("For the organizers: what this release is about."),
    )
    reviewed = forms.CharField(widget=forms.HiddenInput, max_length=64)
