"""What somebody chooses on the page of a booth: for when, with which neighbours, and for whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from exhibitors.letting import BoothPage
from exhibitors.models import BookingPeriod, Booth, Exhibitor


class BoothChoiceForm(forms.Form):
    """A period for which the booth is let, booths beside it, and one of the exhibitors somebody manages.

    Whether they are free now is not its business: the service says so, behind the locks. ``exhibitors`` is
    empty for whoever manages none yet.
    """

    period = forms.ChoiceField(
        label=_("For when"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose for when you would like the booth."),
            "invalid_choice": _("This booth cannot be booked for that time."),
        },
    )
    beside = forms.MultipleChoiceField(
        label=_("Together with its neighbours"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Booth %(value)s is not free any more. Please choose again.")},
    )
    exhibitor = forms.ChoiceField(
        label=_("For"),
        error_messages={
            "required": _("Please choose for whom."),
            "invalid_choice": _("Please choose for whom."),
        },
    )

    def __init__(
        self, page: BoothPage, exhibitors: Sequence[Exhibitor], data: Any = None, **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.page = page
        self.exhibitors = {exhibitor.slug: exhibitor for exhibitor in exhibitors}
        self._offer("period", [(str(row.period.pk), str(row.period)) for row in page.rows])
        self._offer("beside", [(booth.number, booth.number) for booth in page.beside])
        self._offer("exhibitor", [(slug, str(one)) for slug, one in self.exhibitors.items()])
        if len(self.exhibitors) == 1:
            self.fields["exhibitor"].widget = forms.HiddenInput()
            self.initial.setdefault("exhibitor", next(iter(self.exhibitors)))
        if len(page.free_rows) == 1:
            self.initial.setdefault("period", str(page.free_rows[0].period.pk))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    @property
    def period_chosen(self) -> BookingPeriod:
        """The period, from a valid form."""
        return next(row.period for row in self.page.rows if str(row.period.pk) == self.cleaned_data["period"])

    @property
    def booths_chosen(self) -> list[Booth]:
        """This booth and those beside it, from a valid form."""
        wanted = self.cleaned_data["beside"]
        return [self.page.booth, *(booth for booth in self.page.beside if booth.number in wanted)]

    @property
    def exhibitor_chosen(self) -> Exhibitor:
        """For whom, from a valid form."""
        return self.exhibitors[self.cleaned_data["exhibitor"]]
