"""An application that an organizer writes for an exhibitor who telephones."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from exhibitors.forms.moving import booths_named
from exhibitors.models import BookingPeriod, Booth, BoothBooking, Exhibition, Exhibitor, Extra
from exhibitors.services.applying import LONGEST_ANSWER, MOST_OF_AN_EXTRA


class BookingForm(forms.Form):
    """For whom, which booths, when, in which currency, with which extras.

    ``terms_version`` is the version of the terms that was read out; another one is refused when they were
    changed meanwhile.
    """

    template_name = "admin/exhibitors/desk/_fields.html"
    exhibitor: Any = forms.ModelChoiceField(
        Exhibitor.objects.none(), label=_("Exhibitor"), empty_label=_("Choose …")
    )
    booths = forms.CharField(
        label=_("Booths"), max_length=200, help_text=_("A number such as A12, or several side by side.")
    )
    period: Any = forms.ModelChoiceField(BookingPeriod.objects.none(), label=_("Period"), empty_label=None)
    currency = forms.ChoiceField(label=_("Currency"), choices=BoothBooking.Currency.choices)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    terms = forms.BooleanField(
        error_messages={"required": _("Without the terms of participation nobody can apply.")}
    )
    terms_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, exhibition: Exhibition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forum = exhibition.forum_id
        self.exhibition = exhibition
        fields: dict[str, Any] = self.fields
        fields["exhibitor"].queryset = Exhibitor.objects.filter(forum=forum).select_related("organization")
        fields["period"].queryset = BookingPeriod.objects.filter(exhibition=exhibition)
        fields["terms"].label = _(
            "The exhibitor accepts the terms of participation (version %(version)s)"
        ) % {"version": exhibition.terms_version}
        self.initial["terms_version"] = exhibition.terms_version
        self.extras = list(Extra.objects.filter(forum=forum))
        for extra in self.extras:
            self.fields[f"extra_{extra.pk}"] = forms.IntegerField(
                label=str(extra), required=False, min_value=0, max_value=MOST_OF_AN_EXTRA
            )
        terms = self.fields.pop("terms")
        self.fields["terms"] = terms

    def clean_booths(self) -> str:
        """The numbers as they are written on the plan."""
        named = booths_named(self.exhibition.forum, self.cleaned_data["booths"])
        if isinstance(named, str):
            raise ValidationError(named)
        self.named: list[Booth] = named
        return ", ".join(booth.number for booth in named)

    def wanted(self) -> dict[str, Any]:
        """Return what a valid form asks for, as services.book_for wants it."""
        data = self.cleaned_data
        extras = {extra.pk: data.get(f"extra_{extra.pk}") or 0 for extra in self.extras}
        return {
            "exhibitor": data["exhibitor"],
            "booths": self.named,
            "period": data["period"],
            "currency": data["currency"],
            "note": data["note"],
            "terms_version": data["terms_version"],
            "extras": {key: number for key, number in extras.items() if number},
        }
