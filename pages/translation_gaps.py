"""What still has to be written in one of the three languages: the organizers' to-do list."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db import models
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from modeltranslation.translator import translator

from core.i18n import LANGUAGE_CODES


@dataclass(frozen=True, slots=True)
class Gap:
    """A kind of thing with texts that lack a language: per language, how many things."""

    title: str
    url: str
    things: int
    by_language: tuple[tuple[str, int], ...]


def gaps(request: HttpRequest) -> Iterator[Gap]:
    """Yield what is missing in the lists that the person may see, the largest first. One query a list."""
    found = [_gap(request, model) for model in translator.get_registered_models(abstract=False)]
    yield from sorted((gap for gap in found if gap), key=lambda gap: -gap.things)


def _gap(request: HttpRequest, model: type[models.Model]) -> Gap | None:
    page = _page_of(model)
    if page is None or not page.has_view_permission(request):
        return None
    # Rows inside the page of another thing, such as rooms, are as visible as that thing.
    rows = page.get_queryset(request) if page.model is model else model._default_manager.all()
    fields = translator.get_options_for_model(model).all_fields
    lacking = {code: _lacks(fields, code) for code in LANGUAGE_CODES}
    anything = functools.reduce(operator.or_, lacking.values())
    counts: dict[str, Any] = {
        code: Count("pk", filter=lacks, distinct=True) for code, lacks in lacking.items()
    }
    # Unordered: the order of the list would only cost time here.
    numbers = rows.order_by().aggregate(things=Count("pk", filter=anything, distinct=True), **counts)
    if not numbers["things"]:
        return None
    return Gap(
        title=str(model._meta.verbose_name_plural),
        url=reverse(f"admin:{page.opts.app_label}_{page.opts.model_name}_changelist"),
        things=numbers["things"],
        by_language=tuple((code, numbers[code]) for code in LANGUAGE_CODES if numbers[code]),
    )


def _page_of(model: type[models.Model]) -> Any:
    """The admin in which a model is edited: its own, or the one that has it inside."""
    pages = [
        admin.site.get_model_admin(other) for other in apps.get_models() if admin.site.is_registered(other)
    ]
    own = (page for page in pages if page.model is model)
    around = (page for page in pages if any(inline.model is model for inline in page.inlines))
    return next(own, None) or next(around, None)


def _lacks(fields: Iterable[str], code: str) -> Q:
    """Rows with a text that is empty in language ``code`` and filled in another one."""
    conditions = []
    for field in fields:
        empty = Q(**{f"{field}_{code}": ""}) | Q(**{f"{field}_{code}__isnull": True})
        others = [other for other in LANGUAGE_CODES if other != code]
        filled = functools.reduce(operator.or_, (Q(**{f"{field}_{other}__gt": ""}) for other in others))
        conditions.append(empty & filled)
    return functools.reduce(operator.or_, conditions)
