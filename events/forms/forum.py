"""The forum and its venue as organizers edit them."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from core.countries import selectable_countries
from core.i18n import LANGUAGE_CODES
from core.moment_field import DayField
from events.models import Forum, Session, Venue


class QuestionsField(forms.JSONField):
    """Questions and answers, written so that a person can find her way in them."""

    def prepare_value(self, value: Any) -> Any:
        """Put each part on a line of its own; what was typed and is no JSON stays as it was."""
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)


class ForumForm(forms.ModelForm):
    """One edition of the conference."""

    first_day = DayField(label=capfirst(_("first day")))
    main_day = DayField(label=capfirst(_("day of the opening")))
    last_day = DayField(label=capfirst(_("last day")))
    practical = QuestionsField(
        label=capfirst(_("practical information")),
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 12}),
        help_text=Forum._meta.get_field("practical").help_text,
    )

    class Meta:
        model = Forum
        # Which fields are shown, and in which rows, the admin says.
        exclude = ()  # noqa: DJ006

    def clean_venue(self) -> Venue:
        """A forum whose sessions stand in rooms cannot move to another house before they are taken out."""
        venue: Venue = self.cleaned_data["venue"]
        in_rooms = Session.objects.filter(forum_id=self.instance.pk, room__isnull=False)
        if in_rooms.exclude(room__venue=venue).exists():
            raise ValidationError(_("Sessions of this forum stand in rooms of the present venue."))
        return venue

    def clean_practical(self) -> list[dict[str, Any]]:
        """Accept a list of questions and answers, each a text in the site's languages."""
        entries = self.cleaned_data["practical"] or []
        if not isinstance(entries, list) or not all(_is_question(entry) for entry in entries):
            raise ValidationError(
                _('Please write a list of {"question": {"vi": "…", "ko": "…", "en": "…"}, "answer": {…}}.')
            )
        return entries


def _is_question(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and set(entry) == {"question", "answer"}
        and all(
            isinstance(texts, dict)
            and set(texts) <= set(LANGUAGE_CODES)
            and all(isinstance(text, str) for text in texts.values())
            for texts in entry.values()
        )
    )


class VenueForm(forms.ModelForm):
    """An address."""

    country = forms.ChoiceField(
        label=capfirst(_("country")), choices=selectable_countries, widget=UnfoldAdminSelectWidget
    )

    class Meta:
        model = Venue
        # Which fields are shown, and in which rows, the admin says.
        exclude = ()  # noqa: DJ006
