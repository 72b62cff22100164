"""Forms of decisions about people: most of them ask why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from core.countries import country_name
from core.i18n import current_language
from events.models import Forum
from registrations import personal_data
from registrations.admin.deciding import kept_reason
from registrations.admin.forms import ReasonForm
from registrations.applications import applied_types, pending
from registrations.models import DecisionReason, PriorityClass, Registration, RegistrationType
from registrations.models.registration import DEFAULT_RANK


class QueueFilter(forms.Form):
    """Which applications are shown. What was made up in the address is left out."""

    type: forms.ModelChoiceField[RegistrationType] = forms.ModelChoiceField(
        label=_("Type of attendance"),
        queryset=RegistrationType.objects.none(),
        required=False,
        empty_label=_("all"),
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    text = forms.CharField(label=_("Name, organization, address or code"), required=False, max_length=100)

    def __init__(self, data: Any, *, forum: Forum) -> None:
        super().__init__(data)
        self.forum = forum
        kinds: Any = self.fields["type"]
        kinds.queryset = applied_types(forum)
        countries: Any = self.fields["country"]
        language = current_language()
        present = pending(forum).order_by().values_list("country", flat=True).distinct()
        named = sorted((country_name(code, language), code) for code in present)
        countries.choices = [("", _("all")), *((code, name) for name, code in named)]

    def chosen(self) -> dict[str, Any]:
        """Return the filters for ``applications.pending``."""
        self.full_clean()
        cleaned = self.cleaned_data
        kind = cleaned.get("type")
        text = "".join(char for char in cleaned.get("text") or "" if char.isprintable())
        return {"kind": kind.pk if kind else None, "country": cleaned.get("country") or "", "text": text}

    def query(self) -> dict[str, str]:
        """Return the same for an address, without what is empty."""
        chosen = self.chosen()
        found = {"type": chosen["kind"], "country": chosen["country"], "text": chosen["text"]}
        return {name: str(value) for name, value in found.items() if value}


class RequiredReasonForm(ReasonForm):
    """Why something is done past the usual order. ``registration`` is about whom."""

    def __init__(self, *args: Any, registration: Registration | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.registration = registration
        self.fields["reason"].required = True


class DeclineForm(ReasonForm):
    """A kept reason or one in own words. The person reads it in her mail."""

    kept: forms.ModelChoiceField[DecisionReason] = forms.ModelChoiceField(
        label=_("Kept reason"),
        queryset=DecisionReason.objects.none(),
        required=False,
        empty_label=_("in my own words"),
        widget=UnfoldAdminSelectWidget,
        help_text=_("Each person reads it in the language of their mails."),
    )
    field_order = ("kept", "reason")

    def __init__(self, *args: Any, forum_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept: Any = self.fields["kept"]
        kept.queryset = DecisionReason.objects.filter(forum=forum_id)
        self.fields["reason"].label = _("Reason in my own words")
        self.fields["reason"].help_text = _("Replaces the kept reason, and goes out by mail as you write it.")

    def clean(self) -> dict[str, Any]:
        """One of both has to be there."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("kept") and not cleaned.get("reason"):
            self.add_error("reason", ValidationError(_("Please choose or write a reason.")))
        return cleaned

    def reason_for(self, registration: Registration) -> str:
        """Return the reason as ``registration`` reads it."""
        typed: str = self.cleaned_data["reason"]
        kept = self.cleaned_data["kept"]
        return typed or (kept_reason(kept, registration) if kept else "")


class DeedDeclineForm(DeclineForm):
    """The same on the page of one registration."""

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        super().__init__(*args, forum_id=registration.forum_id, **kwargs)
        self.registration = registration

    def clean(self) -> dict[str, Any]:
        """Make the reason of it."""
        cleaned = super().clean()
        if not self.errors:
            cleaned["reason"] = self.reason_for(self.registration)
        return cleaned


class RankForm(RequiredReasonForm):
    """Into which class somebody who waits goes, and why."""

    priority_class: forms.ModelChoiceField[PriorityClass] = forms.ModelChoiceField(
        label=_("Class"),
        queryset=PriorityClass.objects.none(),
        required=False,
        empty_label=_("none: after all classes"),
        widget=UnfoldAdminSelectWidget,
    )
    field_order = ("priority_class", "reason")

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        super().__init__(*args, registration=registration, **kwargs)
        classes: Any = self.fields["priority_class"]
        classes.queryset = PriorityClass.objects.filter(forum=registration.forum_id)
        here = classes.queryset.filter(rank=registration.waiting_rank).first()
        if registration.waiting_rank != DEFAULT_RANK and here:
            self.initial["priority_class"] = here.pk


class TypeForm(forms.Form):
    """As what somebody attends from now on."""

    type: forms.ModelChoiceField[RegistrationType] = forms.ModelChoiceField(
        label=_("Type of attendance"),
        queryset=RegistrationType.objects.none(),
        empty_label=_("Choose …"),
        widget=UnfoldAdminSelectWidget,
    )

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["type"]
        kinds.queryset = RegistrationType.objects.filter(forum=registration.forum_id).exclude(
            pk=registration.type_id
        )


class HandOnForm(forms.Form):
    """Who may take over a ticket."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=UnfoldAdminTextInputWidget)
    email = forms.CharField(label=_("E-mail"), max_length=254, widget=UnfoldAdminTextInputWidget)
    language = forms.ChoiceField(
        label=_("Language of mails"),
        choices=settings.LANGUAGES,
        widget=UnfoldAdminSelectWidget,
    )

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", registration.language)

    def clean_name(self) -> str:
        """The name as personal_data makes it uniform."""
        return personal_data.required_answer("name", self.cleaned_data["name"])

    def clean_email(self) -> str:
        """The address as personal_data makes it uniform."""
        return personal_data.mailbox(self.cleaned_data["email"])
