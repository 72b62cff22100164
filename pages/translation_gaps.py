"""What still has to be written in one of the three languages: the organizers' to-do list."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

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
    if not admin.site.is_registered(model):
        return None
    page = admin.site.get_model_admin(model)
    if not page.has_view_permission(request):
        return None
    fields = translator.get_options_for_model(model).all_fields
    lacking = {code: _lacks(fields, code) for code in LANGUAGE_CODES}
    anything = functools.reduce(operator.or_, lacking.values())
    counts: dict[str, Any] = {
        code: Count("pk", filter=lacks, distinct=True) for code, lacks in lacking.items()
    }
    # Unordered: the order of the list would only cost time here.
    numbers = (
        page.get_queryset(request)
        .order_by()
        .aggregate(things=Count("pk", filter=anything, distinct=True), **counts)
    )
    if not numbers["things"]:
        return None
    opts = model._meta
    return Gap(
        title=str(opts.verbose_name_plural),
        url=reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist"),
        things=numbers["things"],
        by_language=tuple((code, numbers[code]) for code in LANGUAGE_CODES if numbers[code]),
    )


def _lacks(fields: Iterable[str], code: str) -> Q:
    """Rows with a text that is empty in language ``code`` and filled in another one."""
    conditions = []
    for field in fields:
        empty = Q(**{f"{field}_{code}": ""}) | Q(**{f"{field}_{code}__isnull": True})
        others = [other for other in LANGUAGE_CODES if other != code]
        filled = functools.reduce(operator.or_, (Q(**{f"{field}_{other}__gt": ""}) for other in others))
        conditions.append(empty & filled)
    return functools.reduce(operator.or_, conditions)
