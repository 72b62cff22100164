"""What an organizer says when she publishes, compares, restores and tells people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from core import dates
from core.i18n import current_language
from events.models import AgendaRelease, Forum

# Stands for the draft among the numbers of releases.
DRAFT = "draft"


class PublishForm(forms.Form):
    """A note, and the digest of the draft that she has read: nothing else is published."""

    note = forms.CharField(
        label=capfirst(_("note")),
        required=False,
        max_length=2000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("For the organizers: what this release is about."),
    )
    reviewed = forms.CharField(widget=forms.HiddenInput, max_length=64)


class RestoreForm(forms.Form):
    """The digest of the draft whose restoration she has read: no other draft is changed."""

    reviewed = forms.CharField(widget=forms.HiddenInput, max_length=64)


class CompareForm(forms.Form):
    """Two versions of a forum's agenda, as an address can name them: ``?old=2&new=draft``."""

    old = forms.TypedChoiceField(
        label=pgettext_lazy("the older version", "From"), widget=UnfoldAdminSelectWidget
    )
    new = forms.TypedChoiceField(label=_("To"), widget=UnfoldAdminSelectWidget)

    def __init__(self, data: Mapping[str, Any] | None, *, forum: Forum) -> None:
        super().__init__(data)
        self.forum = forum
        releases = AgendaRelease.objects.filter(forum=forum).only("number", "published_at", "is_current")
        numbers = [(str(release.number), _named(release, forum)) for release in releases]
        for name in ("old", "new"):
            self.fields[name].choices = [(DRAFT, _("The draft")), *numbers]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Two different versions."""
        cleaned = super().clean() or {}
        if cleaned.get("old") and cleaned.get("old") == cleaned.get("new"):
            raise ValidationError(_("Please choose two different versions."))
        return cleaned


def _named(release: AgendaRelease, forum: Forum) -> str:
    words = _("Release %(number)s, the current one") if release.is_current else _("Release %(number)s")
    moment = dates.moment(release.published_at, forum.zone, current_language())
    return f"{words % {'number': release.number}} · {moment}"
