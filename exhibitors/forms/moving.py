"""What organizers are asked when they bring bookings to other booths or keep a booth free."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Forum
from exhibitors.models import Booth
from exhibitors.services.blocking import LONGEST
from exhibitors.services.holds import MOST_BOOTHS
from exhibitors.services.statuses import LONGEST_REASON

_WHY = gettext_lazy("Please say why: the reason is kept in the audit trail.")


class MoveForm(forms.Form):
    """Why; everybody who is told reads it."""

    template_name = "admin/exhibitors/desk/_fields.html"
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("The exhibitor reads it in the mail, as you write it."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _WHY},
    )


class BlockForm(forms.Form):
    """Why nobody may have a booth; organizers alone read it."""

    template_name = "admin/exhibitors/desk/_fields.html"
    reason = forms.CharField(
        label=gettext_lazy("Why it is kept free"), max_length=LONGEST, error_messages={"required": _WHY}
    )


def booths_named(forum: Forum, text: str) -> list[Booth] | str:
    """Return the booths whose numbers are written in ``text``, or a sentence about what is wrong with it."""
    numbers = list(dict.fromkeys(text.replace(",", " ").upper().split()))
    if not numbers:
        return _("Please say to which booth, such as A12, or A12, A13 for two.")
    if len(numbers) > MOST_BOOTHS:
        return _("These are too many booths at once.")
    rows: dict[str, Any] = {
        booth.number.upper(): booth
        for booth in Booth.objects.filter(forum=forum).select_related("type", "hall")
    }
    unknown = [number for number in numbers if number not in rows]
    if unknown:
        return _("There is no booth %(number)s.") % {"number": ", ".join(unknown)[:60]}
    return [rows[number] for number in numbers]
