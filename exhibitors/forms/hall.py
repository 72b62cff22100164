"""Halls, what stands in them, and their booths."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from PIL import Image
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from exhibitors.building import MOST_IN_A_ROW, BadPlace, Row, numbers_from
from exhibitors.errors import ReasonMissing
from exhibitors.forms.exhibitor import PictureField
from exhibitors.forms.shape import ShapeField
from exhibitors.geometry import LARGEST_CM, SMALLEST_CM
from exhibitors.models import Booth, BoothType, Hall, HallFeature

# A plan of a building is looked at closely, on screens with two points a pixel.
LONGEST_SCAN = 2400


class HallForm(forms.ModelForm):
    """A hall, and a scan of the building's plan below its drawing."""

    background = PictureField(label=capfirst(_("picture below the plan")), longest=LONGEST_SCAN)

    class Meta:
        model = Hall
        # Which fields are shown, and in which rows, the admin says.
        exclude = ()  # noqa: DJ006

    # Where the picture lies; a number that nobody gives is the usual one.
    placing = ("background_x", "background_y", "background_width", "background_depth", "background_opacity")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.placing:
            if name in self.fields:
                self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """Lay a picture of which nobody says how large it is over the whole width of the hall."""
        cleaned = super().clean() or {}
        for name in self.placing:
            if name in self.fields and name not in self.errors and cleaned.get(name) is None:
                cleaned[name] = forms.fields_for_model(Hall, [name])[name].initial
        picture = cleaned.get("background")
        if not picture or not cleaned.get("width"):
            return cleaned
        if not cleaned.get("background_width"):
            cleaned["background_width"] = cleaned["width"]
        if not cleaned.get("background_depth"):
            with Image.open(picture) as opened:
                wide, deep = opened.size
            picture.seek(0)
            cleaned["background_depth"] = max(1, round(cleaned["background_width"] * deep / wide))
        return cleaned


class FeatureForm(forms.ModelForm):
    """A part of a hall with its place."""

    shape = ShapeField(label=capfirst(_("shape")))

    class Meta:
        model = HallFeature
        fields = ("kind", "name", "shape")


class BoothForm(forms.ModelForm):
    """A booth with its place. Its forum is that of the hall."""

    shape = ShapeField(label=capfirst(_("shape")))

    class Meta:
        model = Booth
        fields = ("hall", "number", "type", "shape", "is_blocked", "block_reason")

    def clean_number(self) -> str:
        """Numbers are given once in a forum; the constraint decides about what comes in between."""
        number: str = self.cleaned_data["number"]
        hall: Hall | None = self.cleaned_data.get("hall")
        others = Booth.objects.exclude(pk=self.instance.pk)
        if hall and others.filter(forum_id=hall.forum_id, number=number).exists():
            raise ValidationError(_("Another booth has this number."))
        return number

    def clean(self) -> dict[str, Any]:
        """Take the forum from the hall; the type belongs to it too. Keeping a booth free has a reason."""
        cleaned = super().clean() or {}
        if cleaned.get("is_blocked") and not cleaned.get("block_reason", "").strip():
            self.add_error("block_reason", str(ReasonMissing()))
        hall: Hall | None = cleaned.get("hall")
        kind: BoothType | None = cleaned.get("type")
        if hall:
            self.instance.forum_id = hall.forum_id
            if kind and kind.forum_id != hall.forum_id:
                self.add_error("type", _("This belongs to another forum."))
        return cleaned


def _measure(label: Any, *, least: int = 0, required: bool = True, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=required,
        help_text=help_text,
        validators=[MinValueValidator(least), MaxValueValidator(LARGEST_CM)],
        widget=UnfoldAdminIntegerFieldWidget,
    )


class RowForm(forms.Form):
    """A row of booths alike: where it begins, how many, and which way it goes."""

    type: Any = forms.ModelChoiceField(
        BoothType.objects.none(), label=capfirst(_("booth type")), widget=UnfoldAdminSelectWidget
    )
    first = forms.CharField(
        label=_("First number"),
        max_length=12,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Such as A1; the next ones are counted up from it."),
    )
    count = forms.IntegerField(
        label=_("How many"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_IN_A_ROW)],
        widget=UnfoldAdminIntegerFieldWidget,
    )
    x = _measure(_("Of the first one, from the left, cm"))
    y = _measure(_("Of the first one, from the top, cm"))
    width = _measure(
        _("Width of each, cm"), least=SMALLEST_CM, required=False, help_text=_("Empty means as its type.")
    )
    depth = _measure(
        _("Depth of each, cm"), least=SMALLEST_CM, required=False, help_text=_("Empty means as its type.")
    )
    gap = _measure(_("Gap between two of them, cm"), required=False)
    direction = forms.ChoiceField(
        label=_("Direction"),
        choices=[
            ("right", _("to the right")),
            ("down", _("downwards")),
            ("left", _("to the left")),
            ("up", _("upwards")),
        ],
        widget=UnfoldAdminSelectWidget,
    )

    def __init__(self, *args: Any, hall: Hall, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["type"]
        kinds.queryset = BoothType.objects.filter(forum_id=hall.forum_id)

    def clean_first(self) -> str:
        """Capital letters; a number from which one can count."""
        first: str = self.cleaned_data["first"].strip().upper()
        try:
            numbers_from(first, 1)
        except BadPlace as error:
            raise ValidationError(str(error)) from error
        return first

    def row(self) -> Row:
        """Return the row that a valid form describes."""
        data, kind = self.cleaned_data, self.cleaned_data["type"]
        return Row(
            first=data["first"],
            count=data["count"],
            x=data["x"],
            y=data["y"],
            width=data["width"] or kind.width,
            depth=data["depth"] or kind.depth,
            gap=data["gap"] or 0,
            direction=data["direction"],
        )
