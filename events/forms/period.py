"""When a session is: two moments on the forum's clock, made into the period that is stored."""

from __future__ import annotations

from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from core.dates import day_range
from core.i18n import current_language
from core.moment_field import in_zone
from events.models import Forum


def period_in(
    form: forms.BaseForm, starts: datetime | None, ends: datetime | None, forum: Forum
) -> DateTimeTZRange | None:
    """Return the period between two local moments; None while unscheduled, and after adding an error.

    Errors stand beside ``starts`` and ``ends``, the form's fields of these names.
    """
    if starts is None and ends is None:
        return None
    if starts is None:
        form.add_error("starts", _("A session that ends must begin as well."))
        return None
    if ends is None:
        form.add_error("ends", _("A session that begins must end as well."))
        return None
    moments = []
    for name, local in (("starts", starts), ("ends", ends)):
        try:
            moments.append(in_zone(local, forum.zone))
        except ValidationError as error:
            form.add_error(name, error)
    if len(moments) == 2 and moments[0] >= moments[1]:
        form.add_error("ends", _("The end must be after the start."))
        return None
    _check_day(form, starts.date(), forum)
    return DateTimeTZRange(*moments, "[)") if len(moments) == 2 else None


def _check_day(form: forms.BaseForm, day: date, forum: Forum) -> None:
    """A session on another day is a slip of the keyboard that would reach the public."""
    if forum.first_day <= day <= forum.last_day:
        return
    days = day_range(forum.first_day, forum.last_day, current_language())
    form.add_error(
        "starts",
        _("The forum is on %(days)s. Choose one of these days, or change the days of the forum first.")
        % {"days": days},
    )
