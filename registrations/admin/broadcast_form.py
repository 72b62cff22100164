"""Writing a mail to a group: what for, to whom, in three languages; and when it goes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.i18n import LANGUAGE_CODES, NATIVE_NAMES
from core.moment_field import MomentField, in_zone
from core.prose_field import ProseField
from events.models import Forum
from registrations.admin.group_form import GroupForm
from registrations.broadcasts import BroadcastText
from registrations.broadcasts.drafting import LONGEST_BODY, check_text
from registrations.models import Broadcast


class BroadcastForm(GroupForm):
    """A draft. ``version`` is the one that the organizer was shown."""

    title = forms.CharField(label=capfirst(_("title")), max_length=120, help_text=_("For organizers."))
    purpose = forms.ChoiceField(
        label=capfirst(_("purpose")),
        choices=Broadcast.Purpose.choices,
        initial=Broadcast.Purpose.SERVICE,
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, forum=forum, **kwargs)
        for code in LANGUAGE_CODES:
            self.fields[f"subject_{code}"] = forms.CharField(
                label=_("Subject"), max_length=150, required=False, widget=forms.TextInput({"lang": code})
            )
            self.fields[f"body_{code}"] = ProseField(
                label=_("Text"),
                max_length=LONGEST_BODY,
                required=False,
                widget=forms.Textarea({"lang": code, "rows": 14}),
            )

    def columns(self) -> list[tuple[str, str, forms.BoundField, forms.BoundField]]:
        """Return code, name, subject and text of each language, which stand side by side."""
        return [
            (code, NATIVE_NAMES[code], self[f"subject_{code}"], self[f"body_{code}"])
            for code in LANGUAGE_CODES
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse placeholders that do not exist and links that would be none, beside their field."""
        cleaned = super().clean()
        for field in (f"{part}_{code}" for part in ("subject", "body") for code in LANGUAGE_CODES):
            try:
                check_text(cleaned.get(field) or "")
            except ValidationError as error:
                self.add_error(field, error)
        return cleaned

    def text(self) -> BroadcastText:
        """Return what was written."""
        return BroadcastText(
            title=self.cleaned_data["title"],
            purpose=self.cleaned_data["purpose"],
            subject={code: self.cleaned_data[f"subject_{code}"] for code in LANGUAGE_CODES},
            body={code: self.cleaned_data[f"body_{code}"] for code in LANGUAGE_CODES},
        )

    def as_it_is(self, forum: Forum) -> Broadcast | None:
        """Return the mail as it would be saved, not stored, for counting; None while the group is wrong."""
        self.full_clean()
        if set(self.errors) & set(GroupForm.base_fields):
            return None
        texts = {
            name: self.cleaned_data.get(name) or ""
            for name in (f"{part}_{code}" for part in ("subject", "body") for code in LANGUAGE_CODES)
        }
        purpose = self.cleaned_data.get("purpose") or Broadcast.Purpose.SERVICE
        return Broadcast(forum=forum, purpose=purpose, chosen=self.group().as_json(), **texts)


class SendForm(forms.Form):
    """Now, or at a time on the forum's clock."""

    NOW, LATER = "now", "later"

    when = forms.ChoiceField(
        label=_("When"),
        choices=[
            (NOW, pgettext_lazy("when a mail is sent", "now")),
            (LATER, pgettext_lazy("when a mail is sent", "later")),
        ],
        initial=NOW,
        widget=forms.RadioSelect,
    )
    send_at = MomentField(label=_("Day and time"), help_text=_("On the forum’s clock."))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.forum = forum

    def clean_send_at(self) -> datetime | None:
        """The instant at which the forum's clocks show it."""
        local: datetime | None = self.cleaned_data["send_at"]
        return in_zone(local, self.forum.zone) if local else None

    def clean(self) -> dict[str, Any]:
        """A later time has to be said."""
        cleaned: dict[str, Any] = super().clean() or {}
        is_later = cleaned.get("when") == self.LATER
        if is_later and not cleaned.get("send_at") and "send_at" not in self.errors:
            self.add_error("send_at", _("Please say when."))
        if not is_later and cleaned.get("send_at"):
            # What was meant for Friday must not go today because of one button.
            self.add_error("when", _("A time is filled in below. Choose “later”, or empty it."))
        return cleaned


class StopForm(forms.Form):
    """Why a mail is stopped; kept in the audit trail."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=200)
