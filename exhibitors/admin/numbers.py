"""The page with an exhibition in figures, and its tables as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.permissions import acting_user, demand
from core.countries import country_name
from core.i18n import current_language
from events.admin.named_forum import named_forum
from events.models import Forum
from exhibitors.admin.table_file import ENDINGS, table_file
from exhibitors.exhibition_numbers import BLOCKED, FREE, Numbers, knows_leads, numbers_of, word_of
from exhibitors.models import BoothBooking
from exhibitors.models.booking import LIVE

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

# Who has asked for which booth and what it pays.
RIGHT = "exhibitors.view_boothbooking"
Currency = BoothBooking.Currency
_View = Callable[..., HttpResponse]
_FILES = ("exhibitors", "booths")


def urls(admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the addresses of the page and of its files, in front of those of exhibitions."""

    def page(view: _View) -> _View:
        return admin.admin_site.admin_view(never_cache(require_safe(partial(view, admin))))

    name = "exhibitors_exhibition_"
    return [
        path("numbers/", page(numbers_view), name=f"{name}numbers"),
        path("numbers/<slug:table>.<slug:ending>", page(file_view), name=f"{name}numbers_file"),
    ]


def numbers_view(admin: ModelAdmin[Any], request: HttpRequest) -> HttpResponse:
    """Show the figures."""
    forum = _forum(request)
    context = {
        **admin.admin_site.each_context(request),
        "title": _("The exhibition in numbers"),
        "opts": admin.opts,
        "forum": forum,
        "numbers": numbers_of(forum, now=timezone.now()),
        "knows_leads": knows_leads(),
        "legend": [(mark, word_of(mark)) for mark in (FREE, *LIVE, BLOCKED)],
    }
    return TemplateResponse(request, "admin/exhibitors/exhibition/numbers.html", context)


def file_view(admin: ModelAdmin[Any], request: HttpRequest, table: str, ending: str) -> HttpResponse:
    """Give the exhibitors or the booths as a file."""
    if table not in _FILES or ending not in ENDINGS:
        raise Http404
    forum = _forum(request)
    numbers = numbers_of(forum, now=timezone.now())
    columns, rows = _booths(numbers) if table == "booths" else _exhibitors(numbers)
    title = _("booths") if table == "booths" else _("exhibitors")
    return table_file(f"{table}-{forum.slug}", title, columns, rows, ending=ending)  # type: ignore[return-value]


def _exhibitors(numbers: Numbers) -> tuple[list[tuple[str, int]], Iterator[Sequence[str]]]:
    columns = [
        (_("exhibitor"), 36),
        (_("country"), 16),
        (_("state of the booking"), 22),
        (_("booths"), 16),
        (_("tasks"), 8),
        (_("done"), 8),
        (_("late"), 8),
        (_("leads"), 8),
        *((_("invoiced, %(currency)s") % {"currency": code}, 18) for code in Currency.values),
        *((_("received, %(currency)s") % {"currency": code}, 18) for code in Currency.values),
    ]
    return columns, (
        [
            str(row.exhibitor),
            country_name(row.exhibitor.organization.country, current_language()),
            row.status_label,
            row.booths,
            str(row.tasks),
            str(row.done),
            str(row.late),
            str(row.leads),
            *(str(row.invoiced.get(code, "")) for code in Currency.values),
            *(str(row.paid.get(code, "")) for code in Currency.values),
        ]
        for row in numbers.exhibitors
    )


def _booths(numbers: Numbers) -> tuple[list[tuple[str, int]], Iterator[Sequence[str]]]:
    columns = [
        (_("hall"), 24),
        (_("booth"), 10),
        (_("booth type"), 24),
        (_("square metres"), 14),
        (_("state"), 22),
        (_("exhibitor"), 40),
    ]
    return columns, (
        [
            str(line.booth.hall),
            line.booth.number,
            str(line.booth.type),
            f"{line.square_metres:.1f}",
            word_of(line.mark),
            line.holders,
        ]
        for line in numbers.booths
    )


def _forum(request: HttpRequest) -> Forum:
    forum = named_forum(request)
    demand(acting_user(request), RIGHT, forum)
    return forum
