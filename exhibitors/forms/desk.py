"""What organizers are asked when they decide about a booking."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from events.models import Forum
from exhibitors.applications import US, WAITS_FOR, Choice
from exhibitors.billing import Credits
from exhibitors.models import BoothBooking, BoothType, Exhibition, Hall, Invoice
from exhibitors.services.statuses import LONGEST_REASON

MOST_DAYS = 365


class QueueFilter(forms.Form):
    """Which bookings are shown. What was made up in the address is left out."""

    waits = forms.ChoiceField(
        label=_("Waits for"),
        choices=[(name, word) for name, (word, _statuses) in WAITS_FOR.items()],
        required=False,
    )
    type: forms.ModelChoiceField[BoothType] = forms.ModelChoiceField(
        BoothType.objects.none(), label=_("Booth type"), required=False, empty_label=_("all")
    )
    hall: forms.ModelChoiceField[Hall] = forms.ModelChoiceField(
        Hall.objects.none(), label=_("Hall"), required=False, empty_label=_("all")
    )
    text = forms.CharField(label=_("Organization or booth"), required=False, max_length=100)
    overdue = forms.BooleanField(label=_("Only what waits too long"), required=False)

    def __init__(self, data: Any, *, forum: Forum) -> None:
        super().__init__({"waits": US} | data.dict())
        kinds: Any = self.fields["type"]
        kinds.queryset = BoothType.objects.filter(forum=forum)
        halls: Any = self.fields["hall"]
        halls.queryset = Hall.objects.filter(forum=forum)

    def choice(self) -> Choice:
        """Return what was chosen."""
        self.full_clean()
        data = self.cleaned_data
        kind, hall = data.get("type"), data.get("hall")
        return Choice(
            waits=data.get("waits") or US,
            kind=kind.pk if kind else None,
            hall=hall.pk if hall else None,
            is_overdue=bool(data.get("overdue")),
            words="".join(letter for letter in data.get("text") or "" if letter.isprintable()),
        )

    def query(self) -> dict[str, str]:
        """Return the same for an address, without what is empty."""
        choice = self.choice()
        found = {
            "waits": "" if choice.waits == US else choice.waits,
            "type": choice.kind,
            "hall": choice.hall,
            "text": choice.words,
            "overdue": "on" if choice.is_overdue else "",
        }
        return {name: str(value) for name, value in found.items() if value}


class DeedForm(forms.Form):
    """A decision. ``revision`` is the state that the organizer saw when she decided."""

    template_name = "admin/exhibitors/desk/_fields.html"

    def __init__(self, *args: Any, booking: BoothBooking, exhibition: Exhibition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.booking, self.exhibition = booking, exhibition
        for number, field in enumerate(self.visible_fields()):
            field.field.widget.attrs |= {"data-first": ""} if number == 0 else {}


def _reason(label: Any, help_text: Any = "", *, rows: int = 2) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_REASON,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": _("Please say why: the reason is kept in the audit trail.")},
    )


_THEY_READ = _("The exhibitor reads it in the mail, as you write it.")


class ReasonForm(DeedForm):
    """Why; the exhibitor reads it."""

    reason = _reason(_("Reason"), _THEY_READ)


class ReleaseForm(ReasonForm):
    """Why, and what becomes of the invoice where one stands."""

    crediting = forms.ChoiceField(
        label=_("Of its invoice, credit"),
        choices=[
            (Credits.UNPAID, _("what is not paid")),
            (Credits.ALL, _("all, and pay back what has come in")),
            (Credits.NOTHING, _("nothing")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not Invoice.objects.standing().filter(booking=self.booking).exists():
            del self.fields["crediting"]


class QuestionForm(DeedForm):
    """What organizers want to know."""

    reason = _reason(_("Question"), _THEY_READ, rows=3)


class TrailForm(DeedForm):
    """Why; only organizers read it."""

    reason = _reason(_("Reason, for the audit trail"))


def _days(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=MOST_DAYS)


class OfferForm(DeedForm):
    """Until when an offer stands, and whether it costs less."""

    days = _days(_("Valid for so many days"))
    discount = forms.DecimalField(
        label=_("Discount before VAT"),
        required=False,
        max_digits=14,
        decimal_places=2,
        validators=[MinValueValidator(0)],
    )
    reason = forms.CharField(
        label=_("What the discount is for"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=_("It stands on the offer and on the invoice as you write it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["days"] = self.exhibition.offer_days
        self.fields["discount"].help_text = self.booking.currency

    def clean(self) -> dict[str, Any]:
        """A discount has a name."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("discount") and not (data.get("reason") or "").strip():
            self.add_error("reason", _("Please say what the discount is for."))
        return data


class ProlongForm(DeedForm):
    """How much longer, and why."""

    days = _days(_("For so many days from now"))
    reason = _reason(_("Reason"), _THEY_READ)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["days"] = 1 if self.booking.status == BoothBooking.Status.HELD else 7


class WaitingForm(DeedForm):
    """Why somebody waits, and whether the booth is for somebody else."""

    reason = _reason(_("Reason"), _THEY_READ)
    keep = forms.BooleanField(
        label=_("Keep the booth free for somebody else"),
        required=False,
        help_text=_("It is not for sale then, until you let it go; otherwise the next in line gets it."),
    )
