"""What organizers are asked about a place in a line for booths."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exhibitors.models import Booth, BoothWait
from exhibitors.services.alternatives import free_booths
from exhibitors.services.statuses import LONGEST_REASON
from exhibitors.services.waiting import MOST_RANK


class LineForm(forms.Form):
    """Why."""

    template_name = "admin/exhibitors/desk/_fields.html"
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Please say why: the reason is kept in the audit trail.")},
    )

    def __init__(self, *args: Any, wait: BoothWait, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wait = wait


class RankForm(LineForm):
    """The new rank, and why."""

    rank = forms.IntegerField(label=_("Rank"), min_value=0, max_value=MOST_RANK)
    field_order = ("rank", "reason")

    def __init__(self, *args: Any, wait: BoothWait, **kwargs: Any) -> None:
        super().__init__(*args, wait=wait, **kwargs)
        self.initial["rank"] = wait.rank


class OfferForm(LineForm):
    """Which free booth, and why."""

    booth: Any = forms.ModelChoiceField(
        Booth.objects.none(),
        label=_("Booth"),
        empty_label=_("Choose …"),
        error_messages={"invalid_choice": _("This booth is not free any more. Please choose another one.")},
    )
    field_order = ("booth", "reason")

    def __init__(self, *args: Any, wait: BoothWait, **kwargs: Any) -> None:
        super().__init__(*args, wait=wait, **kwargs)
        free = free_booths(wait.exhibitor.forum_id, wait.period.span, timezone.now())
        booths: Any = self.fields["booth"]
        booths.queryset = free.filter(type=wait.type_id).order_by("number")
