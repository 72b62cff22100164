"""What the editor of a hall sends: its plan, what to do to several things at once, and answers."""

from __future__ import annotations

import json
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from exhibitors.building import BadPlace, numbers_from
from exhibitors.floor.arranging import MOST_COPIES
from exhibitors.floor.items import BadItem, Item, read_items
from exhibitors.geometry import LARGEST_CM, SMALLEST_CM
from exhibitors.models import BoothType, Hall
from exhibitors.services.planning import Difference

LONGEST_PLAN: Final = 2_000_000
_BROKEN: Final = _("This is no plan of a hall.")


class PlanField(forms.CharField):
    """The items of a hall as JSON; an empty one has none."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=LONGEST_PLAN, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return items."""
        written = super().clean(value)
        try:
            return read_items(_loaded(written)) if written else []
        except BadItem as error:
            raise ValidationError(str(error)) from error


class DifferencesField(PlanField):
    """What was changed, as pairs of an item before and after; either may be null."""

    def clean(self, value: Any) -> list[Difference]:
        """Return differences."""
        raw = _loaded(forms.CharField.clean(self, value) or "[]")
        if not isinstance(raw, list) or not all(isinstance(pair, dict) for pair in raw):
            raise ValidationError(_BROKEN)
        before, after = (self._side(raw, name) for name in ("before", "after"))
        return [Difference(one, other) for one, other in zip(before, after, strict=True)]

    def _side(self, raw: list[Any], name: str) -> list[Item | None]:
        there = [pair[name] for pair in raw if pair.get(name)]
        try:
            items = iter(read_items(there))
        except BadItem as error:
            raise ValidationError(str(error)) from error
        return [next(items) if pair.get(name) else None for pair in raw]


def _loaded(written: str) -> Any:
    try:
        return json.loads(written)
    except (ValueError, RecursionError) as error:
        raise ValidationError(_BROKEN) from error


class SaveForm(forms.Form):
    """All that was changed since ``version``; ``agreed`` answers that booths in use may be changed."""

    version = forms.IntegerField(min_value=0)
    differences = DifferencesField()
    agreed = forms.BooleanField(required=False)
    tell = forms.BooleanField(required=False)


class DraftForm(forms.Form):
    """A plan that is not saved, and the keys of what is chosen in it."""

    items = PlanField()
    chosen = forms.CharField(required=False, max_length=LONGEST_PLAN)

    def clean_chosen(self) -> set[str]:
        """Return the keys."""
        return set(self.cleaned_data["chosen"].split())


def _number(label: Any, least: int, most: int, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        validators=[MinValueValidator(least), MaxValueValidator(most)],
        **kwargs,
    )


def _choice(label: Any, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False)


class DeedForm(forms.Form):
    """One thing done to several booths or parts of a hall; the button that was pressed says which."""

    DEEDS: Final = {
        "move": ("dx", "dy"),
        "turn": ("turn",),
        "resize": ("width", "depth"),
        "snap": ("grid",),
        "align": ("edge",),
        "distribute": ("way",),
        "number": ("first", "step", "order"),
        "type": ("type",),
        "duplicate": ("copy_dx", "copy_dy", "count"),
        "delete": (),
    }
    # What must be said with each.
    _NEEDED: Final = {
        "turn": ("turn",),
        "align": ("edge",),
        "distribute": ("way",),
        "number": ("first", "order"),
        "type": ("type",),
    }

    deed = forms.ChoiceField(choices=[(name, name) for name in DEEDS], widget=forms.HiddenInput)
    dx = _number(_("To the right, cm"), -LARGEST_CM, LARGEST_CM)
    dy = _number(_("Down, cm"), -LARGEST_CM, LARGEST_CM)
    turn = _number(_("Clockwise by degrees"), -359, 359)
    width = _number(_("Width, cm"), SMALLEST_CM, LARGEST_CM)
    depth = _number(_("Depth, cm"), SMALLEST_CM, LARGEST_CM)
    grid = _number(_("Grid, cm"), 1, 1000, initial=50)
    edge = _choice(
        _("To which line"),
        [
            ("left", _("left edges")),
            ("centre", _("middles, side by side")),
            ("right", _("right edges")),
            ("top", _("upper edges")),
            ("middle", _("middles, one above the other")),
            ("bottom", _("lower edges")),
        ],
    )
    way = _choice(_("Which gaps"), [("across", _("from left to right")), ("down", _("from top to bottom"))])
    first = forms.CharField(label=_("First number"), required=False, max_length=12)
    step = _number(_("Count by"), -100, 100, initial=1)
    order = _choice(
        _("Along"),
        [
            ("right", _("rows, from the left")),
            ("left", _("rows, from the right")),
            ("snake", _("rows, there and back")),
            ("down", _("columns, from the top")),
            ("up", _("columns, from the bottom")),
        ],
    )
    type: Any = forms.ModelChoiceField(
        BoothType.objects.none(),
        label=capfirst(_("booth type")),
        required=False,
    )
    copy_dx = _number(_("Each further to the right, cm"), -LARGEST_CM, LARGEST_CM)
    copy_dy = _number(_("Each further down, cm"), -LARGEST_CM, LARGEST_CM)
    count = _number(_("How many copies"), 1, MOST_COPIES, initial=1)

    def __init__(self, *args: Any, hall: Hall, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["type"]
        kinds.queryset = BoothType.objects.filter(forum_id=hall.forum_id)

    def fields_of(self) -> dict[str, list[forms.BoundField]]:
        """Return the controls of each deed."""
        return {deed: [self[name] for name in names] for deed, names in self.DEEDS.items()}

    def clean_first(self) -> str:
        """Capital letters; a number from which one can count."""
        first: str = self.cleaned_data["first"].strip().upper()
        if first:
            try:
                numbers_from(first, 1)
            except BadPlace as error:
                raise ValidationError(str(error)) from error
        return first

    def clean(self) -> dict[str, Any]:
        """Demand what the deed needs; what belongs to another one is not looked at."""
        cleaned = super().clean() or {}
        deed = cleaned.get("deed", "")
        for name in list(self.errors):
            if deed and name != "deed" and name not in self.DEEDS[deed]:
                del self.errors[name]
        for name in self._NEEDED.get(deed, ()):
            if cleaned.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, forms.Field.default_error_messages["required"])
        return cleaned
