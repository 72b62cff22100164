"""The sections of an exhibitor's own pages, in the order of the tabs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exhibitors.models import Exhibitor

# The name of an address that takes the exhibitor's ``slug`` alone, and what the tab says. Pages inside a
# section have names that begin with it: "exhibitors:products", "exhibitors:products_edit", or are its
# singular: "exhibitors:booking". A section whose address does not exist is left out.
SECTIONS: tuple[tuple[str, str | Promise], ...] = (
    ("exhibitors:dashboard", pgettext_lazy("an exhibitor’s pages", "Overview")),
    ("exhibitors:bookings", pgettext_lazy("an exhibitor’s pages", "Booths")),
    ("exhibitors:tasks", pgettext_lazy("an exhibitor’s pages", "Tasks")),
    ("exhibitors:profile", pgettext_lazy("an exhibitor’s pages", "Profile")),
    ("exhibitors:products", _("Products")),
    ("exhibitors:invoices", pgettext_lazy("an exhibitor’s pages", "Invoices")),
    ("exhibitors:documents", pgettext_lazy("an exhibitor’s pages", "Documents")),
    ("exhibitors:messages", pgettext_lazy("an exhibitor’s pages", "Messages")),
    ("leads:staff", pgettext_lazy("an exhibitor’s pages", "Staff passes")),
    ("leads:leads", pgettext_lazy("an exhibitor’s pages", "Leads")),
    ("exhibitors:people", pgettext_lazy("an exhibitor’s pages", "People")),
    ("exhibitors:guests", pgettext_lazy("an exhibitor’s pages", "Co-exhibitors")),
)


@dataclass(frozen=True, slots=True)
class Section:
    """A tab; ``is_here`` for the section that the page belongs to."""

    title: str
    url: str
    is_here: bool


def sections_of(exhibitor: Exhibitor, here: str) -> Iterator[Section]:
    """Yield the tabs of an exhibitor's pages; ``here`` is the name of the page's own address."""
    for name, title in SECTIONS:
        try:
            url = reverse(name, kwargs={"slug": exhibitor.slug})
        except NoReverseMatch:
            continue
        is_here = here in {name, name.removesuffix("s")} or here.startswith(f"{name}_")
        yield Section(str(title), url, is_here)
