"""What a form of the admin showed when it was opened, so that nobody's save undoes another's unseen.

The page carries a short sum of each stored value beside its fields. When it comes back, what is stored by
then is summed up again: a field whose sum differs was changed by somebody else meanwhile. Where saving would
write another value over that one, the form says so beside the field, with the value that is stored now; the
value that was typed stays in the field, and sending the form once more is a decision.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.db import models
from django.utils.formats import localize
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _

# The name of the hidden field (templates/admin/submit_line.html).
SHOWN = "_shown"
_LONGEST = 300


def sums_of(form: forms.BaseForm) -> str:
    """Return the sums of the stored values that ``form`` was made with, as the page carries them."""
    return json.dumps({name: _sum(form.initial[name]) for name in form.fields if name in form.initial})


def changed_by_others(form: forms.BaseForm, sent: str) -> dict[str, str]:
    """Return a sentence for each field that somebody else changed and that saving would change back."""
    shown = _read(sent)
    return {
        name: _(
            "Somebody changed this after you had opened the page: now it is “%(now)s”. Yours stands in "
            "the field; save once more to put it in its place."
        )
        % {"now": _in_words(form.fields[name], form.initial[name])}
        for name in form.changed_data
        if name in shown and name in form.initial and shown[name] != _sum(form.initial[name])
    }


def _read(sent: str) -> Mapping[str, str]:
    """Return the sums; a page that brings none, or something else, is taken as it comes."""
    try:
        found = json.loads(sent)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _sum(value: Any) -> str:
    return hashlib.sha256(repr(_plain(value)).encode()).hexdigest()[:12]


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, (list, tuple, set, models.QuerySet)):
        return sorted(repr(_plain(one)) for one in value)
    # A file is told by its name, a text that is not there by nothing.
    return str(value) if value is not None else ""


def _in_words(field: forms.Field, value: Any) -> str:
    """Return a stored value as the page would show it, in one line."""
    values = value if isinstance(value, (list, tuple)) else [value]
    if isinstance(field, forms.ModelChoiceField):
        keys = [one.pk if isinstance(one, models.Model) else one for one in values if one is not None]
        words: Iterable[object] = field.queryset.filter(pk__in=keys) if field.queryset is not None else keys
    elif isinstance(field, forms.ChoiceField):
        called = {str(key): label for key, label in _flat(field.choices)}
        words = [called.get(str(one), one) for one in values if one not in (None, "")]
    elif isinstance(field, forms.BooleanField):
        words = [_("Yes") if value else _("No")]
    else:
        words = [localize(_local(one)) for one in values if one not in (None, "")]
    line = " ".join(", ".join(str(word) for word in words).split())
    return (f"{line[:_LONGEST]}…" if len(line) > _LONGEST else line) or "–"


def _local(value: Any) -> Any:
    return localtime(value) if isinstance(value, datetime) and is_aware(value) else value


def _flat(choices: Any) -> Iterable[tuple[Any, Any]]:
    """Yield the choices of a field, those in groups too."""
    for key, label in choices:
        yield from label if isinstance(label, (list, tuple)) else [(key, label)]
