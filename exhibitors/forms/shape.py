"""A place on the floor as organizers write it: five numbers, or the corners of what is no rectangle."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.widgets import INPUT_CLASSES

from exhibitors.geometry import BadShape, read_shape, rectangle

# In the order of the controls; the last one is the corners.
_NAMES: Final = ("x", "y", "width", "depth", "turn")
_LABELS: Final = (
    _("from the left, cm"),
    _("from the top, cm"),
    _("width, cm"),
    _("depth, cm"),
    _("turned by, degrees"),
    _("or its corners, as 0 0, 300 0, 300 200"),
)
_CORNER: Final = re.compile(r"\A\s*(-?\d{1,6})\s+(-?\d{1,6})\s*\Z")


class ShapeWidget(forms.MultiWidget):
    """Five numbers side by side, and below them a line for corners."""

    template_name = "admin/exhibitors/shape.html"

    def __init__(self) -> None:
        classes = " ".join(INPUT_CLASSES)
        numbers = [forms.NumberInput(attrs={"class": classes, "step": "1"}) for _name in _NAMES]
        super().__init__([*numbers, forms.TextInput(attrs={"class": classes, "autocomplete": "off"})])

    def decompress(self, value: Any) -> Sequence[Any]:
        """Part a stored shape into its numbers, or write its corners."""
        if not isinstance(value, Mapping):
            return (None,) * 6
        if "corners" in value:
            return (*(None,) * 5, ", ".join(f"{x} {y}" for x, y in value["corners"]))
        return (*(value.get(name, 0) for name in _NAMES), "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Name each control for everybody."""
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], _LABELS, strict=True):
            part["label"] = label
            part["attrs"]["aria-label"] = label
        return context


class ShapeField(forms.MultiValueField):
    """A shape as ``exhibitors.geometry`` stores it; what is no place in a hall is told beside the field."""

    widget = ShapeWidget

    def __init__(self, **kwargs: Any) -> None:
        numbers = [forms.IntegerField(required=False) for _name in _NAMES]
        fields = (*numbers, forms.CharField(required=False, max_length=1000))
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, data_list: Sequence[Any]) -> dict[str, Any] | None:
        """Return the shape; None when nothing was written."""
        if not data_list or all(value in (None, "") for value in data_list):
            return None
        *numbers, corners = data_list
        try:
            shape = {"corners": _corners(corners)} if corners else self._rectangle(numbers)
            read_shape(shape)
        except BadShape as error:
            raise ValidationError(str(error)) from error
        return shape

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what is stored; an angle that was left empty is none."""
        try:
            return bool(self.clean(data) != initial)
        except ValidationError:
            return True

    def _rectangle(self, numbers: Sequence[int | None]) -> dict[str, int]:
        x, y, width, depth, turn = numbers
        if x is None or y is None or width is None or depth is None:
            raise ValidationError(_("A rectangle needs its place, its width and its depth."))
        return rectangle(x, y, width, depth, turn=turn or 0)


def _corners(written: str) -> list[list[int]]:
    found = [_CORNER.match(pair) for pair in written.split(",")]
    if not all(found):
        raise ValidationError(_("Corners are pairs of numbers with commas between them."))
    return [[int(pair[1]), int(pair[2])] for pair in found if pair]
