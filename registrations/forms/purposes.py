"""A box for each purpose that nobody need agree to."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from registrations.consents import ConsentGiven

# Which wordings stood beside the boxes, as "newsletter:2 photographs:1".
VERSIONS = "purpose_versions"


class Purposes:
    """The boxes of one form. None is ticked beforehand, also not when a form is corrected."""

    def __init__(self, form: forms.Form, purposes: Sequence[ConsentGiven]) -> None:
        self.form = form
        self.asked = {f"agree_{purpose.kind}": purpose for purpose in purposes}
        for name, purpose in self.asked.items():
            form.fields[name] = forms.BooleanField(label=purpose.wording, required=False)
        if purposes:
            form.fields[VERSIONS] = forms.CharField(widget=forms.HiddenInput, required=False)
            form.initial[VERSIONS] = self._versions()

    def _versions(self) -> str:
        return " ".join(f"{purpose.kind}:{purpose.version}" for purpose in self.asked.values())

    def given(self) -> list[ConsentGiven]:
        """Return what was ticked, from a form that is being cleaned; new words are to be ticked anew."""
        shown = set(self.form.cleaned_data.get(VERSIONS, "").split())
        ticked = [name for name in self.asked if self.form.cleaned_data.get(name)]
        for name in ticked:
            purpose = self.asked[name]
            if f"{purpose.kind}:{purpose.version}" not in shown:
                sentence = _("This sentence has changed. Please read it again and agree if you like.")
                self.form.add_error(name, sentence)
        return [self.asked[name] for name in ticked if name not in self.form.errors]

    def show_current(self) -> dict[str, str]:
        """Return what a form that comes back shows instead of what was sent: new words are not ticked."""
        stale = {name: "" for name in self.asked if name in self.form.errors}
        return {VERSIONS: self._versions(), **stale} if self.asked else {}

    @property
    def boxes(self) -> list[BoundField]:
        """The boxes for the page."""
        return [self.form[name] for name in self.asked]
