"""What organizers fill in for a file of badges, tickets or certificates."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.moment_field import DayField
from events.models import Forum
from registrations.batches import MOST
from registrations.documents import BadgeLayout
from registrations.models import Certificate, Delegation, DocumentBatch, Registration

_CODES = re.compile(r"[\s,;]+")


class PeopleForm(forms.Form):
    """Of whom: everybody with a ticket, or those of them that the fields leave over."""

    types = forms.MultipleChoiceField(
        label=_("Kinds of attendance"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Chosen none: all of them."),
    )
    delegation: forms.ModelChoiceField[Delegation] = forms.ModelChoiceField(
        Delegation.objects.none(),
        label=_("Only this delegation"),
        required=False,
        help_text=_("They are made in the order of precedence."),
    )
    since = DayField(
        label=_("Registered on this day or later"),
        required=False,
        help_text=_("For those who came after the last file was made."),
    )
    codes = forms.CharField(
        label=_("Only these ticket codes"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocapitalize": "characters"}),
        help_text=_("With blanks or commas between them. They are made in this order."),
    )

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.forum = forum
        types: Any = self.fields["types"]
        types.choices = [(str(kind.pk), str(kind)) for kind in forum.registration_types.all()]
        delegation: Any = self.fields["delegation"]
        delegation.queryset = forum.delegations.all()

    def clean_codes(self) -> list[str]:
        """Return the codes in capitals, each once."""
        words = _CODES.split(self.cleaned_data["codes"].upper())
        codes = list(dict.fromkeys(word for word in words if word))
        if len(codes) > MOST:
            raise ValidationError(_("Choose 1 to %(most)s people."), params={"most": MOST})
        return codes

    def people(self) -> list[UUID]:
        """Return whom the valid form chooses: as the codes are written, those of one delegation by
        precedence, else by organization and name.
        """
        found = Registration.objects.confirmed().filter(forum=self.forum)
        chosen = self.cleaned_data
        if chosen["types"]:
            found = found.filter(type__in=chosen["types"])
        if chosen["delegation"]:
            found = found.filter(delegation=chosen["delegation"])
        if chosen["since"]:
            found = found.filter(created_at__date__gte=chosen["since"])
        if chosen["codes"]:
            keys = dict(found.filter(code__in=chosen["codes"]).values_list("code", "pk"))
            return [keys[code] for code in chosen["codes"] if code in keys]
        # One more than may be, so that too many are noticed.
        by_house = found.order_by("type__position", "organization_name", "name", "pk")
        ordered = found.by_precedence() if chosen["delegation"] else by_house
        return list(ordered.values_list("pk", flat=True)[: MOST + 1])


class BatchForm(PeopleForm):
    """A file of badges or tickets."""

    KINDS = (DocumentBatch.Kind.BADGES, DocumentBatch.Kind.TICKETS)

    kind = forms.ChoiceField(
        label=_("Kind of document"),
        widget=forms.RadioSelect,
        choices=[(kind.value, capfirst(kind.label)) for kind in KINDS],
        initial=DocumentBatch.Kind.BADGES.value,
    )
    layout = forms.ChoiceField(
        label=_("Paper of badges"), choices=BadgeLayout.choices, initial=BadgeLayout.SHEET.value
    )
    language = forms.ChoiceField(
        label=_("Words on badges"),
        required=False,
        choices=[("", _("in each holder’s language")), *settings.LANGUAGES],
        help_text=_(
            "Kind of attendance, country and forum; names stay as they are. Tickets are in each holder’s "
            "language."
        ),
    )
    field_order = ("kind", "layout", "language", "types", "delegation", "since", "codes")

    def order(self) -> dict[str, str]:
        """Return what the service wants to know beside the people."""
        chosen = self.cleaned_data
        is_badges = chosen["kind"] == DocumentBatch.Kind.BADGES
        return {
            "kind": chosen["kind"],
            "layout": chosen["layout"] if is_badges else "",
            "language": chosen["language"] if is_badges else "",
        }


class IssueForm(PeopleForm):
    """Certificates for those who have earned them."""

    kind = forms.ChoiceField(
        label=_("Which"),
        widget=forms.RadioSelect,
        choices=[(kind.value, capfirst(kind.label)) for kind in Certificate.Kind],
        initial=Certificate.Kind.ATTENDANCE.value,
    )
    language = forms.ChoiceField(
        label=_("Language of the paper"),
        required=False,
        choices=[("", _("in each holder’s language")), *settings.LANGUAGES],
    )
    field_order = ("kind", "language", "types", "delegation", "since", "codes")

    def order(self) -> dict[str, str]:
        """Return what the service wants to know beside the people."""
        chosen = self.cleaned_data
        return {
            "kind": DocumentBatch.Kind.CERTIFICATES.value,
            "layout": chosen["kind"],
            "language": chosen["language"],
        }


class CertificateReasonForm(forms.Form):
    """Why a certificate is taken back or replaced."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("For the audit trail; the public does not see it.")
    )
