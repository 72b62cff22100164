"""What a deletion takes along, without the rows of tables that only join two others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.utils.text import capfirst


def without_joins(listed: list[Any], counted: Mapping[str, int]) -> tuple[list[Any], dict[str, int]]:
    """Return what Django's admin lists and counts before it deletes, as far as people know it.

    "Session_topics object (8)" means nothing to anybody, and its name is in the language in which the
    site was started.
    """
    joins = [model._meta for model in apps.get_models(include_auto_created=True) if model._meta.auto_created]
    beginnings = tuple(f"{capfirst(join.verbose_name)}: " for join in joins)
    plurals = {str(join.verbose_name_plural) for join in joins}
    counts = {str(what): number for what, number in counted.items() if str(what) not in plurals}
    return _pruned(listed, beginnings), counts


def _pruned(listed: list[Any], beginnings: tuple[str, ...]) -> list[Any]:
    nested = (_pruned(item, beginnings) if isinstance(item, list) else item for item in listed)
    return [item for item in nested if item != [] and not str(item).startswith(beginnings)]
