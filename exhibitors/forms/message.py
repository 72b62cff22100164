"""A message in the thread of an exhibitor."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import form_token
from core.prose_field import ProseField
from exhibitors.conversations.writing import LONGEST


class MessageForm(forms.Form):
    """A text; the token in the form makes two clicks one message."""

    text = ProseField(
        label=_("Your message"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("Please write something.")},
    )
    form_token = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["form_token"] = form_token.draw()

    def clean_form_token(self) -> uuid.UUID | None:
        """Return the token's number; None for a form that is too old to know."""
        return form_token.read(self.cleaned_data["form_token"])
