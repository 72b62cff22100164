"""The forms of invitation codes: one, or many at once."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from core.moment_field import MomentField, in_zone
from registrations.admin.clock import OnTheForumsClock
from registrations.invitation_codes import MOST_AT_ONCE
from registrations.invitations import normal_code
from registrations.models import Invitation, PriorityClass, RegistrationType

SHORTEST_CODE: Final = 6
MOST_USES: Final = 10_000


class InvitationForm(OnTheForumsClock):
    """One code: made up by the site, or written by an organizer, such as the name of a ministry."""

    moments = ("expires_at",)
    expires_at = MomentField(
        label=capfirst(_("valid until")), help_text=_("On the forum’s clock. Empty: as long as it is open.")
    )

    class Meta:
        model = Invitation
        # Which fields are shown, and in which rows, the admin says.
        exclude = ()

    def clean_code(self) -> str:
        """The code as it is compared; a short one would be guessed."""
        code = normal_code(self.cleaned_data["code"])
        if len(code) < SHORTEST_CODE:
            raise ValidationError(
                _("A code has at least %(least)d letters or digits, so that nobody guesses it."),
                params={"least": SHORTEST_CODE},
            )
        return code

    def clean(self) -> dict[str, Any]:
        """See that everything belongs to one forum, and that what is used is not undone."""
        cleaned = super().clean()
        kind: RegistrationType | None = cleaned.get("type")
        if kind is not None:
            self.instance.forum = cleaned["forum"] = kind.forum
        rank: PriorityClass | None = cleaned.get("priority_class")
        if kind and rank and rank.forum_id != kind.forum_id:
            self.add_error("priority_class", _("This belongs to another forum."))
        used = self.instance.uses
        if cleaned.get("max_uses") is not None and cleaned["max_uses"] < used:
            self.add_error(
                "max_uses", _("It was used %(used)d times already, so not fewer than that.") % {"used": used}
            )
        return cleaned


class ManyCodesForm(forms.Form):
    """Many codes of one kind; nothing is asked that could differ from one to the other."""

    type: forms.ModelChoiceField = forms.ModelChoiceField(
        label=capfirst(_("type of attendance")),
        queryset=RegistrationType.objects.none(),
        widget=UnfoldAdminSelectWidget,
    )
    count = forms.IntegerField(
        label=_("How many codes"),
        min_value=1,
        max_value=MOST_AT_ONCE,
        initial=20,
        widget=UnfoldAdminIntegerFieldWidget,
    )
    max_uses = forms.IntegerField(
        label=_("How often each may be used"),
        min_value=1,
        max_value=MOST_USES,
        initial=1,
        widget=UnfoldAdminIntegerFieldWidget,
    )
    reserves_places = forms.BooleanField(
        label=_("Hold a place for each use"),
        help_text=_(
            "Nobody else gets these places until they are used, or the code expires or is switched off."
        ),
        required=False,
        widget=UnfoldBooleanWidget,
    )
    expires_at = MomentField(
        label=capfirst(_("valid until")), help_text=_("On the forum’s clock. Empty: as long as it is open.")
    )
    priority_class: forms.ModelChoiceField = forms.ModelChoiceField(
        label=capfirst(_("class on waiting lists")),
        queryset=PriorityClass.objects.none(),
        required=False,
        widget=UnfoldAdminSelectWidget,
    )
    note = forms.CharField(
        label=capfirst(_("note")),
        help_text=_("For organizers: whom they are for. The list of codes finds it."),
        max_length=200,
        required=False,
        widget=UnfoldAdminTextInputWidget,
    )

    def __init__(self, forums: Any, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        fields: Any = self.fields
        fields["type"].queryset = RegistrationType.objects.filter(forum__in=forums).select_related(
            "forum", "quota"
        )
        fields["priority_class"].queryset = PriorityClass.objects.filter(forum__in=forums)

    def clean(self) -> dict[str, Any]:
        """Make an instant of the end, and see that the class belongs to the same forum."""
        cleaned = super().clean() or {}
        kind, rank, local = (cleaned.get(name) for name in ("type", "priority_class", "expires_at"))
        if kind and rank and rank.forum_id != kind.forum_id:
            self.add_error("priority_class", _("This belongs to another forum."))
        if kind and local:
            try:
                cleaned["expires_at"] = in_zone(local, kind.forum.zone)
            except ValidationError as error:
                self.add_error("expires_at", error)
        return cleaned
