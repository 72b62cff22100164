"""The menu of the organizers' pages: what ``ADMIN_MENU`` lists and the person may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite


@dataclass(frozen=True, slots=True)
class Entry:
    """One list of the admin."""

    title: str | Promise
    url: str
    is_here: bool


@dataclass(slots=True)
class Group:
    """Entries under a common heading."""

    title: str | Promise
    items_shown: list[Entry] = field(default_factory=list)


def menu(site: AdminSite, request: HttpRequest) -> Iterator[Group]:
    """Yield the groups of ``ADMIN_MENU`` in which the person may see anything."""
    for title, labels in settings.ADMIN_MENU:
        group = Group(title)
        for label in labels:
            model = apps.get_model(label)
            if not site.is_registered(model):
                continue
            if not site.get_model_admin(model).has_view_permission(request):
                continue
            opts = model._meta
            url = reverse(f"{site.name}:{opts.app_label}_{opts.model_name}_changelist")
            entry = Entry(opts.verbose_name_plural or "", url, request.path.startswith(url))
            group.items_shown.append(entry)
        if group.items_shown:
            yield group
