"""The forum and its venue as organizers edit them."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget

from core.countries import selectable_countries
from core.moment_field import DayField, MomentField, in_zone
from events.forms.questions import QuestionsField
from events.models import Forum, Session, Venue


class ForumForm(forms.ModelForm):
    """One edition of the conference."""

    first_day = DayField(label=capfirst(_("first day")))
    main_day = DayField(label=capfirst(_("day of the opening")))
    last_day = DayField(label=capfirst(_("last day")))
    materials_deadline = MomentField(
        label=capfirst(_("materials until")),
        help_text=_(
            "On the forum’s clock. Until then speakers upload slides and materials on their own page; "
            "empty: until the forum is over."
        ),
    )
    practical = QuestionsField(
        label=capfirst(_("practical information")),
        required=False,
        help_text=_("Questions that visitors ask, in the order of the pages. Empty rows are left out."),
    )

    class Meta:
        model = Forum
        # Which fields are shown, and in which rows, the admin says.
        exclude = ()  # noqa: DJ006

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        deadline = self.instance.materials_deadline
        if deadline:
            self.initial["materials_deadline"] = deadline.astimezone(self.instance.zone).replace(tzinfo=None)

    def clean(self) -> dict[str, Any]:
        """Make an instant of the deadline, on the clock of the zone that the form says."""
        cleaned = super().clean() or {}
        local, zone = cleaned.get("materials_deadline"), cleaned.get("time_zone")
        if local is not None and zone:
            try:
                cleaned["materials_deadline"] = in_zone(local, ZoneInfo(zone))
            except ValidationError as error:
                self.add_error("materials_deadline", error)
        return cleaned

    def clean_venue(self) -> Venue:
        """A forum whose sessions stand in rooms cannot move to another house before they are taken out."""
        venue: Venue = self.cleaned_data["venue"]
        in_rooms = Session.objects.filter(forum_id=self.instance.pk, room__isnull=False)
        if in_rooms.exclude(room__venue=venue).exists():
            raise ValidationError(_("Sessions of this forum stand in rooms of the present venue."))
        return venue


class VenueForm(forms.ModelForm):
    """An address."""

    country = forms.ChoiceField(
        label=capfirst(_("country")), choices=selectable_countries, widget=UnfoldAdminSelectWidget
    )

    class Meta:
        model = Venue
        # Which fields are shown, and in which rows, the admin says.
        exclude = ()  # noqa: DJ006
