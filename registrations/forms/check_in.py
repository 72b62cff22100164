"""What devices send, and the form that checks in by code without script."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registrations.check_in.reading import LONGEST_TEXT
from registrations.models import Door, Scan

# A day of a thousand scans is sent in ten requests.
MOST_SCANS = 100
# Beyond the year 5000 a clock is not merely wrong.
LATEST_MS = 10**14
LONGEST_AHEAD_MS = 10**11


def instant() -> forms.IntegerField:
    """Milliseconds since 1970 by a device's clock."""
    # A clock that was never set begins in 1970.
    return forms.IntegerField(min_value=0, max_value=LATEST_MS)


def clock_ahead() -> forms.IntegerField:
    """By how many milliseconds a device knows its clock to be ahead of the server's."""
    return forms.IntegerField(required=False, min_value=-LONGEST_AHEAD_MS, max_value=LONGEST_AHEAD_MS)


class ScanForm(forms.Form):
    """One scan of a batch. Times are milliseconds since 1970 by the device's clock."""

    id = forms.UUIDField()
    door = forms.SlugField(max_length=80)
    text = forms.CharField(max_length=LONGEST_TEXT, strip=False)
    direction = forms.ChoiceField(choices=Scan.Direction.choices)
    method = forms.ChoiceField(choices=Scan.Method.choices)
    at = instant()
    ahead = clock_ahead()
    told = forms.ChoiceField(choices=[("", ""), *Scan.Result.choices], required=False)


class BatchForm(forms.Form):
    """What stands around the scans: the device's clock now, how far it knows itself ahead, what it keeps."""

    door = forms.SlugField(max_length=80)
    sent = instant()
    ahead = clock_ahead()
    waiting = forms.IntegerField(min_value=0, max_value=10**6)


class ListForm(forms.Form):
    """Which list is asked for, and which version the device has."""

    door = forms.SlugField(max_length=80)
    since = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    layout = forms.CharField(required=False, max_length=32)


class WithdrawForm(forms.Form):
    """Which scan was a mistake."""

    id = forms.UUIDField()


class EnrolForm(forms.Form):
    """The code that the organizers show, for a telephone that could not read the QR."""

    code = forms.CharField(
        label=_("Enrolment code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class CodeForm(forms.Form):
    """Checks in by code on a page without script."""

    direction = forms.ChoiceField(label=_("Direction"), choices=Scan.Direction.choices, initial="in")
    text = forms.CharField(
        label=_("Ticket code"),
        max_length=LONGEST_TEXT,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    once = forms.UUIDField(widget=forms.HiddenInput)

    field_order = ("door", "direction", "text")

    def __init__(self, *args: Any, forum_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        doors = Door.objects.filter(forum=forum_id, is_active=True)
        self.fields["door"] = forms.ModelChoiceField(
            doors, label=_("Door"), to_field_name="slug", empty_label=None
        )
        self.order_fields(self.field_order)
