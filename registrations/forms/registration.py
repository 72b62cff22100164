"""The form with which a visitor registers."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundWidget
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core import form_token
from core.errors import DomainError
from core.i18n import choose, current_language
from registrations.forms.fields import (
    CodeField,
    MailboxField,
    TypeChoices,
    ask_for_latin_name,
    country_field,
    job_title_field,
    language_field,
    latin_name_field,
    name_field,
    organization_field,
)
from registrations.forms.purposes import Purposes
from registrations.forms.questions import Group, Questions
from registrations.models import RegistrationType
from registrations.offer import Offer
from registrations.seats import SeatChoice
from registrations.services import PersonDetails

# Whom a page in this language is most likely read by; the reader of English chooses.
LIKELY_COUNTRY = {"vi": "VN", "ko": "KR"}


_BEFORE_QUESTIONS = (
    *("type", "invitation", "name", "email", "organization_name"),
    *("country", "language", "latin_name", "job_title"),
)


class RegistrationForm(forms.Form):
    """The one page with which a visitor registers, made of what is offered her.

    Whether a place is left is not looked at here: the same form sent twice must find its own registration
    even when it took the last place.
    """

    type = forms.ChoiceField(
        label=_("You attend as"),
        error_messages={
            "required": _("Please choose how you attend."),
            "invalid_choice": _("This kind of attendance is not open. Please choose another one."),
        },
    )
    invitation = CodeField()
    name = name_field()
    email = MailboxField(
        label=_("E-mail address"),
        help_text=_("The ticket goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Please write your e-mail address.")},
    )
    organization_name = organization_field()
    country = country_field()
    language = language_field()
    latin_name = latin_name_field()
    job_title = job_title_field()
    seats = forms.MultipleChoiceField(
        label=_("Sessions with limited seats"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _(
                "In one of these sessions no seats can be booked any more. Please look again."
            )
        },
    )
    consent = forms.BooleanField(
        error_messages={
            "required": _("Please tick this box, so that we may keep your details and send you the ticket.")
        },
    )
    # Which wording stood beside the box, in case the organizers change it meanwhile.
    consent_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    form_token = forms.CharField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}), required=False)

    def __init__(
        self, offer: Offer, data: Any = None, files: Any = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        # What is sent says all; only an empty form needs to know what is left.
        start = _start_of(offer) if data is None else {}
        super().__init__(data, files, initial=start | (initial or {}))
        self.offer = offer
        self.show_places()
        seats = cast(forms.ChoiceField, self.fields["seats"])
        # Called when somebody chose one, or a page shows them.
        seats.choices = lambda: [(seat.uid, choose(seat.title or {})) for seat in offer.seats]
        self.fields["consent"].label = offer.consent.wording
        self.purposes = Purposes(self, offer.purposes)
        self.questions = Questions(self, offer.questions)
        # As they stand on the page, so that the summary of errors has their order.
        self.order_fields([*_BEFORE_QUESTIONS, *self.questions.names])

    def show_places(self) -> None:
        """Show the kinds of attendance with the places that the offer says."""
        chosen = cast(forms.ChoiceField, self.fields["type"])
        chosen.widget = TypeChoices(self.offer.types, lambda: self.offer.places)
        chosen.choices = [(slug, kind.display_name.text) for slug, kind in self.offer.types.items()]

    def show_refusal(self, refusal: DomainError) -> None:
        """Say beside the code why it cannot be used, in a form that nobody has sent yet."""
        self._errors = ErrorDict({"invitation": self.error_class([str(refusal)])})

    def so_far(self) -> dict[str, Any]:
        """Return what was typed, right or wrong, to fill another form with."""
        typed = {
            name: self[name].data for name in self.fields if name != "type" or self.offer.invitation is None
        }
        return {name: value for name, value in typed.items() if value not in (None, "")}

    def clean(self) -> dict[str, Any]:
        """Read answers and consents; of faults in hidden fields, which no visitor made, ask to send again."""
        cleaned: dict[str, Any] = super().clean() or {}
        kind = self._kind()
        self.questions.read(kind.pk if kind else None)
        ask_for_latin_name(self, cleaned)
        token = form_token.read(cleaned.get("form_token") or "")
        if token is None:
            self._show_instead(form_token=form_token.draw())
            self.add_error(None, _("This page was open for too long. Please send it once more."))
        given = self.purposes.given()
        self._show_instead(**self.purposes.show_current())
        if cleaned.get("consent_version") != self.offer.consent.version:
            self._show_instead(consent_version=self.offer.consent.version, consent="")
            if "consent" not in self.errors:
                self.add_error("consent", _("This sentence has changed. Please read it again and agree."))
        return cleaned | {"form_token": token, "consents": [self.offer.consent, *given]}

    def _kind(self) -> RegistrationType | None:
        """Return the chosen kind; with an invitation, whatever was chosen before its code was written."""
        if self.offer.invitation and "type" in self.errors:
            kind = next(iter(self.offer.types.values()))
            self._show_instead(type=kind.slug)
            del self.errors["type"]
            sentence = _("Your code is for “%(type)s”, which is chosen now. Please look and send once more.")
            self.add_error("type", sentence % {"type": kind.display_name})
            return kind
        return self.offer.types.get(self.cleaned_data.get("type", ""))

    def _show_instead(self, **values: Any) -> None:
        """Show ``values`` instead of what was sent when the form is shown again."""
        data = cast(QueryDict, self.data).copy()
        for field, value in values.items():
            data[field] = value
        self.data = data

    def kind(self) -> RegistrationType:
        """Return the chosen kind of attendance, from a valid form."""
        return self.offer.types[self.cleaned_data["type"]]

    def said(self) -> dict[str, Any]:
        """Return what services.register wants to know beside the answers to questions, from a valid form."""
        person = {field.name: self.cleaned_data[field.name] for field in fields(PersonDetails)}
        return {
            "type": self.kind(),
            "details": PersonDetails(**person),
            "invitation": self.offer.invitation,
            **{name: self.cleaned_data[name] for name in ("form_token", "consents", "seats")},
        }

    def seat_rows(self) -> list[tuple[BoundWidget, SeatChoice]]:
        """Return the boxes of the sessions, each with what is left there."""
        return list(zip(self["seats"], self.offer.seats, strict=True))

    def question_groups(self) -> list[Group]:
        """Return the questions as they stand on the page."""
        return list(self.questions.groups({kind.pk: kind for kind in self.offer.types.values()}))


def _start_of(offer: Offer) -> dict[str, Any]:
    """Return what an empty form begins with; an invitation for one person brings her name and address."""
    language = current_language()
    start: dict[str, Any] = {
        "country": LIKELY_COUNTRY.get(language, ""),
        "language": language,
        "consent_version": offer.consent.version,
        "form_token": form_token.draw(),
    }
    if len(offer.choosable) == 1:
        start["type"] = offer.choosable[0].slug
    if offer.invitation:
        start["invitation"] = offer.invitation.code
        for name in ("name", "email", "language"):
            start[name] = getattr(offer.invitation, name) or start.get(name, "")
    return start
