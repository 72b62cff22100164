"""Form fields with their hints and errors, and the summary of errors."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, FileInput, HiddenInput, PasswordInput

register = template.Library()


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, *, optional: bool = True) -> dict[str, Any]:
    """Draw a bound field: label, hint, errors and control, tied together for screen readers.

    A field that may stay empty says so beside its label, unless ``optional`` is false (filters, where
    every field may).
    """
    widget = bound.field.widget
    is_group = bool(widget.use_fieldset)
    is_choice = isinstance(widget, CheckboxInput)
    described = [f"{bound.auto_id}_hint"] if bound.help_text else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    # What a form asked to have read out besides, such as a note under the button.
    described += widget.attrs.get("aria-describedby", "").split()
    attrs: dict[str, Any] = {} if is_group or is_choice else {"class": "input"}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "hidden": isinstance(widget, HiddenInput),
        "is_group": is_group,
        "is_choice": is_choice,
        "described": " ".join(described),
        "control": None if is_group else bound.as_widget(attrs=attrs),
        "optional": optional and not bound.field.required and not is_choice,
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """List a form's errors at its top, each with a link to its field; the list takes the focus."""
    faults = [
        {"label": _name_of(form[name]), "message": message, "target": _first_control(form[name])}
        for name, messages in form.errors.items()
        if name in form.fields
        for message in messages
    ]
    general = [{"label": "", "message": message, "target": ""} for message in form.non_field_errors()]
    return {"faults": general + faults, "all_is_kept": _all_is_kept(form)}


def _all_is_kept(form: BaseForm) -> bool:
    """Say whether something was filled in and all of it is shown again.

    Browsers are never given a password or a file back.
    """
    if not form.is_bound:
        # A page that begins with a refusal, such as a link that was used: nobody has typed anything yet.
        return False
    widgets = [form.fields[name].widget for name in form.changed_data]
    typed = [widget for widget in widgets if not isinstance(widget, HiddenInput)]
    return bool(typed) and not any(isinstance(widget, (PasswordInput, FileInput)) for widget in typed)


def _name_of(bound: BoundField) -> str:
    """Return a field's label, or nothing where the label is a whole sentence beside a checkbox."""
    return "" if isinstance(bound.field.widget, CheckboxInput) else str(bound.label)


def _first_control(bound: BoundField) -> str:
    """Return the id that a link must name to reach a field: of a group, its first choice."""
    widget = bound.field.widget
    return f"{bound.auto_id}_0" if widget.use_fieldset else bound.auto_id
