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

from accounts.permissions import can

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite


@dataclass(slots=True)
class Entry:
    """One page of the admin. ``is_here`` is true for the entry that the person's page belongs to."""

    title: str | Promise
    url: str
    is_here: bool = False


@dataclass(slots=True)
class Group:
    """Entries under a common heading."""

    title: str | Promise
    items_shown: list[Entry] = field(default_factory=list)


def menu(site: AdminSite, request: HttpRequest) -> list[Group]:
    """Return the groups of ``ADMIN_MENU`` in which the person may see anything.

    An item is the label of a model, whose list it leads to, or a page: ``(title, address, right)``.
    """
    groups = [
        Group(title, [entry for item in items for entry in _entries(site, request, item)])
        for title, items in settings.ADMIN_MENU
    ]
    here = [entry for group in groups for entry in group.items_shown if request.path.startswith(entry.url)]
    if here:
        # The pages of a model stand below its list.
        max(here, key=lambda entry: len(entry.url)).is_here = True
    return [group for group in groups if group.items_shown]


def _entries(
    site: AdminSite, request: HttpRequest, item: str | tuple[str | Promise, str, str]
) -> Iterator[Entry]:
    """Yield the entry of an item, if the person may see it."""
    if not isinstance(item, str):
        title, address, right = item
        if can(request.user, right):
            yield Entry(title, reverse(address))
        return
    model = apps.get_model(item)
    if site.is_registered(model) and site.get_model_admin(model).has_view_permission(request):
        opts = model._meta
        url = reverse(f"{site.name}:{opts.app_label}_{opts.model_name}_changelist")
        yield Entry(opts.verbose_name_plural or "", url)
