"""An entry of the audit trail as people read it: names of fields, values and times in their own language.

What is stored stays as it was written, in English and UTC; only its showing follows the reader.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import AuditEntry
from core import dates
from core.countries import country_name
from core.i18n import NATIVE_NAMES, current_language

# Say how often a row was written, or which of all things in the world it is: nothing for people.
_UNSHOWN = frozenset({"version", "uid", "draft_revision"})
# Who acts without being a user, as services write it. Names of commands stay as they are typed.
_ACTORS: Mapping[str, Promise] = {
    "visitor": pgettext_lazy("who did it", "visitor"),
    "ticket holder": pgettext_lazy("who did it", "ticket holder"),
    "waiting list": pgettext_lazy("who did it", "waiting list"),
    "the site itself": pgettext_lazy("who did it", "the site itself"),
    "exhibitor": pgettext_lazy("who did it", "exhibitor"),
    "time limit": pgettext_lazy("who did it", "time limit"),
}
# What services report and no column is named after.
_LABELS: dict[str, str | Promise] = {
    "people": gettext_lazy("people"),
    "resent_as": gettext_lazy("sent again as"),
    "kind": gettext_lazy("kind"),
    "session": gettext_lazy("session"),
    "rank": gettext_lazy("rank"),
    "booths": gettext_lazy("booths"),
    "mails_withdrawn": gettext_lazy("mails withdrawn"),
    "copied_from": gettext_lazy("copied from"),
}

# The number behind a related thing's name: "Main hall (1)".
_KEY = re.compile(r" \((?:\d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)(?=, |$)")
# A part of a thing: "membership 12 role".
_PART = re.compile(r"(?P<model>\w+) (?P<key>[\w-]+) (?P<field>\w+)")


@dataclass(frozen=True, slots=True)
class Line:
    """One field of an entry: what people call it, and its value before and after."""

    label: str
    before: str
    after: str


def lines_of(entry: AuditEntry, *, without: Collection[str] = ()) -> list[Line]:
    """Return what ``entry`` says was changed, in the active language, but for the fields ``without``."""
    model = _model(entry.target_type)
    found = []
    for name, (before, after) in entry.changes.items():
        label, field = _called(model, name)
        if name not in without and name.rsplit(" ", 1)[-1] not in _UNSHOWN:
            found.append(Line(label, _shown(field, before), _shown(field, after)))
    return found


def label_of(model: type[models.Model], name: str) -> str:
    """Return what people call the field ``name`` of ``model``; of a translated text, also the language."""
    return _called(model, name)[0]


def actor_of(entry: AuditEntry) -> str:
    """Return who did it, in the active language where it was nobody by name."""
    return str(_ACTORS.get(entry.actor_label, entry.actor_label))


def moment_of(entry: AuditEntry) -> str:
    """Return when it was done, on the clock of the site."""
    return dates.moment(entry.at, _zone(), current_language())


def _called(model: type[models.Model] | None, name: str) -> tuple[str, models.Field | None]:
    """Return what people call a field, and the column if there is one."""
    part = _PART.fullmatch(name)
    if part:
        inner = _part_model(model, part["model"])
        label, field = _called(inner, part["field"])
        what = capfirst(str(inner._meta.verbose_name)) if inner else part["model"]
        return f"{what} · {label}", field
    field = _field(model, name)
    if field is None:
        return capfirst(str(_LABELS.get(name, name))), None
    original: Any = getattr(field, "translated_field", None)
    language = getattr(field, "language", None)
    if original is not None and language:
        return f"{capfirst(str(original.verbose_name))} · {NATIVE_NAMES[language]}", field
    return capfirst(str(field.verbose_name)), field


def _shown(field: models.Field | None, text: str) -> str:
    if not text:
        return ""
    if field is None:
        return _KEY.sub("", text)
    choices: Any = getattr(field, "base_field", field)
    words = {str(value): str(word) for value, word in choices.flatchoices}
    if words:
        return ", ".join(words.get(one, one) for one in text.split(", "))
    if isinstance(field, models.BooleanField):
        return {"yes": _("yes"), "no": _("no")}.get(text, text)
    if field.is_relation:
        return _KEY.sub("", text)
    if field.name == "country":
        return country_name(text, current_language())
    return _time(text)


def _time(text: str) -> str:
    """Return a stored date, instant or period as it is written here; anything else as it is."""
    language, zone = current_language(), _zone()
    try:
        moments = [datetime.fromisoformat(end).astimezone(zone) for end in text.split(" – ") if len(end) > 10]
        if len(moments) == 2 and moments[0].date() == moments[1].date():
            day = dates.full_day(moments[0].date(), language)
            return f"{day}, {dates.clock(moments[0], zone)}–{dates.clock(moments[1], zone)}"
        if moments:
            return " – ".join(dates.moment(moment, zone, language) for moment in moments)
        return dates.full_day(date.fromisoformat(text), language)
    except ValueError:
        return text


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def _model(label: str) -> type[models.Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def _part_model(model: type[models.Model] | None, name: str) -> type[models.Model] | None:
    """Return the model called ``name`` that points to ``model``."""
    for relation in model._meta.related_objects if model else ():
        if relation.related_model._meta.model_name == name:
            found: type[models.Model] = relation.related_model
            return found
    return None


def _field(model: type[models.Model] | None, name: str) -> models.Field | None:
    try:
        found = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, models.Field) else None
